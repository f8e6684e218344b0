import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapt, share } from '../../../src/protocols/scuttlebutt/flow.ts';

describe('sharing', () => {
  const rate = fc.double({ min: 0, max: 100, noNaN: true });
  const wish = fc.oneof(rate, fc.constant(Infinity));

  it('keeps the sum, and gives nobody less than half of what there is or what it wants', () => {
    fc.assert(
      fc.property(wish, rate, wish, rate, (rhoP, tauP, rhoQ, tauQ) => {
        const { p, q } = share(rhoP, tauP, rhoQ, tauQ);
        const half = (tauP + tauQ) / 2;
        expect(p + q).toBeCloseTo(tauP + tauQ, 6);
        expect(p).toBeGreaterThanOrEqual(Math.min(rhoP, half) - 1e-9);
        expect(q).toBeGreaterThanOrEqual(Math.min(rhoQ, half) - 1e-9);
      }),
    );
  });

  it('halves what remains when both are content', () => {
    expect(share(1, 4, 2, 3)).toEqual({ p: 3, q: 4 });
  });
});

it('adapts: less if it did not fit, a little more if it did', () => {
  const flow = { initial: 1, increase: 0.1, decrease: 0.5 };
  expect(adapt(2, 101, 100, flow)).toBe(1);
  expect(adapt(2, 100, 100, flow)).toBeCloseTo(2.1, 12);
});
