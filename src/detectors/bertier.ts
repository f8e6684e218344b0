/**
 * Chen's expected arrival with a safety margin that follows the error of that expectation, as Jacobson's estimate does
 * for TCP's timeout. At the arrival A_k of heartbeat k, expected at EA_k:
 *   error = A_k - EA_k - delay;  delay += gamma * error;  var += gamma * (|error| - var);
 *   margin = beta * delay + phi * var;  tau_(k+1) = EA_(k+1) + margin.
 * Source: Bertier, Marin, Sens, "Implementation and performance evaluation of an adaptable failure detector", DSN
 * 2002; beta = 1, phi = 4, gamma = 0.1, n = 1000 as it is usually compared (Hayashibara et al. 2004).
 * Suspicion: milliseconds past the freshness point tau; level: more margin, reached; 0 is the paper's detector.
 * Deviations: those of expected-arrival.ts; delay and var start at 0; the layer that adapts to applications is left out.
 */
import { numberIn, positive, probability } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { crossing } from './crossing.ts';
import { ExpectedArrival } from './expected-arrival.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { News } from './news.ts';
import { roomFor } from './room.ts';
import { windowSize } from './window.ts';

export const BERTIER = { etaMs: 1000, window: 1000, beta: 1, phi: 4, gamma: 0.1 };

/** Chen's expected arrival with Jacobson's margin (Bertier, Marin, Sens 2002). */
export function bertier(options: Partial<typeof BERTIER> = {}): DetectorFactory {
  const { etaMs, window, beta, phi, gamma } = { ...BERTIER, ...options };
  const eta = micros(positive('bertier', 'etaMs', etaMs));
  windowSize('bertier', window);
  numberIn('bertier', 'beta', beta, 0);
  numberIn('bertier', 'phi', phi, 0);
  probability('bertier', 'gamma', gamma);
  const bytesPerPair = News.bytesPerPair + ExpectedArrival.bytesPerPair(window) + 16;

  return (pairs) => {
    roomFor('bertier', pairs, bytesPerPair, 'window');
    const news = new News(pairs);
    const expected = new ExpectedArrival(pairs, window, eta);
    const delay = new Float64Array(pairs); // [pair] us, smoothed error
    const variation = new Float64Array(pairs); // [pair] us, smoothed size of the error: the paper's var

    const freshness = (pair: number) =>
      expected.of(pair, news.newest[pair] + 1) + beta * delay[pair] + phi * variation[pair];

    const detector: Detector = {
      unit: 'ms',
      defaultLevel: 0,
      strict: false,
      bytesPerPair,
      heard(pair, now, sequence) {
        if (!news.isNew(pair, sequence)) return;
        if (!Number.isNaN(news.last[pair])) {
          const error = now - expected.of(pair, sequence) - delay[pair];
          delay[pair] += gamma * error;
          variation[pair] += gamma * (Math.abs(error) - variation[pair]);
        }
        news.hear(pair, now, sequence);
        expected.add(pair, now, sequence);
      },
      suspicion(pair, now) {
        return Number.isNaN(news.last[pair]) ? NOTHING_HEARD : (now - freshness(pair)) / 1000;
      },
      expiry(pair, level) {
        const last = news.last[pair];
        if (Number.isNaN(last)) return Infinity;
        return crossing(detector, pair, level, last, freshness(pair) + level * 1000);
      },
      forget(pair) {
        news.forget(pair);
        expected.clear(pair);
        delay[pair] = 0;
        variation[pair] = 0;
      },
    };
    return detector;
  };
}
