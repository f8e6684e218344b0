/**
 * Staleness: the age of the newest heartbeat that an observer has of a subject, over all pairs and all samples. The
 * age of a heartbeat is the time since its subject counted it, not since it arrived. The caller samples, because a
 * table of heartbeats is the protocol's: at times that do not depend on what happened, after warm-up, and every pair
 * or a choice of rows made beforehand.
 * The mean is exact. Quantiles and shares are by histogram in steps of `unitMs`: ages are counted in whole units,
 * rounded down, exactly below 128 units and to 1/128 of the value above (`qos-durations.ts`). With the gossip period
 * for unit and synchronised rounds, ages are whole units.
 */
import { positive, wholeNumber } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import type { NodeId } from '../engine/model.ts';
import { Durations } from './qos-durations.ts';

/** How many nodes, the step of the histogram, and from when on is counted. */
export interface StalenessOptions {
  readonly n: number;
  /** The step of the histogram; default 0.001 ms. */
  readonly unitMs?: number;
  /** Samples before this time are left out; default 0. */
  readonly startMs?: number;
}

/** Times in ms; `null` before the first age. */
export interface Staleness {
  /** All pairs at `now`. An age of NaN: the observer knows no heartbeat of the subject, or one of them is down. */
  sample(now: Micros, ageOf: (observer: NodeId, subject: NodeId) => Micros): void;
  /** One observer's row at `now`: `ages[subject]`; its own is left out. */
  row(now: Micros, observer: NodeId, ages: ArrayLike<Micros>): void;
  /** How many ages were taken, and how many were NaN instead. */
  readonly count: number;
  readonly missing: number;
  meanMs(): number | null;
  maxMs(): number | null;
  quantileMs(p: number): number | null;
  /** The share of ages up to each of these, in whole units: a unit that has begun counts as a whole. */
  curve(agesMs: readonly number[]): (number | null)[];
}

/** An observer of the ages of heartbeats. */
export function staleness({ n, unitMs = 0.001, startMs = 0 }: StalenessOptions): Staleness {
  wholeNumber('staleness', 'n', n, 1);
  const start = micros(startMs);
  const ages = new Durations(Math.max(1, micros(positive('staleness', 'unitMs', unitMs))));
  let missing = 0;

  function take(age: Micros): void {
    if (Number.isNaN(age)) missing++;
    else ages.add(age);
  }

  const orNull = (value: number) => (ages.count === 0 ? null : value);

  return {
    sample(now, ageOf) {
      if (now < start) return;
      for (let observer = 0; observer < n; observer++) {
        for (let subject = 0; subject < n; subject++) {
          if (subject !== observer) take(ageOf(observer, subject));
        }
      }
    },
    row(now, observer, row) {
      if (now < start) return;
      for (let subject = 0; subject < n; subject++) if (subject !== observer) take(row[subject]);
    },
    get count() {
      return ages.count;
    },
    get missing() {
      return missing;
    },
    meanMs: () => orNull(millis(ages.mean)),
    maxMs: () => orNull(millis(ages.max)),
    quantileMs: (p) => orNull(millis(ages.quantile(p))),
    curve: (agesMs) => agesMs.map((age) => orNull(ages.shareUpTo(micros(age)))),
  };
}
