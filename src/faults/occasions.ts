/** When something happens again and again: at given times, on a beat, or as a Poisson process. */
import { numberIn, positive, UserError } from '../base/errors.ts';
import { exponentialQuantile } from '../base/quantiles.ts';
import type { Stream } from '../base/stream.ts';

/** At these times; every so often; or so often per hour, at random. */
export type Occasions =
  | { readonly atMs: readonly number[] }
  | (TimeWindow & {
      readonly everyMs: number;
      /** The first time: one `everyMs` after `fromMs`; or, at random, at an age uniform in (0, everyMs). */
      readonly phase?: 'together' | 'random';
    })
  | (TimeWindow & { readonly perHour: number });

/** From when to when, in ms of simulated time. */
export interface TimeWindow {
  /** Default 0. */
  readonly fromMs?: number;
  /** The end is not in the window. */
  readonly untilMs: number;
}

const HOUR_MS = 3_600_000;
const MOST = 1e6; // occasions of one node: more is a mistake of units

export function checkOccasions(where: string, occasions: Occasions): void {
  if ('atMs' in occasions) {
    occasions.atMs.forEach((ms, i) => {
      numberIn(where, `atMs[${i}]`, ms, 0);
    });
    return;
  }
  const { fromMs, untilMs } = checkWindow(where, occasions);
  const perMs =
    'everyMs' in occasions
      ? 1 / positive(where, 'everyMs', occasions.everyMs)
      : positive(where, 'perHour', occasions.perHour) / HOUR_MS;
  if ((untilMs - fromMs) * perMs <= MOST) return;
  throw new UserError(
    `${where}: at most ${MOST} occasions per node; got about ${(untilMs - fromMs) * perMs}: are the units right?`,
  );
}

/** The window with its default, or a UserError. */
export function checkWindow(
  where: string,
  { fromMs = 0, untilMs }: TimeWindow,
): Required<TimeWindow> {
  numberIn(where, 'fromMs', fromMs, 0);
  numberIn(where, 'untilMs', untilMs, fromMs);
  return { fromMs, untilMs };
}

/** The times in ms, as given or ascending; drawn from one lane. Given times draw nothing. */
export function timesOf(occasions: Occasions, draws: Stream, lane: number): readonly number[] {
  if ('atMs' in occasions) return occasions.atMs;
  const { fromMs = 0, untilMs } = occasions;
  const times: number[] = [];
  if ('everyMs' in occasions) {
    const { everyMs, phase = 'together' } = occasions;
    const first = fromMs + (phase === 'random' ? draws.draw(lane) * everyMs : everyMs);
    for (let k = 0; first + k * everyMs < untilMs; k++) times.push(first + k * everyMs);
    return times;
  }
  const meanMs = HOUR_MS / occasions.perHour;
  let time = fromMs + exponentialQuantile(draws.draw(lane), meanMs);
  for (; time < untilMs; time += exponentialQuantile(draws.draw(lane), meanMs)) times.push(time);
  return times;
}
