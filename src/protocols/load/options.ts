/** The options of load balancing, their defaults and their checks. */
import { numberIn, oneOf, positive, UserError, wholeNumber } from '../../base/errors.ts';
import { type Micros, micros } from '../../base/time.ts';

/**
 * How a node knows the loads of others. 'gossip': by push-pull in the rounds of the scenario. 'board': all read one
 * board, on which all loads are written at multiples of `everyMs`. 'individual': one board, but each server writes its own
 * load, on a Poisson clock of its own. 'polls': each node looks at each server itself, on Poisson clocks. 'fresh': the
 * load at the moment.
 */
export const SOURCES = ['gossip', 'board', 'individual', 'polls', 'fresh'] as const;
/** How the loads of others are known. */
export type LoadSource = (typeof SOURCES)[number];

/** Options of `load`, with their units. */
export interface LoadOptions {
  /** Jobs that arrive per server and mean service time; below 1, or the queues grow for ever. */
  readonly load: number;
  /** Servers that are drawn for a job, which goes to the one with the least known load; 1: a server at random; Infinity:
   *  all are compared. Default 2. */
  readonly choices?: number;
  /** Default gossip. */
  readonly source?: LoadSource;
  /** Between two readings of one load by the board, or by one node (in the mean); only for board, individual, polls. */
  readonly everyMs?: number;
  /** Mean of the service times, which are exponential; default 1000. */
  readonly serviceMs?: number;
}

export interface Settings {
  /** us, between the jobs that arrive at one node, in the mean. */
  readonly gap: Micros;
  readonly service: Micros;
  readonly choices: number;
  readonly source: LoadSource;
  /** us; 0: nothing is read by the clock. */
  readonly every: Micros;
}

const WHERE = 'load balancing';
/** Of means: a drawn time is 37 of them at most, and that is still a time that the engine has. */
const LONGEST_MS = 1e11;

export function settingsOf(options: LoadOptions): Settings {
  const { load, choices = 2, source = 'gossip', everyMs, serviceMs = 1000 } = options;
  oneOf(WHERE, 'source', source, SOURCES);
  if (choices !== Infinity) wholeNumber(WHERE, 'choices', choices, 1);
  const isRead = source !== 'gossip' && source !== 'fresh';
  if (isRead !== (everyMs !== undefined)) {
    throw new UserError(
      `${WHERE}: everyMs goes with the sources board, individual and polls; source is ${source}, everyMs ${everyMs ?? 'not given'}`,
    );
  }
  const service = positive(WHERE, 'serviceMs', serviceMs);
  numberIn(
    WHERE,
    'serviceMs',
    serviceMs,
    0,
    LONGEST_MS * numberIn(WHERE, 'load', load, 1e-6, 0.999),
  );
  if (everyMs !== undefined)
    numberIn(WHERE, 'everyMs', positive(WHERE, 'everyMs', everyMs), 0, LONGEST_MS);
  return {
    gap: micros(service / load),
    service: micros(service),
    choices,
    source,
    every: everyMs === undefined ? 0 : Math.max(1, micros(everyMs)),
  };
}
