/**
 * ED, the exponential distribution failure detector: the suspicion is the probability that an interval would have
 * ended by now, F(t) = 1 - e^(-t / mean), mean that of the window.
 * Source: Xiong and Defago, "ED FD: improving the phi accrual failure detector", JAIST IS-RR-2007-007. Suspicion: a
 * probability; level: reached; 1 never. It is phi with exponential intervals on another scale, phi = -log10(1 - F), and
 * differs from phi-exponential.ts in what enters the window: every interval, no guess.
 * Deviations: the paper's slotted clock is ours, in microseconds; nobody is suspected before the first interval.
 */
import { probability as checked } from '../base/errors.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News } from './news.ts';
import { roomFor } from './room.ts';
import { LONGEST, SHORTEST, Window, windowSize } from './window.ts';

export const EXPONENTIAL = { window: 1000, probability: 0.9999 };

const BELOW_ONE = 1 - 2 ** -53; // F never reaches 1, though its rounding would

/** ED: suspicion is the probability that an exponential interval would have ended (Xiong, Defago). */
export function exponential(options: Partial<typeof EXPONENTIAL> = {}): DetectorFactory {
  const { window, probability } = { ...EXPONENTIAL, ...options };
  windowSize('ed', window);
  checked('ed', 'probability', probability);
  const bytesPerPair = News.bytesPerPair + Window.bytesPerPair(window);

  return (pairs) => {
    roomFor('ed', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const intervals = new Window(pairs, window);

    const mean = (pair: number) => Math.max(SHORTEST, intervals.mean(pair));

    const detector: Detector = {
      unit: 'probability',
      defaultLevel: probability,
      strict: false,
      bytesPerPair,
      heard(pair, now, sequence) {
        const interval = news.hear(pair, now, sequence);
        if (interval >= 0) intervals.add(pair, Math.min(interval, LONGEST));
      },
      suspicion(pair, now) {
        if (intervals.count(pair) === 0) return NOTHING_HEARD;
        return Math.min(BELOW_ONE, -Math.expm1(-(now - news.last[pair]) / mean(pair)));
      },
      expiry(pair, level) {
        if (intervals.count(pair) === 0 || level > BELOW_ONE) return Infinity;
        const last = news.last[pair];
        const guess = last - Math.log1p(-level) * mean(pair);
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
