/** Which detectors face a log, with which options and levels, and how each of them does. */
import { shown, UserError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { type Micros, micros } from '../base/time.ts';
import { detectorKinds, detectorOf, type Options } from '../detectors/registry.ts';
import { type LogQuality, qualityOfLog } from '../metrics/log-quality.ts';
import type { Log } from './log.ts';

/** A detector that was asked for. */
export interface Wish {
  readonly label: string; // as it was asked for
  readonly name: string;
  readonly options: Options;
}

export interface Contender extends Wish {
  /** All of them: the defaults, those that follow the period, those asked for. */
  readonly options: Options;
  readonly levels: readonly number[];
}

/** Needs to know when heartbeats were sent, so it takes part only if somebody says so. */
export const NEEDS_SEND_TIMES = 'nfd-s';

/** Every detector that a log alone can feed. */
export const everyDetector = (): Wish[] =>
  Object.keys(detectorKinds)
    .filter((name) => name !== NEEDS_SEND_TIMES)
    .map((name) => ({ label: name, name, options: {} }));

/** The period as people would say it, for levels in milliseconds. */
const rounded = (periodMs: number): number => Number(periodMs.toPrecision(3));

/** Each with its options for the log's period. A `UserError` where a detector refuses them. */
export const contendersFor = (
  log: Log,
  wishes: readonly Wish[],
  levels?: readonly number[],
): Contender[] =>
  wishes.map(({ label, name, options: own }) => {
    refuseUnknown(name);
    detectorOf(name, own);
    if (name === NEEDS_SEND_TIMES) refuseWithoutSendTimes(log, own);
    const kind = detectorKinds[name];
    const options = { ...kind.defaults, ...kind.forPeriod(log.periodMs), ...own };
    detectorOf(name, options);
    return { label, name, options, levels: levels ?? kind.levels(rounded(log.periodMs)) };
  });

function refuseUnknown(name: string): void {
  const known = Object.keys(detectorKinds);
  if (known.includes(name)) return;
  throw new UserError(
    `detect: there is no detector ${shown(name)}.${didYouMean(name, known)} Known: ${known.join(', ')}`,
  );
}

function refuseWithoutSendTimes(log: Log, { originMs }: Options): void {
  if (!log.numbered)
    throw new UserError(
      `${NEEDS_SEND_TIMES}: the log must number its heartbeats; --sequence NAME says which column holds the numbers`,
    );
  if (typeof originMs !== 'number')
    throw new UserError(
      `${NEEDS_SEND_TIMES}: originMs must be the log's time in ms at which heartbeat 0 was sent; got ${shown(originMs)}`,
    );
}

/** At each of its levels. @param warmUp from the log's beginning, not counted. */
export function contend(log: Log, { name, options, levels }: Contender, warmUp: Micros) {
  const { arrivals, originMs } = log;
  const onItsClock = // which starts at 0
    typeof options.originMs === 'number'
      ? { ...options, originMs: options.originMs - originMs }
      : options;
  const size = arrivals.pairs.reduce((most, pair) => Math.max(most, pair + 1), 0);
  return qualityOfLog(arrivals, detectorOf(name, onItsClock)(size), levels, warmUp);
}

/** A `UserError` unless it leaves something to count. */
export function warmUpOf(log: Log, warmUpMs: number): Micros {
  if (warmUpMs < log.spanMs) return micros(warmUpMs);
  throw new UserError(
    `detect: --warm-up must leave something of the log, which spans ${log.spanMs} ms; got ${warmUpMs}`,
  );
}

export interface Result {
  readonly contender: Contender;
  readonly levels: readonly LogQuality[];
}
