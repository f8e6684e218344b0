/**
 * chitchat's score, there called phi: elapsed / mean, without a logarithm, where the mean is drawn towards a prior:
 * mean = (sum + weight * prior) / (n + weight). So the default level 8 is a silence of 8 mean intervals.
 * Source: quickwit-oss/chitchat, failure_detector.rs since the additive smoothing: window 1000, prior 5 s of weight 5,
 * intervals above 10 s not recorded. A node with no interval counts as dead: the score is infinite until a second
 * heartbeat. A node found dead (score > threshold) loses its window; the time of its last heartbeat stays, so it is
 * alive again with the first interval that is recorded.
 * Suspicion: elapsed in mean intervals; level: phi_threshold, exceeded. The option `threshold` decides when the window
 * is lost, at whatever level one asks. Deviation: the window is lost when the next heartbeat ends the silence, which
 * makes no difference as long as chitchat looks at least once in between.
 */
import { numberIn, positive } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News, STALE } from './news.ts';
import { roomFor } from './room.ts';
import { LONGEST, SHORTEST, Window, windowSize } from './window.ts';

export const CHITCHAT = {
  window: 1000,
  priorMs: 5000,
  priorWeight: 5,
  maxIntervalMs: 10000,
  threshold: 8,
};

/** chitchat's score: silence over a mean that is drawn to a prior. */
export function chitchat(options: Partial<typeof CHITCHAT> = {}): DetectorFactory {
  const resolved = { ...CHITCHAT, ...options };
  const { window, priorMs, priorWeight, maxIntervalMs, threshold } = resolved;
  windowSize('chitchat', window);
  const prior = micros(positive('chitchat', 'priorMs', priorMs));
  numberIn('chitchat', 'priorWeight', priorWeight, 0);
  const cap = micros(numberIn('chitchat', 'maxIntervalMs', maxIntervalMs, 0, LONGEST / 1000));
  positive('chitchat', 'threshold', threshold);
  const bytesPerPair = News.bytesPerPair + Window.bytesPerPair(window);

  return (pairs) => {
    roomFor('chitchat', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const intervals = new Window(pairs, window);

    const smoothedMean = (pair: number) =>
      Math.max(
        SHORTEST,
        (intervals.sum(pair) + priorWeight * prior) / (intervals.count(pair) + priorWeight),
      );

    const detector: Detector = {
      unit: 'intervals',
      defaultLevel: threshold,
      strict: true,
      bytesPerPair,
      heard(pair, now, sequence) {
        const dead = detector.suspicion(pair, now) > threshold;
        const interval = news.hear(pair, now, sequence);
        if (interval === STALE) return;
        if (dead) intervals.clear(pair);
        if (interval >= 0 && interval <= cap) intervals.add(pair, interval);
      },
      suspicion(pair, now) {
        if (Number.isNaN(news.last[pair])) return NOTHING_HEARD;
        if (intervals.count(pair) === 0) return Infinity;
        return (now - news.last[pair]) / smoothedMean(pair);
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        return crossing(detector, pair, level, last, last + level * smoothedMean(pair));
      },
      forget(pair) {
        news.forget(pair);
        intervals.clear(pair);
      },
    };
    return detector;
  };
}
