/**
 * Akka's phi: normal intervals by a logistic approximation. With y = (elapsed - (mean + pause)) / sd and
 * s = y (1.5976 + 0.070566 y^2), P_later = e^-s / (1 + e^-s), so phi = log10(1 + e^s).
 * Source: akka-remote, PhiAccrualFailureDetector.scala (akka/akka at 016c6ce): sd with divisor n, not below the
 * minimum; a subject's first heartbeat puts two guesses into the window, interval - interval/4 and interval +
 * interval/4; an interval is recorded only if the subject was available when it ended, that is phi < threshold.
 * Suspicion: phi; level: threshold, reached. The option `threshold` decides what is recorded, at whatever level one asks.
 * Deviations: microseconds, not milliseconds; phi goes on where the original's e^-s underflows (phi > 308), and keeps
 * its digits where 1 - 1/(1 + e) loses them.
 */
import { numberIn, positive } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { FIRST, News } from './news.ts';
import { roomFor } from './room.ts';
import { Spread } from './spread.ts';
import { windowSize } from './window.ts';

export const PHI_AKKA = {
  window: 1000,
  minDeviationMs: 100,
  pauseMs: 3000,
  firstEstimateMs: 1000,
  threshold: 8,
};

/** phi of the standardised time y. */
export function phiOfLogistic(y: number): number {
  const s = y * (1.5976 + 0.070566 * y * y);
  return (Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)))) / Math.LN10;
}

/** The y at which phi > 0 is reached: s = ln(10^phi - 1), then Cardano's formula for the cubic in y. */
export function logisticOfPhi(phi: number): number {
  const log = phi * Math.LN10;
  const s = log > 1 ? log + Math.log1p(-Math.exp(-log)) : Math.log(Math.expm1(log));
  const p = 1.5976 / 0.070566 / 3;
  const q = s / 0.070566 / 2;
  const root = Math.cbrt(Math.abs(q) + Math.sqrt(q * q + p ** 3)); // y^3 + 3 p y = 2 q, one real root
  return Math.sign(q) * (root - p / root);
}

/** Akka's phi: normal intervals by a logistic approximation. */
export function phiAkka(options: Partial<typeof PHI_AKKA> = {}): DetectorFactory {
  const resolved = { ...PHI_AKKA, ...options };
  const { window, minDeviationMs, pauseMs, firstEstimateMs, threshold } = resolved;
  windowSize('phi-akka', window);
  const minDeviation = 1000 * positive('phi-akka', 'minDeviationMs', minDeviationMs); // us
  const pause = micros(numberIn('phi-akka', 'pauseMs', pauseMs, 0));
  const first = micros(positive('phi-akka', 'firstEstimateMs', firstEstimateMs));
  positive('phi-akka', 'threshold', threshold);
  const bytesPerPair = News.bytesPerPair + Spread.bytesPerPair(window);

  return (pairs) => {
    roomFor('phi-akka', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const spread = new Spread(pairs, window);

    const deviation = (pair: number) => Math.max(minDeviation, Math.sqrt(spread.variance(pair)));

    const detector: Detector = {
      unit: 'phi',
      defaultLevel: threshold,
      strict: false,
      bytesPerPair,
      heard(pair, now, sequence) {
        const available = detector.suspicion(pair, now) < threshold;
        const interval = news.hear(pair, now, sequence);
        if (interval === FIRST) {
          const guess = Math.floor(first / 4);
          spread.add(pair, first - guess);
          spread.add(pair, first + guess);
        } else if (interval >= 0 && available) spread.add(pair, interval);
      },
      suspicion(pair, now) {
        if (Number.isNaN(news.last[pair])) return NOTHING_HEARD;
        const late = now - news.last[pair] - (spread.mean(pair) + pause);
        return phiOfLogistic(late / deviation(pair));
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        const elapsed = spread.mean(pair) + pause + deviation(pair) * logisticOfPhi(level);
        return crossing(detector, pair, level, last, last + elapsed);
      },
      forget(pair) {
        news.forget(pair);
        spread.clear(pair);
      },
    };
    return detector;
  };
}
