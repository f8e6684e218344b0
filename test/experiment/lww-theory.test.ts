/** Closed forms of last write wins against direct draws that share nothing with them, and against each other. */
import { expect, test } from 'vitest';
import { normalQuantile } from '../../src/base/quantiles.ts';
import { normalTail } from '../../src/base/special.ts';
import { Stream } from '../../src/base/stream.ts';
import {
  clockSpread,
  lostByRace,
  pairWrong,
  shadowed,
  shadowedByClocks,
  type Tie,
  wrongOfNext,
} from '../../src/experiment/lww-theory.ts';

const draws = (name: string) => {
  const stream = new Stream('lww-theory', name, 1);
  const uniform = () => stream.draw(0);
  return { uniform, normal: () => normalQuantile(uniform()), gap: () => -Math.log(uniform()) };
};
/** Standard errors that the share is off. */
const off = (share: number, p: number, draws: number) =>
  Math.abs(share - p) / Math.sqrt((p * (1 - p)) / draws);

test('a pair: half at no gap, a table value, never with true clocks', () => {
  expect(pairWrong({ gapMs: 0, skewMs: 10 })).toBeCloseTo(0.5, 12);
  expect(pairWrong({ gapMs: 1.96 * Math.SQRT2, skewMs: 1 })).toBeCloseTo(0.0249979, 6);
  expect(pairWrong({ gapMs: 1, skewMs: 0 })).toBe(0);
});

test('a pair in whole milliseconds: clocks drawn, read and compared', () => {
  const { uniform, normal } = draws('pairs');
  const ties: Tie[] = ['values', 'the later is a tombstone', 'the earlier is a tombstone'];
  for (const tie of ties) {
    for (const [gapMs, skewMs] of [
      [0.3, 0],
      [0.3, 0.5],
      [0.9, 2],
    ]) {
      let wrong = 0;
      const count = 8000;
      for (let i = 0; i < count; i++) {
        const start = uniform();
        const first = Math.floor(start + skewMs * normal());
        const second = Math.floor(start + gapMs + skewMs * normal());
        const lot = tie === 'values' ? uniform() < 0.5 : tie === 'the earlier is a tombstone';
        if (second < first || (second === first && lot)) wrong++;
      }
      const p = pairWrong({ gapMs, skewMs, stepMs: 1, tie });
      if (p === 0) expect(wrong).toBe(0);
      else expect(off(wrong / count, p, count)).toBeLessThan(4);
    }
  }
});

test('a pair in fine steps is a pair', () => {
  const exact = pairWrong({ gapMs: 3, skewMs: 2 });
  expect(pairWrong({ gapMs: 3, skewMs: 2, stepMs: 0.001 })).toBeCloseTo(exact, 7);
});

test('of each two in succession: the mean over exponential gaps, by the midpoint rule', () => {
  for (const skewMs of [0.1, 1, 5]) {
    let mean = 0;
    const steps = 20_000;
    for (let i = 0; i < steps; i++) {
      const gap = -Math.log((i + 0.5) / steps);
      mean += normalTail(gap / (skewMs * Math.SQRT2)) / steps;
    }
    expect(wrongOfNext({ intervalMs: 1, skewMs, nodes: Infinity })).toBeCloseTo(mean, 4);
    expect(wrongOfNext({ intervalMs: 1, skewMs, nodes: 4 })).toBeCloseTo(mean * 0.75, 4);
  }
  const before = wrongOfNext({ intervalMs: 1, skewMs: 17.99, nodes: Infinity });
  const after = wrongOfNext({ intervalMs: 1, skewMs: 18.01, nodes: Infinity });
  expect(Math.abs(after - before)).toBeLessThan(3e-5);
});

/** Poisson writes at rate 1 by nodes with skews, each compared with all that have come: the share that loses. */
function drawnShadowed(nodes: number, skew: number, latency: number, name: string) {
  const { uniform, normal, gap } = draws(name);
  const shares: number[] = [];
  for (let run = 0; run < 60; run++) {
    const skews = Array.from({ length: nodes }, () => skew * normal());
    const writes: { at: number; node: number; stamp: number }[] = [];
    let lost = 0;
    let counted = 0;
    for (let at = 0; at < 12 * skew + 50; ) {
      at += gap();
      const node = Math.floor(uniform() * nodes);
      const stamp = at + skews[node];
      const loses = writes.some(
        (other) => other.stamp > stamp && (latency === 0 || gap() * latency < at - other.at),
      );
      if (at > 10 * skew) {
        counted++;
        if (loses) lost++;
      }
      writes.push({ at, node, stamp });
    }
    shares.push(lost / counted);
  }
  const mean = shares.reduce((sum, share) => sum + share) / shares.length;
  const variance =
    shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  return { mean, se: Math.sqrt(variance / shares.length) };
}

