/** Registers that diverge: drawn without the engine. */
import { expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { constantDelay, exponentialDelay } from '../../src/experiment/delay-laws.ts';
import { divergentAtOnce, divergentCausal } from '../../src/experiment/divergence-theory.ts';

it('at once: a drawn register lies between the bounds', () => {
  const n = 20;
  const rate = 0.02; // per mean delay
  const lengthMs = 2 / rate;
  const { low, high } = divergentAtOnce(exponentialDelay(1), { n, ratePerMs: rate, lengthMs });
  const draws = new Stream('divergence', 'test', 1);
  const registers = 6000;
  let divergent = 0;
  for (let i = 0; i < registers; i++) if (diverges({ n, rate, lengthMs }, draws)) divergent++;
  const share = divergent / registers;
  const se = Math.sqrt((high * (1 - high)) / registers);
  expect(share).toBeGreaterThan(low - 3 * se);
  expect(share).toBeLessThan(high + 3 * se);
  expect(high - low).toBeLessThan(0.1 * high);
});

it('without spread only concurrent writes diverge, in any delivery', () => {
  const register = { n: 10, ratePerMs: 0.01, lengthMs: 1000 };
  const law = constantDelay(5);
  const { low, high } = divergentAtOnce(law, register);
  expect(divergentCausal(law, register).high).toBeCloseTo(high, 12);
  expect(high).toBeCloseTo((0.01 * 5 * 9) / 10, 2);
  expect(low).toBeLessThan(high);
});

/** The writes of a register; whether the nodes disagree on which of them came last. */
function diverges(
  { n, rate, lengthMs }: { n: number; rate: number; lengthMs: number },
  draws: Stream,
): boolean {
  const last = new Float64Array(n).fill(-Infinity); // [node]
  const holds = new Int32Array(n); // [node]
  let at = 0;
  for (let write = 0; ; write++) {
    at -= Math.log(draws.draw(0)) / rate;
    if (at > lengthMs) break;
    const origin = draws.below(0, n);
    for (let node = 0; node < n; node++) {
      const arrival = at - (node === origin ? 0 : Math.log(draws.draw(0)));
      if (arrival < last[node]) continue;
      last[node] = arrival;
      holds[node] = write;
    }
  }
  return holds.some((write) => write !== holds[0]);
}
