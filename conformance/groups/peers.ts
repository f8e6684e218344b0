/** peer-akka-phi, peer-chitchat-phi: the detectors of Cassandra's peers. */
import { micros, millis } from '../../src/base/time.ts';
import { chitchat } from '../../src/detectors/chitchat.ts';
import { suspects } from '../../src/detectors/model.ts';
import { logisticOfPhi, PHI_AKKA, phiAkka, phiOfLogistic } from '../../src/detectors/phi-akka.ts';
import { Spread } from '../../src/detectors/spread.ts';
import { differences } from '../compare.ts';
import { countAt, fieldsAt, numberAt, numbersAt } from '../input.ts';
import type { Judge } from '../test.ts';

export const akkaPhi: Judge = (test) => {
  const { fields } = test;
  if (fields.samples !== undefined) return historyStats(test);
  if (fields.heartbeatIntervalMs !== undefined) return firstHeartbeat(test);
  const y = (numberAt(fields, 'timeDiff') - numberAt(fields, 'mean')) / numberAt(fields, 'std');
  const phi = phiOfLogistic(y);
  const { phi: wanted, ...rest } = fieldsAt(fields, 'expect');
  // Beside a probability, phi is exact; `tolerance` is that of the probability.
  const exact = rest.oneMinus10PowMinusPhi === undefined ? {} : { exact: wanted };
  const toTolerance = rest.oneMinus10PowMinusPhi === undefined ? { phi: wanted } : {};
  return differences(
    { ...rest, ...exact, ...toTolerance },
    { phi, exact: phi, oneMinus10PowMinusPhi: 1 - 10 ** -phi },
  );
};

const historyStats: Judge = ({ fields }) => {
  const spread = new Spread(1, countAt(fields, 'max'));
  for (const value of numbersAt(fields, 'samples')) spread.add(0, value);
  return differences(fields.expect, { mean: spread.mean(0), variance: spread.variance(0) });
};

const firstHeartbeat: Judge = ({ fields }) => {
  const interval = numberAt(fields, 'heartbeatIntervalMs');
  const pause = numberAt(fields, 'acceptablePause');
  const threshold = numberAt(fields, 'threshold');
  const detector = phiAkka({ firstEstimateMs: interval, pauseMs: pause, threshold })(1);
  detector.heard(0, 0, 1);
  // phi is 1/2 where half of the silences are longer, at mean + pause; the deviation follows from any other point.
  const std = millis(micros(interval) / 4);
  const unavailableAfterMs = millis(detector.expiry(0, threshold));
  return differences(fields.expect, {
    seedSamples: [interval - interval / 4, interval + interval / 4],
    mean: interval,
    std: Math.max(std, PHI_AKKA.minDeviationMs),
    // The detector answers the first whole microsecond.
    unavailableAfterMs: (wanted: unknown) =>
      typeof wanted === 'number' && Math.abs(wanted - unavailableAfterMs) <= 0.001
        ? wanted
        : unavailableAfterMs,
    exact: interval + pause + std * logisticOfPhi(threshold),
  });
};

export const chitchatPhi: Judge = ({ fields }) => {
  const threshold = numberAt(fields, 'threshold', 8);
  const prior = micros(numberAt(fields, 'priorS', 5) * 1000);
  const detector = chitchat({ threshold, priorMs: prior / 1000 })(1);
  let now = 0;
  detector.heard(0, now, 0);
  numbersAt(fields, 'intervalsS').forEach((seconds, i) => {
    now += micros(1000 * seconds);
    detector.heard(0, now, i + 1);
  });
  const elapsed = micros(1000 * numberAt(fields, 'elapsedS', 0));
  const phi = detector.suspicion(0, now + elapsed);
  const perSecond = detector.suspicion(0, now + 1_000_000);
  return differences(fields.expect, {
    phi: Number.isFinite(phi) ? phi : null,
    mean: 1 / perSecond,
    alive: !suspects(detector, phi, threshold),
    deadAfterS: threshold / perSecond,
  });
};