test('shadowed: writes drawn one by one, few nodes and many, with and without latency', () => {
  for (const [nodes, skewMs, latencyMs] of [
    [5, 1, 0],
    [20, 5, 0.5],
    [3, 10, 2],
    [20, 1, 0.3],
  ]) {
    const { mean, se } = drawnShadowed(nodes, skewMs, latencyMs, `${nodes} ${skewMs}`);
    const expected = shadowed({ intervalMs: 1, nodes, skewMs, latencyMs });
    expect(Math.abs(mean - expected) / se).toBeLessThan(4);
    expect(se).toBeLessThan(0.05 * expected);
  }
});

test('shadowed by clocks that are known: by hand, and in the mean over drawn ones', () => {
  const two = Float64Array.of(-1, 3);
  expect(clockSpread(two)).toBeCloseTo(Math.sqrt(8), 12);
  const half = shadowedByClocks(two, { intervalMs: 10, latencyMs: 0 });
  expect(half).toBeCloseTo((1 - Math.exp(-4 / 10 / 2)) / 2, 12);
  const { normal } = draws('clocks');
  const register = { intervalMs: 2, skewMs: 3, nodes: 6, latencyMs: 0.5 };
  let mean = 0;
  for (let i = 0; i < 2000; i++) {
    mean +=
      shadowedByClocks(
        Float64Array.from({ length: 6 }, () => 3 * normal()),
        register,
      ) / 2000;
  }
  expect(Math.abs(mean - shadowed(register))).toBeLessThan(0.01); // 4 standard errors: the sd is about 0.1
});

test('shadowed: limits', () => {
  const rare = { intervalMs: 1000, skewMs: 1, nodes: 10, latencyMs: 0 };
  // One write at most is in the way: r E max(0, y - x) = r s / sqrt(pi).
  expect(shadowed(rare) / ((0.9 * 0.001) / Math.sqrt(Math.PI))).toBeCloseTo(1, 2);
  expect(shadowed(rare) / wrongOfNext(rare)).toBeCloseTo(1, 2);
  // Of a hot register only the clock that is ahead writes.
  expect(shadowed({ ...rare, skewMs: 1e6 })).toBeCloseTo(0.9, 2);
  expect(shadowed({ ...rare, skewMs: 0 })).toBe(0);
  const many = { intervalMs: 1, skewMs: 3, latencyMs: 0.7 };
  expect(shadowed({ ...many, nodes: 1e5 })).toBeCloseTo(shadowed({ ...many, nodes: Infinity }), 4);
});

test('lost by race: the chain of the last update followed back among drawn ones', () => {
  const { uniform, gap } = draws('race');
  for (const [nodes, latencyMs] of [
    [4, 0.5],
    [20, 2],
  ]) {
    const writes: { at: number; node: number }[] = [];
    for (let at = 0; at < 20_000; at += gap())
      writes.push({ at, node: Math.floor(uniform() * nodes) });
    let kept = 1;
    let current = writes.length - 1;
    for (let other = current - 1; other >= 0; other--) {
      const { at, node } = writes[current];
      const late = writes[other].node === node ? 0 : gap() * latencyMs;
      if (writes[other].at + late > at) continue;
      current = other;
      kept++;
    }
    const lost = 1 - kept / writes.length;
    // The chain is a renewal process: its count varies less than a Poisson one's.
    expect(Math.abs(lost - lostByRace({ intervalMs: 1, nodes, latencyMs }))).toBeLessThan(
      (4 * Math.sqrt(kept)) / writes.length,
    );
  }
});

test('lost by race: limits', () => {
  expect(lostByRace({ intervalMs: 1, nodes: 10, latencyMs: 0 })).toBeCloseTo(0, 9);
  expect(lostByRace({ intervalMs: 1, nodes: 1, latencyMs: 3 })).toBeCloseTo(0, 9);
  // Rare: a race is two updates within the latency, by two nodes; one of them is lost.
  const rare = lostByRace({ intervalMs: 1000, nodes: 5, latencyMs: 1 });
  expect(rare / (0.8 * 0.001)).toBeCloseTo(1, 2);
});
