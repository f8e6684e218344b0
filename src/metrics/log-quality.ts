/**
 * What a detector makes of recorded arrivals when nobody wrote down who crashed when: the log of a real system.
 * A pair is watched from its first heartbeat to its last, for so long its subject was there. A new life of the subject
 * is a pair of its own.
 * - A mistake is a suspicion that a later heartbeat of the same pair took back.
 * - A suspicion that is still open when the recording ends is told apart: the subject may have crashed. It is no
 *   mistake, and what lies behind the last heartbeat is no part of the time watched. (An eager level may suspect before
 *   the last heartbeat and not be appeased by it: that time counts against the query accuracy.)
 * - The detection time is the silence until suspicion: had the subject crashed right after a heartbeat was sent, this
 *   long after its arrival it would have been suspected. T_D of Chen, Toueg and Aguilera is longer by the heartbeat's
 *   delay and shorter by the time from its sending to the crash, on average half a period.
 * The rest is as in `qos-quality.ts`. All levels and detectors are watched for the same time, so they are paired.
 */
import { assert } from '../base/errors.ts';
import { type Micros, millis } from '../base/time.ts';
import type { Detector } from '../detectors/model.ts';
import { type Arrivals, NEW_LIFE, walk } from '../detectors/replay.ts';
import { type Fact, SUSPECTED } from '../engine/model.ts';
import { Durations } from './qos-durations.ts';
import { type Rate, rateOf } from './qos-quality.ts';

/** One level. Times in ms; `null` where there is none. */
export interface LogQuality {
  readonly level: number;
  readonly mistakes: number;
  readonly open: number; // pairs suspected at the end
  readonly perPairHour: Rate; // lambda_M
  readonly mistakeMeanMs: number | null; // E(T_M)
  readonly mistakeMaxMs: number | null;
  readonly queryAccuracy: number | null; // P_A: share of the time watched in which the subject is trusted
  readonly never: number; // heartbeats after which it would never have suspected: detection time infinite
  /** Over the other heartbeats; the quantile to 1/128 of its value. */
  readonly detectionMeanMs: number | null;
  readonly detectionP99Ms: number | null;
  readonly detectionMaxMs: number | null;
}

/** The time that pairs are watched. */
interface Watch {
  readonly start: Micros;
  readonly last: Float64Array; // [pair] us, its last heartbeat
  readonly total: Micros; // from `start` on, summed over pairs
}

const HOUR: Micros = 3_600_000_000;

/**
 * Of each level. The detector must be new; every arrival is news to it, in order of time.
 * @param start what happens before sets the detector's state and is not counted.
 */
export function qualityOfLog(
  arrivals: Arrivals,
  detector: Detector,
  levels: readonly number[],
  start: Micros = -Infinity,
): LogQuality[] {
  const { times } = arrivals;
  const end = times.length === 0 ? 0 : times[times.length - 1];
  const watch = watchOf(arrivals, start);
  const mistakes = levels.map(() => new Mistakes(watch)); // [level]
  const silences = levels.map(() => new Durations()); // [level]
  const never = new Uint32Array(levels.length); // [level]
  walk(
    arrivals,
    detector,
    levels,
    end,
    (level, pair, time, fact) => mistakes[level].onChange(pair, time, fact),
    (level, _pair, now, expiry) => {
      if (now < start) return;
      if (expiry === Infinity) never[level]++;
      else silences[level].add(Math.max(0, expiry - now));
    },
  );
  return levels.map((level, i) => ({
    level,
    ...mistakes[i].summary(),
    never: never[i],
    ...detectionOf(silences[i]),
  }));
}

function watchOf({ times, pairs, sequences }: Arrivals, start: Micros): Watch {
  const size = pairs.reduce((most, pair) => Math.max(most, pair + 1), 0);
  const last = new Float64Array(size).fill(NaN);
  let total = 0;
  for (let i = 0; i < times.length; i++) {
    if (sequences[i] === NEW_LIFE) assert(false, 'a new life in a log is a pair of its own');
    const before = Math.max(last[pairs[i]], start);
    if (times[i] > before) total += times[i] - before; // NaN, the first heartbeat: no time yet
    last[pairs[i]] = times[i];
  }
  return { start, last, total };
}

/** Of one level. */
class Mistakes {
  readonly #watch: Watch;
  readonly #since: Float64Array; // [pair] us, suspected since; NaN = trusted
  #count = 0;
  #mistaken: Micros = 0; // by suspicions that began before the start as well
  #duration: Micros = 0; // of those counted
  #longest: Micros = 0;

  constructor(watch: Watch) {
    this.#watch = watch;
    this.#since = new Float64Array(watch.last.length).fill(NaN);
  }

  onChange(pair: number, time: Micros, fact: Fact): void {
    const began = this.#since[pair];
    this.#since[pair] = fact === SUSPECTED ? time : NaN;
    if (fact === SUSPECTED) return;
    const { start } = this.#watch;
    this.#mistaken += Math.max(0, time - Math.max(began, start));
    if (began < start) return;
    this.#count++;
    this.#duration += time - began;
    this.#longest = Math.max(this.#longest, time - began);
  }

  summary() {
    const { start, last, total } = this.#watch;
    let open = 0;
    let mistaken = this.#mistaken;
    for (const [pair, began] of this.#since.entries()) {
      if (Number.isNaN(began)) continue;
      open++;
      mistaken += Math.max(0, last[pair] - Math.max(began, start));
    }
    const none = this.#count === 0;
    return {
      mistakes: this.#count,
      open,
      perPairHour: rateOf(this.#count, total / HOUR),
      mistakeMeanMs: none ? null : millis(this.#duration / this.#count),
      mistakeMaxMs: none ? null : millis(this.#longest),
      queryAccuracy: total === 0 ? null : 1 - mistaken / total,
    };
  }
}

const detectionOf = (silences: Durations) => ({
  detectionMeanMs: silences.count === 0 ? null : millis(silences.mean),
  detectionP99Ms: silences.count === 0 ? null : millis(silences.quantile(0.99)),
  detectionMaxMs: silences.count === 0 ? null : millis(silences.max),
});
