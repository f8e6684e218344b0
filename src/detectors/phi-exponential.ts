/**
 * phi with exponential intervals, as Cassandra computes it: P_later(t) = e^(-t / mean), so phi = (t / mean) PHI_FACTOR,
 * PHI_FACTOR = 1 / ln 10. At phi 8 a subject is convicted after a silence of 18.42 mean intervals.
 * Source: Apache Cassandra 3.0 to 5.0, FailureDetector.java, ArrivalWindow: the first report puts a guess into the
 * window (2 s, twice the gossip interval); an interval above the cap (2 s) is not recorded, but the time moves on.
 * In 5.0.0 until CASSANDRA-21025 a mix-up of units left no cap: `maxIntervalMs: null`.
 * Suspicion: phi; level: phi_convict_threshold, exceeded. Deviation: microseconds, not nanoseconds.
 */
import { positive } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { FIRST, News } from './news.ts';
import { roomFor } from './room.ts';
import { LONGEST, SHORTEST, Window, windowSize } from './window.ts';

/** 1 / ln 10: phi of one mean interval. */
export const PHI_FACTOR = 1 / Math.LN10;

export interface PhiExponentialOptions {
  readonly window: number;
  readonly firstIntervalMs: number;
  readonly maxIntervalMs: number | null;
  readonly phi: number;
}

export const PHI_EXPONENTIAL: PhiExponentialOptions = {
  window: 1000,
  firstIntervalMs: 2000,
  maxIntervalMs: 2000,
  phi: 8,
};

/** Cassandra's phi: exponential intervals. */
export function phiExponential(options: Partial<PhiExponentialOptions> = {}): DetectorFactory {
  const where = 'phi-exponential';
  const { window, firstIntervalMs, maxIntervalMs, phi } = { ...PHI_EXPONENTIAL, ...options };
  windowSize(where, window);
  const first = micros(positive(where, 'firstIntervalMs', firstIntervalMs));
  const cap =
    maxIntervalMs === null ? Infinity : micros(positive(where, 'maxIntervalMs', maxIntervalMs));
  positive(where, 'phi', phi);
  const bytesPerPair = News.bytesPerPair + Window.bytesPerPair(window);

  return (pairs) => {
    roomFor(where, pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const intervals = new Window(pairs, window);

    const mean = (pair: number) => Math.max(SHORTEST, intervals.mean(pair));

    const detector: Detector = {
      unit: 'phi',
      defaultLevel: phi,
      strict: true,
      bytesPerPair,
      heard(pair, now, sequence) {
        const interval = news.hear(pair, now, sequence);
        if (interval === FIRST) intervals.add(pair, Math.min(first, LONGEST));
        else if (interval >= 0 && interval <= cap) {
          intervals.add(pair, Math.min(interval, LONGEST));
        }
      },
      suspicion(pair, now) {
        if (Number.isNaN(news.last[pair])) return NOTHING_HEARD;
        return ((now - news.last[pair]) / mean(pair)) * PHI_FACTOR;
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        const guess = last + (level / PHI_FACTOR) * mean(pair);
        return crossing(detector, pair, level, last, guess);
      },
      forget(pair) {
        news.forget(pair);
        intervals.clear(pair);
      },
    };
    return detector;
  };
}
