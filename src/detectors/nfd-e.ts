/**
 * NFD-E: as NFD-S, with the expected arrival of the next heartbeat in place of its send time, so that no clocks need
 * be synchronised: freshness point tau_(l+1) = EA_(l+1) + alpha, l the largest number received; on the receipt of
 * m_j with j > l it is moved on, and the subject is trusted while now < tau_(l+1).
 * Source: Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002, algorithms NFD-U and NFD-E.
 * Suspicion: milliseconds since the expected arrival of heartbeat l + 1; level: alpha, reached. Deviations: as in
 * expected-arrival.ts; nobody is suspected before the first heartbeat was heard.
 */
import { numberIn, positive } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { crossing } from './crossing.ts';
import { ExpectedArrival } from './expected-arrival.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News, STALE } from './news.ts';
import { roomFor } from './room.ts';
import { windowSize } from './window.ts';

export const NFD_E = { etaMs: 1000, alphaMs: 1000, window: 32 };

/** NFD-E: expected arrivals and a margin (Chen, Toueg, Aguilera 2002). */
export function nfdE(options: Partial<typeof NFD_E> = {}): DetectorFactory {
  const { etaMs, alphaMs, window } = { ...NFD_E, ...options };
  const eta = micros(positive('nfd-e', 'etaMs', etaMs));
  numberIn('nfd-e', 'alphaMs', alphaMs, 0);
  windowSize('nfd-e', window);
  const bytesPerPair = News.bytesPerPair + ExpectedArrival.bytesPerPair(window);

  return (pairs) => {
    roomFor('nfd-e', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const expected = new ExpectedArrival(pairs, window, eta);

    const detector: Detector = {
      unit: 'ms',
      defaultLevel: alphaMs,
      strict: false,
      bytesPerPair,
      heard(pair, now, sequence) {
        if (news.hear(pair, now, sequence) !== STALE) expected.add(pair, now, sequence);
      },
      suspicion(pair, now) {
        if (Number.isNaN(news.last[pair])) return NOTHING_HEARD;
        return (now - expected.of(pair, news.newest[pair] + 1)) / 1000;
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        const freshness = expected.of(pair, news.newest[pair] + 1) + level * 1000;
        return crossing(detector, pair, level, last, freshness);
      },
      forget(pair) {
        news.forget(pair);
        expected.clear(pair);
      },
    };
    return detector;
  };
}
