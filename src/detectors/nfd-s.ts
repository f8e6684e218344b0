/**
 * NFD-S: heartbeat i is sent at i * eta on a clock that sender and observer share, and freshness point tau_i = i * eta +
 * delta. At t in [tau_i, tau_(i+1)) the subject is trusted if and only if some m_j with j >= i has been received.
 * Source: Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002, algorithm NFD-S; detection within
 * delta + eta. So with l the largest number received, the subject is suspected from tau_(l+1) on.
 * Suspicion: milliseconds since heartbeat l + 1 was due to be sent; level: delta, reached. Deviation: nobody is
 * suspected before the first heartbeat was heard (the paper suspects at first).
 */
import { numberIn, positive } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News } from './news.ts';
import { roomFor } from './room.ts';

export const NFD_S = { etaMs: 1000, deltaMs: 2000, originMs: 0 };

/** NFD-S: freshness points on a shared clock (Chen, Toueg, Aguilera 2002). */
export function nfdS(options: Partial<typeof NFD_S> = {}): DetectorFactory {
  const { etaMs, deltaMs, originMs } = { ...NFD_S, ...options };
  const eta = micros(positive('nfd-s', 'etaMs', etaMs));
  numberIn('nfd-s', 'deltaMs', deltaMs, 0);
  const origin = micros(numberIn('nfd-s', 'originMs', originMs, -1e12));

  return (pairs) => {
    roomFor('nfd-s', pairs, News.bytesPerPair);
    const news = new News(pairs);

    const detector: Detector = {
      unit: 'ms',
      defaultLevel: deltaMs,
      strict: false,
      bytesPerPair: News.bytesPerPair,
      heard(pair, now, sequence) {
        news.hear(pair, now, sequence);
      },
      suspicion(pair, now) {
        if (Number.isNaN(news.last[pair])) return NOTHING_HEARD;
        return (now - origin - (news.newest[pair] + 1) * eta) / 1000;
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        const freshness = origin + (news.newest[pair] + 1) * eta + level * 1000;
        return crossing(detector, pair, level, last, freshness);
      },
      forget: (pair) => news.forget(pair),
    };
    return detector;
  };
}
