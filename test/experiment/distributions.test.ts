import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnovTwo } from '../../src/base/goodness.ts';
import { statistic } from '../../src/base/statistics.ts';
import { Stream } from '../../src/base/stream.ts';
import {
  halfInterval,
  heldAgainst,
  PERCENTILES,
  sharesUpTo,
} from '../../src/experiment/distributions.ts';

const draws = new Stream('distributions', 'test', 4);
const sample = (lane: number, size: number, shift = 0) =>
  Float64Array.from({ length: size }, () => draws.draw(lane) + shift).sort();

describe('ours against a measured distribution', () => {
  it('takes shares at percentiles of the measured', () => {
    const shares = sharesUpTo(Float64Array.of(1, 2, 3, 4), [0, 2, 2.5, 9]);
    expect(shares.length).toBe(PERCENTILES.length);
    expect([shares[0], shares[24], shares[25], shares[74], shares[99]]).toEqual([
      0.25, 0.25, 0.5, 0.75, 0.75,
    ]);
    expect(sharesUpTo(new Float64Array(0), [1])[0]).toBeNaN();
  });

  /** Ours in batches of 25, against 50 measured. */
  function findings(shift: number) {
    const theirs = sample(0, 50);
    const batches = Array.from({ length: 20 }, () => sample(1, 25, shift));
    const shares = PERCENTILES.map((_, i) =>
      statistic(batches.map((batch) => sharesUpTo(theirs, batch)[i])),
    );
    const mean = statistic(batches.map((batch) => batch.reduce((a, b) => a + b, 0) / 25));
    const found = heldAgainst({
      ...{ quantity: 'x', at: '', measured: theirs, mean, shares, trials: 500, source: '' },
    });
    return {
      found,
      exact: kolmogorovSmirnovTwo(
        theirs,
        batches.flatMap((b) => [...b]),
      ),
    };
  }

  it('finds the distance of two samples', () => {
    const { found, exact } = findings(0);
    expect(found.map(({ verdict }) => verdict)).toEqual(['reproduced', 'reproduced']);
    // From below a jump of the measured, ours may be off by one of them.
    expect(Math.abs(found[1].ours - exact.statistic)).toBeLessThanOrEqual(1 / 50);
  });

  it('and a difference where there is one', () => {
    const { found } = findings(0.35);
    expect(found.map(({ verdict }) => verdict)).toEqual(['not reproduced', 'not reproduced']);
  });

  it('knows how uncertain a measured mean is', () => {
    // t(0.995, 3) = 5.8409; sd of 1..4 = 1.2910
    expect(halfInterval(Float64Array.of(1, 2, 3, 4))).toBeCloseTo((5.8409 * 1.291) / 2, 3);
  });
});
