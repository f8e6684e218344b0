/**
 * The phi accrual failure detector with normal intervals: phi(t) = -log10 P_later(t - T_last), P_later = 1 - F with F
 * normal, its mean and variance those of the last intervals.
 * Source: Hayashibara, Defago, Yared, Katayama, "The phi accrual failure detector", JAIST IS-RR-2004-010 (also SRDS
 * 2004): the definitions of phi and P_later; window 1000. Suspicion: phi; level: Phi, reached.
 * Deviations: the paper discards the time until the window is full, here it ends after `warmUp` intervals, and nobody is
 * suspected before; the deviation is at least `minDeviationMs` (equal intervals would make phi jump to infinity).
 */
import { positive, wholeNumber } from '../base/errors.ts';
import { crossing } from './crossing.ts';
import { normalOfPhi, phiOfNormal } from './log-tail.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News } from './news.ts';
import { roomFor } from './room.ts';
import { Spread } from './spread.ts';
import { windowSize } from './window.ts';

export const PHI_NORMAL = { window: 1000, warmUp: 10, minDeviationMs: 0.001, phi: 8 };

/** phi of normal intervals (Hayashibara et al. 2004). */
export function phiNormal(options: Partial<typeof PHI_NORMAL> = {}): DetectorFactory {
  const { window, warmUp, minDeviationMs, phi } = { ...PHI_NORMAL, ...options };
  windowSize('phi-normal', window);
  wholeNumber('phi-normal', 'warmUp', warmUp, 1, window);
  const minDeviation = 1000 * positive('phi-normal', 'minDeviationMs', minDeviationMs); // us
  positive('phi-normal', 'phi', phi);
  const bytesPerPair = News.bytesPerPair + Spread.bytesPerPair(window);
  const standardised = new Map<number, number>(); // level -> z at which phi reaches it

  function zOf(level: number): number {
    let z = standardised.get(level);
    if (z === undefined) standardised.set(level, (z = normalOfPhi(level)));
    return z;
  }

  return (pairs) => {
    roomFor('phi-normal', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const spread = new Spread(pairs, window);

    const deviation = (pair: number) => Math.max(minDeviation, Math.sqrt(spread.variance(pair)));

    const detector: Detector = {
      unit: 'phi',
      defaultLevel: phi,
      strict: false,
      bytesPerPair,
      heard(pair, now, sequence) {
        const interval = news.hear(pair, now, sequence);
        if (interval >= 0) spread.add(pair, interval);
      },
      suspicion(pair, now) {
        if (spread.count(pair) < warmUp) return NOTHING_HEARD;
        return phiOfNormal((now - news.last[pair] - spread.mean(pair)) / deviation(pair));
      },
      expiry(pair, level) {
        if (spread.count(pair) < warmUp) return Infinity;
        const last = news.last[pair];
        const elapsed = spread.mean(pair) + deviation(pair) * zOf(level);
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
