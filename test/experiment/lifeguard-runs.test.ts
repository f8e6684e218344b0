import { describe, expect, it } from 'vitest';
import { intervalLengthMs, lifeguardInterval } from '../../src/experiment/lifeguard-interval.ts';
import {
  LIFEGUARD_PARTS,
  type LifeguardBed,
  lifeguardOptions,
} from '../../src/experiment/lifeguard-setup.ts';
import { LIFEGUARD_PERIODS, lifeguardSweep } from '../../src/experiment/lifeguard-sweep.ts';
import { lifeguardThreshold } from '../../src/experiment/lifeguard-threshold.ts';
import { settingsOf } from '../../src/protocols/memberlist/options.ts';

const bed: LifeguardBed = {
  ...{ n: 32, seed: 'lifeguard', parts: 'SWIM', rules: 'paper' },
  ...{ alpha: 5, beta: 6, latencyMs: 0.1 },
};
const MIN_MS = 5 * 1505; // of 32 members

describe('the parts of Lifeguard', () => {
  it('can be switched off one by one', () => {
    const on = LIFEGUARD_PARTS.map((parts) => {
      const of = settingsOf(lifeguardOptions({ ...bed, parts }), 32);
      return [
        of.awarenessMax > 1 && of.nacks,
        of.suspicionMaxMult > 1 && of.confirmations > 0,
        of.buddy,
      ];
    });
    expect(on).toEqual([
      [false, false, false],
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [true, true, true],
    ]);
  });
});

describe('the interval experiment', () => {
  it.each([
    [16_384, 1, 131_079],
    [32_768, 16_384, 131_072],
    [128, 1, 120_098],
  ])('blocks for %i ms, opens for %i ms, and lasts %i ms', (blockedMs, openMs, length) =>
    expect(intervalLengthMs({ anomalous: 1, blockedMs, openMs })).toBe(length),
  );

  it('brings one false death a block to a member that is blocked alone, and none with long suspicions', () => {
    const anomaly = { anomalous: 1, blockedMs: 16_384, openMs: 1 };
    expect(lifeguardInterval(bed, anomaly)).toMatchObject({
      falseDeaths: 7,
      falseDeathsAtHealthy: 0,
    });
    expect(lifeguardInterval({ ...bed, parts: 'LHA-Suspicion' }, anomaly).falseDeaths).toBe(0);
  });

  it('brings more to who has not read the refutations', () => {
    const anomaly = { anomalous: 1, blockedMs: 4096, openMs: 1 };
    const slow = { ...bed, reader: { eachMs: 1 } };
    expect(lifeguardInterval(bed, anomaly).falseDeaths).toBe(0);
    expect(lifeguardInterval(slow, anomaly).falseDeaths).toBeGreaterThan(5);
  });

  it('is summed over its periods', () => {
    const sweep = lifeguardSweep(bed, 2, 'one');
    const [blockedMs, openMs] = [LIFEGUARD_PERIODS.one.blockedMs[0], 1];
    const seed = `${bed.seed} ${blockedMs} ${openMs}`;
    const alone = lifeguardInterval({ ...bed, seed }, { anomalous: 2, blockedMs, openMs });
    expect(sweep).toMatchObject({ falseDeaths: alone.falseDeaths, messages: alone.messages });
    expect(sweep.byOpenMs[0]).toBe(alone.falseDeaths);
    expect(sweep.byOpenMs[1]).toBeNaN();
  });

  it('weighs each time open by how many it stands for', () => {
    for (const { openMs, weights } of [LIFEGUARD_PERIODS.long, LIFEGUARD_PERIODS.short]) {
      expect(weights.length).toBe(openMs.length);
      expect(weights.reduce((a, b) => a + b)).toBe(8);
    }
  });
});

describe('the threshold experiment', () => {
  it('tells when blocked members are detected, and when all healthy ones know', () => {
    const { firstMs, fullMs } = lifeguardThreshold(bed, 3, 32_768);
    expect([firstMs.length, fullMs.length]).toEqual([3, 3]);
    for (const [i, first] of firstMs.entries()) {
      expect(first).toBeGreaterThan(MIN_MS + 1000);
      expect(fullMs[i]).toBeGreaterThan(first);
    }
  });

  it('detects nobody whose block is shorter than a suspicion', () =>
    expect(lifeguardThreshold(bed, 3, 4000)).toEqual({ firstMs: [], fullMs: [] }));
});
