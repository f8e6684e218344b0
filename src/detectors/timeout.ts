/**
 * Fixed timeout: suspected when nothing new was heard for so long. The "simple" detector (SFD) of Chen, Toueg and
 * Aguilera, "On the quality of service of failure detectors", IEEE Trans. Computers 51, 2002, and T_fail of van
 * Renesse, Minsky and Hayden, "A gossip-style failure detection service", 1998.
 * Suspicion: milliseconds since the last news; level: the timeout, reached. Deviation: no cut-off of old messages.
 */
import { positive } from '../base/errors.ts';
import { crossing } from './crossing.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News } from './news.ts';
import { roomFor } from './room.ts';

export const TIMEOUT = { timeoutMs: 5000 };

/** A fixed timeout since the last news. */
export function timeout(options: Partial<typeof TIMEOUT> = {}): DetectorFactory {
  const { timeoutMs } = { ...TIMEOUT, ...options };
  positive('timeout', 'timeoutMs', timeoutMs);

  return (pairs) => {
    roomFor('timeout', pairs, News.bytesPerPair);
    const news = new News(pairs);

    const detector: Detector = {
      unit: 'ms',
      defaultLevel: timeoutMs,
      strict: false,
      bytesPerPair: News.bytesPerPair,
      heard(pair, now, sequence) {
        news.hear(pair, now, sequence);
      },
      suspicion(pair, now) {
        const elapsed = now - news.last[pair];
        return Number.isNaN(elapsed) ? NOTHING_HEARD : elapsed / 1000;
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        return crossing(detector, pair, level, last, last + level * 1000);
      },
      forget: (pair) => news.forget(pair),
    };
    return detector;
  };
}
