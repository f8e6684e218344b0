/**
 * Hand-computed tables: phi with normal intervals, Akka's, Cassandra's. Akka's numbers are those of its unit tests
 * (AccrualFailureDetectorSpec) with the digits its formula gives, Cassandra's first row is that of its ArrivalWindowTest.
 */
import { describe, expect, test } from 'vitest';
import { phiOfNormal } from '../../src/detectors/log-tail.ts';
import { logisticOfPhi, phiAkka, phiOfLogistic } from '../../src/detectors/phi-akka.ts';
import { PHI_FACTOR, phiExponential } from '../../src/detectors/phi-exponential.ts';
import { phiNormal } from '../../src/detectors/phi-normal.ts';
import { expectClose } from '../base/close.ts';
import { at, expiryMs, heardAt } from './support.ts';

describe('phi with normal intervals', () => {
  // Intervals 900 and 1100 ms: mean 1000, sd 100; the last heartbeat is at 2000 ms.
  const detector = () => heardAt(phiNormal({ warmUp: 2 })(1), [0, 900, 2000]);
  test.each([
    [2800, 0.00999438], // z = -2: P = 0.97724987
    [3000, 0.30103], // z = 0: log10 2
    [3100, 0.799545], // z = 1: P = 0.15865525
    [3200, 1.643016], // z = 2: P = 0.02275013
    [3300, 2.869698], // z = 3: P = 0.001349898
    [3500, 6.542645], // z = 5: P = 2.866516e-7
    [4000, 23.118053], // z = 10: P = 7.619853e-24
  ])('at %d ms phi is %d', (time, phi) => {
    expectClose(at(detector(), time), phi, 1e-6);
  });

  test('phi 3 is reached 3.0902 deviations after the mean', () => {
    expect(expiryMs(detector(), 3)).toBe(3309.024); // 2000 + 1000 + 309.0232
  });

  test('equal intervals are given the least deviation', () => {
    const equal = heardAt(phiNormal({ warmUp: 2, minDeviationMs: 10 })(1), [0, 100, 200, 300]);
    expectClose(at(equal, 420), phiOfNormal(2), 1e-12); // z = (120 - 100) / 10
  });

  test('nobody is suspected during the warm-up', () => {
    const detector = phiNormal({ warmUp: 3 })(1);
    heardAt(detector, [0, 100, 200]);
    expect([at(detector, 1e6), detector.expiry(0, 1)]).toEqual([-Infinity, Infinity]);
    detector.heard(0, 300_000, 4);
    expect(detector.expiry(0, 1)).toBeLessThan(Infinity);
  });
});

describe("Akka's phi", () => {
  test.each([
    [0, 0.3010299956639812],
    [0.6, 0.5620540787207531],
    [2, 1.6428278854871123],
    [2.5, 2.2160712662941497],
    [4, 4.736694582705181],
    [2 / 3, 0.5979503147836113],
    [-5, 2.1768922219645073e-8],
    [6, 10.782600858295707],
    [10, 37.58471305287122],
  ])('of y = %d is %d', (y, phi) => {
    expectClose(phiOfLogistic(y), phi, 1e-8); // the original loses digits below the mean
    expectClose(logisticOfPhi(phi), y, 1e-7);
  });

  test('it goes on where e^-s underflows', () => {
    expectClose(phiOfLogistic(40), (40 * (1.5976 + 0.070566 * 1600)) / Math.LN10, 1e-14);
  });

  test('after the first heartbeat it goes by guesses of 750 and 1250 ms', () => {
    // mean 1000, sd 250, pause 3000: 4000 + 250 * 5.22599
    const detector = heardAt(phiAkka()(1), [0]);
    expect(expiryMs(detector, 8)).toBe(5306.497);
  });

  test('at a steady second a node is unavailable after 4.52 s', () => {
    const detector = phiAkka()(1);
    for (let i = 0; i < 2000; i++) detector.heard(0, i * 1_000_000, i);
    // sd 0, so the floor of 100 ms: 4000 + 522.599
    expect(expiryMs(detector, 8)).toBe(1999 * 1000 + 4522.599);
  });

  test('an interval is not recorded if the node was unavailable when it ended', () => {
    const heard = heardAt(phiAkka()(1), [0, 1000, 2000, 60_000]);
    // guesses 750, 1250, intervals 1000, 1000: mean 1000, variance 31250
    const sd = Math.sqrt(31250);
    expectClose(at(heard, 64_000 + sd), phiOfLogistic(1), 1e-5); // sd to the microsecond
  });
});

describe('phi with exponential intervals', () => {
  test.each([
    // window, cap, arrivals ms, time ms, phi / PHI_FACTOR
    [4, 2000, [111, 222, 333, 444, 555], 666, 1], // the fifth pushes out the guess of 2000: mean 111
    [4, 2000, [111, 222, 333, 444, 555], 3000, 2445 / 111],
    [4, 2000, [111, 222], 333, 111 / 1055.5], // mean (2000 + 111) / 2
    [4, 2000, [111, 222, 333, 444], 3000, 2556 / 583.25], // (2000 + 3 * 111) / 4
    [1000, 2000, [1000, 2000, 5000, 6000], 7000, 0.75], // 3000 dropped: (2000 + 1000 + 1000) / 3
    [1000, null, [1000, 2000, 5000, 6000], 7000, 1000 / 1750], // kept: 7000 / 4
    [1000, 2000, [1000, 3001], 5001, 1], // a millisecond above the cap: only the guess is left
    [1000, 2000, [1000, 2000, 4000], 5000, 0.6], // at the cap it is kept: (2000 + 1000 + 2000) / 3
  ])(
    'window %d, cap %s, heartbeats at %j: at %d ms it is %d mean intervals',
    (window, maxIntervalMs, arrivals, time, raw) => {
      const detector = heardAt(phiExponential({ window, maxIntervalMs })(1), arrivals);
      expectClose(at(detector, time), raw * PHI_FACTOR, 1e-14);
    },
  );

  test('phi 8 is exceeded 18.42 mean intervals after the last heartbeat', () => {
    const detector = phiExponential()(1);
    for (let i = 0; i <= 1000; i++) detector.heard(0, i * 1_000_000, i);
    expect(expiryMs(detector, 8)).toBe(1_018_420.681); // 8 ln 10 = 18.42068074
    expect(expiryMs(heardAt(phiExponential()(1), [0]), 8)).toBe(36841.362); // the guess of 2 s alone
  });

  test('the level must be exceeded', () => {
    const detector = heardAt(phiExponential()(1), [0]);
    const level = at(detector, 3000);
    expect(detector.expiry(0, level)).toBe(3_000_001);
  });
});
