/** Who knows of a write: limits, and a process drawn without the engine. */
import { expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { known, knownAt } from '../../src/experiment/closure-theory.ts';
import { exponentialDelay } from '../../src/experiment/delay-laws.ts';

const law = exponentialDelay(1);
const grid = { law, stepMs: 0.02, steps: 500 };

it('who writes nothing carries nothing: only the write itself tells', () => {
  const at = knownAt(known({ ...grid, ratePerMs: 0, others: 30 }), 0.02);
  for (const ms of [0.1, 0.5, 2]) expect(at(ms)).toBeCloseTo(1 - Math.exp(-ms), 3);
  expect([at(0), at(11)]).toEqual([0, 1]);
});

it('the more is written, the sooner it is known', () => {
  const at = (ratePerMs: number) => knownAt(known({ ...grid, ratePerMs, others: 30 }), 0.02)(0.7);
  expect(at(0.1)).toBeGreaterThan(at(0));
  expect(at(1)).toBeGreaterThan(at(0.1));
});

it('agrees with drawn processes', () => {
  const n = 30;
  const rate = 0.1;
  const at = knownAt(known({ ...grid, ratePerMs: rate, others: n - 2 }), 0.02);
  const draws = new Stream('closure', 'test', 1);
  const times: number[] = []; // when the others knew
  for (let run = 0; run < 800; run++) times.push(...drawn(n, rate, draws));
  for (const ms of [0.3, 0.7, 1.5]) {
    const share = times.filter((time) => time <= ms).length / times.length;
    expect(Math.abs(share - at(ms))).toBeLessThan(0.015);
  }
});

/** One write at node 0 at time 0, and when each other node knows of it. */
function drawn(n: number, rate: number, draws: Stream): number[] {
  const delay = () => -Math.log(draws.draw(0));
  const knowsAt = Float64Array.from({ length: n }, (_, node) => (node === 0 ? 0 : delay()));
  const writes: { at: number; node: number }[] = [];
  for (let at = 0; at < 5; ) {
    at -= Math.log(draws.draw(0)) / (rate * n);
    writes.push({ at, node: draws.below(0, n) });
  }
  for (const { at, node } of writes) {
    if (knowsAt[node] > at) continue;
    for (let to = 0; to < n; to++) knowsAt[to] = Math.min(knowsAt[to], at + delay());
  }
  return Array.from(knowsAt.subarray(1));
}
