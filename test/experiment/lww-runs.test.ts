/** Pairs and registers under last write wins: what follows from how they are made. */
import { expect, test } from 'vitest';
import { lwwPairs } from '../../src/experiment/lww-pairs.ts';
import { lwwRegisters } from '../../src/experiment/lww-registers.ts';
import { shadowedByClocks } from '../../src/experiment/lww-theory.ts';

const pair = { seed: 'pair', pairs: 100, latencyMs: 1, skewMs: 100 };

test('pairs: each second write meets the first; what a wall clock gets wrong is lost everywhere', () => {
  const wall = lwwPairs({ ...pair, gapMs: 10, layer: { resolution: 'wall-clock' } });
  expect(wall.writes).toBe(100);
  expect(wall.shadowed_frac).toBeGreaterThan(0.3);
  expect(wall.lost_frac).toBe(wall.shadowed_frac);
  expect(wall.unordered_frac).toBe(wall.shadowed_frac);
  const hybrid = lwwPairs({ ...pair, gapMs: 10, layer: { resolution: 'hybrid' } });
  expect(hybrid).toEqual({ writes: 100, shadowed_frac: 0, lost_frac: 0, unordered_frac: 0 });
});

test('registers: the clocks of a run are those of its faults, and so is the law', () => {
  const register = { intervalMs: 20, latencyMs: 1 };
  const run = lwwRegisters({
    ...{ ...register, seed: 'registers', nodes: 4, keys: 2, counted: 20, warmUpMs: 100 },
    clocks: [{ atMs: 0, node: 2, kind: 'clock', stepMs: 40 }],
    layer: { resolution: 'wall-clock' },
  });
  expect(run.clock_sd_ms).toBeCloseTo(20, 9); // 40 ms at one of four
  const law = shadowedByClocks(Float64Array.of(0, 0, 40, 0), register);
  expect(run.shadowed_law_frac).toBeCloseTo(law, 9);
  expect(run.divergent_frac).toBe(0);
});
