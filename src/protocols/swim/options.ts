/** The options of SWIM, their defaults and their checks. */
import { numberIn, oneOf, positive, UserError, wholeNumber } from '../../base/errors.ts';
import { type Micros, micros } from '../../base/time.ts';

/** Options of `swim`, with their units. */
export interface SwimOptions {
  /** How long a ping may go unanswered before others are asked to ping; the paper: a mean round trip. Default 500. */
  readonly timeoutMs?: number;
  /** k: members that are asked; default 1, as in the paper's experiments. */
  readonly indirect?: number;
  /** Whom a member pings: 'round-robin' (default, section 4.3), or any at random (section 3.1). */
  readonly targets?: 'round-robin' | 'random';
  /** How news spreads: 'infection' (default, section 4.1), or told to all at once (section 3.2). */
  readonly dissemination?: 'infection' | 'multicast';
  /** Whether a member that does not answer is suspected before it is declared failed (section 4.2); default true. */
  readonly suspicion?: boolean;
  /** Periods for which it is; default lambda ceil(ln(n + 1)) at n members, as in the paper's experiments. */
  readonly suspicionPeriods?: number;
  /** A member passes an update on at most lambda ceil(ln(n + 1)) times; default 3. */
  readonly lambda?: number;
  /** Updates that a message carries at most; default 6. */
  readonly updatesPerMessage?: number;
  /** Nodes 0 .. members-1 make up the group at the start and know each other; the others join. Default: all. */
  readonly members?: number;
}

export interface Settings {
  readonly timeout: Micros;
  readonly indirect: number;
  readonly inTurn: boolean;
  readonly infects: boolean;
  readonly suspects: boolean;
  readonly suspicionPeriods: number | undefined;
  readonly lambda: number;
  readonly updatesPerMessage: number;
  readonly members: number;
}

const WHERE = 'swim';

export function settingsOf(options: SwimOptions, n: number): Settings {
  const { targets = 'round-robin', dissemination = 'infection', suspicion = true } = options;
  const { suspicionPeriods, timeoutMs = 500, indirect = 1, lambda = 3 } = options;
  oneOf(WHERE, 'targets', targets, ['round-robin', 'random']);
  oneOf(WHERE, 'dissemination', dissemination, ['infection', 'multicast']);
  if (suspicionPeriods !== undefined) {
    wholeNumber(WHERE, 'suspicionPeriods', suspicionPeriods, 1);
    if (!suspicion) {
      throw new UserError(`${WHERE}: suspicionPeriods needs suspicion; got suspicion: false`);
    }
  }
  return {
    timeout: micros(positive(WHERE, 'timeoutMs', timeoutMs)),
    indirect: wholeNumber(WHERE, 'indirect', indirect, 0, n),
    inTurn: targets === 'round-robin',
    infects: dissemination === 'infection',
    suspects: suspicion,
    suspicionPeriods,
    lambda: numberIn(WHERE, 'lambda', lambda, 0.1, 1000),
    updatesPerMessage: wholeNumber(WHERE, 'updatesPerMessage', options.updatesPerMessage ?? 6, 1),
    members: wholeNumber(WHERE, 'members', options.members ?? n, 1, n),
  };
}
