/**
 * The adaptive accrual detector: no law is assumed, the suspicion is the share of past intervals that the present
 * silence has outlasted, P(t) = |S_t| / |S|, S the intervals in the window, S_t those not longer than t.
 * Source: Satzger, Pietzowski, Trumler, Ungerer, "A new adaptive accrual failure detector for dependable distributed
 * systems", SAC 2007. As P is 1 once the longest interval is outlasted, intervals are first stretched by a factor,
 * the paper's scaling; factor 1.5, window 1000 and threshold 0.99 are those of RabbitMQ's aten.
 * Suspicion: a probability; level: reached, above 1 never. Deviation: the list itself is kept, in order of size, so
 * there are no bins of a histogram to choose; an arrival moves at most the window's length of numbers.
 */
import { numberIn, positive } from '../base/errors.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News } from './news.ts';
import { roomFor } from './room.ts';
import { Sorted } from './sorted.ts';
import { windowSize } from './window.ts';

export const SATZGER = { window: 1000, factor: 1.5, probability: 0.99 };

/** The share of past intervals that the silence has outlasted (Satzger et al. 2007). */
export function satzger(options: Partial<typeof SATZGER> = {}): DetectorFactory {
  const { window, factor, probability } = { ...SATZGER, ...options };
  windowSize('satzger', window);
  positive('satzger', 'factor', factor);
  numberIn('satzger', 'probability', probability, 0, 1);
  const bytesPerPair = News.bytesPerPair + Sorted.bytesPerPair(window);

  return (pairs) => {
    roomFor('satzger', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const intervals = new Sorted(pairs, window);

    const detector: Detector = {
      unit: 'probability',
      defaultLevel: probability,
      strict: false,
      bytesPerPair,
      heard(pair, now, sequence) {
        const interval = news.hear(pair, now, sequence);
        if (interval >= 0) intervals.add(pair, interval);
      },
      suspicion(pair, now) {
        const count = intervals.count(pair);
        if (count === 0) return NOTHING_HEARD;
        return intervals.upTo(pair, (now - news.last[pair]) / factor) / count;
      },
      expiry(pair, level) {
        const count = intervals.count(pair);
        if (count === 0 || level > 1) return Infinity;
        const rank = Math.max(1, Math.ceil(level * count)); // the interval to outlast
        const last = news.last[pair];
        return crossing(detector, pair, level, last, last + intervals.at(pair, rank - 1) * factor);
      },
      forget(pair) {
        news.forget(pair);
        intervals.clear(pair);
      },
    };
    return detector;
  };
}
