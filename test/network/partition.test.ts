import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { LOST } from '../../src/engine/model.ts';
import { constant, exponential } from '../../src/network/latency.ts';
import { type Cut, partitioned } from '../../src/network/partition.ts';
import { built, delays } from './support.ts';

/** Whether a message from `from` to `to`, sent at `ms`, crosses; four nodes. */
const crosses = (cuts: readonly Cut[], from: number, to: number, ms: number) =>
  built(partitioned(cuts, constant({ ms: 5 })), 4).delay(from, to, ms * 1000, 0) !== LOST;

const cut: Cut = { from: [0, 1], to: [2, 3], startMs: 10, endMs: 20 };

describe('a partition', () => {
  it('loses what is sent from its start on and before its end, to the microsecond', () => {
    const times = [0, 9.999, 10, 19.999, 20, 1e6];
    expect(times.map((ms) => crosses([cut], 0, 2, ms))).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it('lasts for ever without an end', () => {
    expect(crosses([{ from: [0], to: [2], startMs: 10 }], 0, 2, 1e9)).toBe(false);
  });

  it('cuts both ways, and nothing within a side', () => {
    expect(crosses([cut], 2, 0, 15)).toBe(false);
    expect(crosses([cut], 0, 1, 15)).toBe(true);
    expect(crosses([cut], 3, 2, 15)).toBe(true);
  });

  it('cuts one way only if told so', () => {
    expect(crosses([{ ...cut, oneWay: true }], 0, 2, 15)).toBe(false);
    expect(crosses([{ ...cut, oneWay: true }], 2, 0, 15)).toBe(true);
  });

  it('takes sets as predicates', () => {
    const isolated: Cut = { ...cut, from: (node) => node === 3, to: () => true };
    expect([crosses([isolated], 3, 0, 15), crosses([isolated], 0, 3, 15)]).toEqual([false, false]);
    expect(crosses([isolated], 0, 1, 15)).toBe(true);
  });

  it('may overlap others: lost is what crosses any of them', () => {
    const cuts: Cut[] = [cut, { from: [0], to: [1, 2], startMs: 15, endMs: 30 }];
    expect(crosses(cuts, 0, 1, 14)).toBe(true);
    expect(crosses(cuts, 0, 1, 15)).toBe(false);
    expect([12, 17, 25, 30].map((ms) => crosses(cuts, 0, 2, ms))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('leaves the delays of what arrives alone', () => {
    const link = exponential({ meanMs: 50 });
    const without = delays(link, 100);
    const during: Cut = { from: [0, 1, 2], to: (node) => node > 2, startMs: 20, endMs: 60 };
    const found = delays(partitioned([during], link), 100);
    expect(found).toContain(LOST);
    expect(found).toEqual(found.map((delay, i) => (delay === LOST ? LOST : without[i])));
  });

  it.each<[Cut, string]>([
    [
      { ...cut, startMs: -1 },
      'partitioned: cut 0: startMs must be a number at least 0 and finite; got -1',
    ],
    [
      { ...cut, endMs: 5 },
      'partitioned: cut 0: endMs must be a number at least 10 and finite; got 5',
    ],
    [{ ...cut, to: [4] }, 'partitioned: cut 0: to: node must be a whole number in 0..3; got 4'],
  ])('must be possible: %j', (bad, sentence) => {
    expect(() => crosses([bad], 0, 1, 0)).toThrow(new UserError(sentence));
  });
});
