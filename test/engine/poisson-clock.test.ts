/** Rounds on a Poisson clock: the law of the gaps, and what a pause does to it. */
import { expect, it } from 'vitest';
import { kolmogorovSmirnov } from '../../src/base/goodness.ts';
import type { Fault, NodeId, Scenario } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { everyone, fixed } from './support.ts';

const MEAN_MS = 1000;

/** [node] the times of its rounds, ms. */
function roundsOf(n: number, horizonMs: number, rest: Partial<Scenario<number>> = {}): number[][] {
  const times: number[][] = Array.from({ length: n }, () => []);
  simulate<number>({
    seed: 'gaps',
    n,
    overlay: everyone,
    link: fixed(1),
    protocol: () => ({ onRound() {} }),
    rounds: { periodMs: MEAN_MS, phase: 'poisson' },
    horizonMs,
    observers: [{ onRound: (now, node: NodeId) => void times[node].push(now / 1000) }],
    ...rest,
  });
  return times;
}

it('has exponential gaps with the period for mean, the first one included', () => {
  const gaps = roundsOf(20, 500 * MEAN_MS).flatMap((times) =>
    times.slice(0, 400).map((time, i) => time - (times[i - 1] ?? 0)),
  );
  expect(gaps).toHaveLength(8000);
  // Fixed seed; a correct clock would fail this for one seed in 10,000.
  const { pValue } = kolmogorovSmirnov(gaps, (gap) => -Math.expm1(-gap / MEAN_MS));
  expect(pValue).toBeGreaterThan(1e-4);
});

it('of the rounds missed in a pause holds one at its end, then goes on with a new gap', () => {
  const [fromMs, untilMs] = [10_500, 40_500];
  const pause: Fault = { atMs: fromMs, node: 0, kind: 'pause', untilMs };
  const free = roundsOf(2, 60 * MEAN_MS);
  for (const missed of ['skip', 'delay', 'burst'] as const) {
    const rounds = { periodMs: MEAN_MS, phase: 'poisson', missed } as const;
    const [paused, other] = roundsOf(2, 60 * MEAN_MS, { rounds, faults: [pause] });
    const before = paused.filter((time) => time < fromMs);
    expect(before).toEqual(free[0].filter((time) => time < fromMs));
    expect(other).toEqual(free[1]);
    const after = paused.slice(before.length);
    expect(after[0]).toBe(untilMs);
    expect(after[1]).toBeGreaterThan(untilMs);
    // The gaps go on as they would have without the pause.
    const gapsFree = free[0].map((time, i) => time - (free[0][i - 1] ?? 0));
    expect(after[1] - after[0]).toBeCloseTo(gapsFree[before.length + 1], 6);
  }
});
