/** Hand-computed tables: NFD-S, NFD-E, Bertier. */
import { describe, expect, test } from 'vitest';
import { bertier } from '../../src/detectors/bertier.ts';
import type { Detector } from '../../src/detectors/model.ts';
import { nfdE } from '../../src/detectors/nfd-e.ts';
import { nfdS } from '../../src/detectors/nfd-s.ts';
import { replay } from '../../src/detectors/replay.ts';
import { SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { expiryMs } from './support.ts';

/** Heartbeats [number, time in ms]. */
function hear(detector: Detector, heartbeats: readonly (readonly [number, number])[]): Detector {
  for (const [sequence, ms] of heartbeats) detector.heard(0, ms * 1000, sequence);
  return detector;
}

describe('NFD-S', () => {
  test('it follows the definition on a schedule with loss, lateness and reordering', () => {
    // eta 1000, delta 500: tau_i = 1000 i + 500.
    const heartbeats = [
      [1, 1020], // trusted until tau_2 = 2500
      [3, 3600], // m_2 is lost. In [tau_3, tau_4) = [3500, 4500) m_3 will do: trusted again, until 4500
      [2, 3700], // late: changes nothing
      [4, 4010], // until tau_5 = 5500
      [6, 6010], // m_5 is lost: suspected from 5500 to 6010; until tau_7 = 7500
      [7, 8600], // too late: tau_8 = 8500 has passed, and m_7 is not enough any more
      [9, 9020], // trusted, until tau_10 = 10500
    ] as const;
    const arrivals = {
      times: Float64Array.from(heartbeats, ([, ms]) => ms * 1000),
      pairs: new Int32Array(heartbeats.length),
      sequences: Float64Array.from(heartbeats, ([sequence]) => sequence),
    };
    const detector = nfdS({ etaMs: 1000, deltaMs: 500 })(1);
    const [{ times, facts }] = replay(arrivals, detector, [500], 20e6);
    expect(Array.from(times, (time) => time / 1000)).toEqual([
      2500, 3600, 5500, 6010, 7500, 9020, 10500,
    ]);
    expect([...facts]).toEqual(
      [0, 1, 0, 1, 0, 1, 0].map((trusted) => (trusted ? TRUSTED : SUSPECTED)),
    );
  });

  test('a crash right after heartbeat l is detected at tau_(l+1), within delta + eta', () => {
    const detector = hear(nfdS({ etaMs: 100 })(1), [[7, 705]]);
    expect(expiryMs(detector, 250)).toBe(1050); // 8 * 100 + 250; the crash was at 700 at the earliest
  });

  test('the origin is when heartbeat 0 is sent', () => {
    const detector = hear(nfdS({ etaMs: 100, originMs: 33 })(1), [[7, 738]]);
    expect(expiryMs(detector, 250)).toBe(1083);
  });
});

describe('NFD-E', () => {
  const heartbeats = [
    // eta 1000, n 2: offset = arrival - 1000 * number
    [1, 1100, 2100], // offset 100: EA_2 = 100 + 2000
    [2, 2300, 3200], // offsets 100, 300: EA_3 = 200 + 3000
    [4, 4100, 5200], // m_3 lost; 300, 100: EA_5 = 200 + 5000
    [3, 4150, 5200], // late: ignored
    [5, 5600, 6350], // 100, 600: EA_6 = 350 + 6000
    [6, 6050, 7325], // 600, 50: EA_7 = 325 + 7000
  ] as const;
  test.each([1, 2, 3, 4, 5, 6])('the expected arrival after %d heartbeats', (count) => {
    const heard = heartbeats.slice(0, count);
    const detector = hear(
      nfdE({ etaMs: 1000, window: 2 })(1),
      heard.map(([sequence, ms]) => [sequence, ms]),
    );
    const expected = heard[count - 1][2];
    expect(detector.suspicion(0, expected * 1000)).toBe(0);
    expect(detector.suspicion(0, (expected + 250) * 1000)).toBe(250);
    expect(expiryMs(detector, 250)).toBe(expected + 250);
  });
});

describe('Bertier', () => {
  const heartbeats = [
    // eta 1000, n 2, beta 1, phi 4, gamma 0.1; offsets as for NFD-E
    [1, 1100, 2100], // no expectation yet: delay 0, var 0. EA_2 = 2100
    [2, 2300, 3300], // error 2300-2100-0 = 200: delay 20, var 20, margin 100. EA_3 = 3200
    [3, 3100, 4328], // error 3100-3200-20 = -120: delay 8, var 20+.1*(120-20) = 30, margin 128. EA_4 = 4200
    [4, 4200, 5268.4], // error 4200-4200-8 = -8: delay 7.2, var 27.8, margin 118.4. EA_5 = 5150
    [6, 6200, 7328.2], // EA_6 = 6150: error 42.8: delay 11.48, var 29.3, margin 128.68. EA_7 = 7200
  ] as const;
  test.each([1, 2, 3, 4])('the freshness point after %d heartbeats', (count) => {
    const heard = heartbeats.slice(0, count);
    const detector = hear(
      bertier({ etaMs: 1000, window: 2 })(1),
      heard.map(([sequence, ms]) => [sequence, ms]),
    );
    expect(expiryMs(detector, 0)).toBe(heard[count - 1][2]);
    expect(expiryMs(detector, 50)).toBe(heard[count - 1][2] + 50);
  });

  test('a lost heartbeat: the error is that against its own expectation', () => {
    const heard = heartbeats.map(([sequence, ms]) => [sequence, ms] as const);
    const detector = hear(bertier({ etaMs: 1000, window: 2 })(1), heard);
    expect(expiryMs(detector, 0)).toBeCloseTo(7328.68, 2);
  });
});
