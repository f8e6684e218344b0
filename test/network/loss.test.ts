import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { LOST } from '../../src/engine/model.ts';
import { constant, exponential } from '../../src/network/latency.ts';
import { lossy, perDirection } from '../../src/network/loss.ts';
import { built, delays, lossOf } from './support.ts';

const link = exponential({ meanMs: 50 });
const settings = { seed: 7, numRuns: 50 };
const anyProbability = fc.double({ min: 0, max: 1, noNaN: true });

describe('loss', () => {
  it('of 0 changes nothing', () => {
    expect(delays(lossy(0, link), 1000)).toEqual(delays(link, 1000));
  });

  it('of 0 around another loss changes nothing', () => {
    expect(delays(lossy(0, lossy(0.3, link)), 1000)).toEqual(delays(lossy(0.3, link), 1000));
  });

  it('of 1 loses all', () => {
    expect(lossOf(delays(lossy(1, link), 1000))).toBe(1);
  });

  it('leaves the delays of what arrives alone', () => {
    const without = delays(link, 1000);
    const arrives = delays(lossy(0.5, link), 1000);
    expect(arrives).toEqual(arrives.map((delay, i) => (delay === LOST ? LOST : without[i])));
  });

  it('at p takes whatever it takes at a lower p', () => {
    fc.assert(
      fc.property(anyProbability, anyProbability, (a, b) => {
        const few = delays(lossy(Math.min(a, b), link), 100);
        const many = delays(lossy(Math.max(a, b), link), 100);
        for (let i = 0; i < 100; i++) if (few[i] === LOST) expect(many[i]).toBe(LOST);
      }),
      settings,
    );
  });

  // H0: the count is binomial(40,000, 0.05): sd 43.6, alpha 1e-5 two-sided: 4.42 sd = 193. A rate of 6 % is off by 400:
  // power > 0.999.
  it('takes its share', () => {
    const lost = 40_000 * lossOf(delays(lossy(0.05, link), 40_000));
    expect(Math.abs(lost - 2000)).toBeLessThan(193);
  });

  it('must be a probability', () => {
    expect(() => lossy(1.5, link)).toThrow(
      new UserError('lossy: p must be a number in [0, 1]; got 1.5'),
    );
  });
});

describe('loss per direction', () => {
  it('hangs on sender and receiver, by a function', () => {
    const transit = built(perDirection((from, to) => (from < to ? 1 : 0), constant({ ms: 1 })));
    expect([transit.delay(0, 1, 0, 0), transit.delay(1, 0, 0, 0)]).toEqual([LOST, 1000]);
  });

  it('hangs on sender and receiver, by a matrix', () => {
    const transit = built(
      perDirection(
        [
          [0, 0],
          [1, 0],
        ],
        constant({ ms: 1 }),
      ),
      2,
    );
    expect([transit.delay(0, 1, 0, 0), transit.delay(1, 0, 0, 0)]).toEqual([1000, LOST]);
  });

  it('that is the same everywhere is plain loss', () => {
    expect(
      delays(
        perDirection(() => 0.2, link),
        1000,
      ),
    ).toEqual(delays(lossy(0.2, link), 1000));
  });

  it('must be a probability', () => {
    expect(() =>
      built(
        perDirection(
          [
            [0, 2],
            [0, 0],
          ],
          link,
        ),
        2,
      ),
    ).toThrow(new UserError('perDirection: row 0, column 1 must be a number in [0, 1]; got 2'));
    expect(() =>
      delays(
        perDirection(() => NaN, link),
        1,
      ),
    ).toThrow(
      new UserError('perDirection: loss from node 0 to node 1 must be a number in [0, 1]; got NaN'),
    );
  });
});
