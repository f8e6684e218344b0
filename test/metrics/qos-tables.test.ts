import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bits } from '../../src/metrics/qos-bits.ts';
import { Durations } from '../../src/metrics/qos-durations.ts';
import { GHOST, PairTable, SUSPECTS } from '../../src/metrics/qos-pairs.ts';

const durations = (values: readonly number[], unit?: number) => {
  const all = new Durations(unit);
  for (const value of values) all.add(value);
  return all;
};

describe('durations', () => {
  it('have an exact count, sum, sum of squares and maximum', () => {
    const { count, sum, squares, max, mean } = durations([3, 0, 5_000_000_000]);
    expect({ count, sum, squares, max }).toEqual({
      count: 3,
      sum: 5_000_000_003,
      squares: 25e18 + 9,
      max: 5_000_000_000,
    });
    expect(mean).toBe(5_000_000_003 / 3);
  });

  it('have quantiles that are exact below 128 units', () => {
    const all = durations(Array.from({ length: 100 }, (_, k) => k + 1));
    expect([0, 0.07, 0.5, 0.99, 1].map((p) => all.quantile(p))).toEqual([1, 7, 50, 99, 100]);
  });

  it('have quantiles within 1/128 of the order statistic, for any size up to 2^53', () => {
    const sized = fc
      .tuple(fc.double({ min: 0, max: 52.9, noNaN: true }), fc.constant(0))
      .map(([power]) => Math.floor(2 ** power));
    fc.assert(
      fc.property(
        fc.array(sized, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const sorted = [...values].sort((a, b) => a - b);
          const rank = Math.max(1, Math.ceil((percent / 100) * values.length - 1e-9));
          const exact = sorted[rank - 1];
          const found = durations(values).quantile(percent / 100);
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact / 128);
        },
      ),
      { seed: 1, numRuns: 1000, examples: [[[2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1], 100]] },
    );
  });

  it('give the share up to a limit, its whole unit included', () => {
    const all = durations([0, 999, 1000, 1500, 3000], 1000);
    expect([0, 999, 1000, 2000, 2999, 3000].map((limit) => all.shareUpTo(limit))).toEqual([
      0.4, 0.4, 0.8, 0.8, 0.8, 1,
    ]);
  });

  it('have neither mean nor quantile where there are none', () => {
    const none = durations([]);
    expect([none.mean, none.quantile(0.5), none.shareUpTo(5)]).toEqual([NaN, NaN, NaN]);
  });

  it('are never negative', () => {
    expect(() => durations([-1])).toThrow('BUG: a duration of -1 us');
  });
});

describe('the table of pairs', () => {
  it('remembers what a map remembers, however it grows', () => {
    const node = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(node, node, fc.nat(1000)), { maxLength: 800, size: 'max' }),
        (writes) => {
          const table = new PairTable();
          const map = new Map<string, number>();
          for (const [observer, subject, value] of writes) {
            const slot = table.insert(observer, subject);
            table.since[slot] = value;
            table.suspectedAt[slot] = value + 1;
            table.flags[slot] = value & 7;
            map.set(`${observer} ${subject}`, value);
          }
          expect(table.count).toBe(map.size);
          for (let pair = 0; pair < 31 * 31; pair++) {
            const slot = table.find(Math.floor(pair / 31), pair % 31);
            const value = map.get(`${Math.floor(pair / 31)} ${pair % 31}`);
            expect(slot < 0).toBe(value === undefined);
            if (value === undefined) continue;
            expect([table.since[slot], table.suspectedAt[slot], table.flags[slot]]).toEqual([
              value,
              value + 1,
              value & 7,
            ]);
          }
        },
      ),
      { seed: 2, numRuns: 50 },
    );
  });

  it('begins every pair blank, and blanks it again', () => {
    const table = new PairTable();
    const slot = table.insert(1, 2);
    table.flags[slot] = SUSPECTS | GHOST;
    table.since[slot] = 5;
    table.blank(slot);
    expect([table.flags[slot], table.since[slot], table.suspectedAt[slot]]).toEqual([0, NaN, NaN]);
    expect(table.find(1, 2)).toBe(slot);
  });

  it('takes between 33 and 67 bytes an entry once it has grown', () => {
    const table = new PairTable();
    for (let k = 0; k < 20_000; k++) {
      table.insert(k % 141, Math.floor(k / 141));
      if (k < 100) continue;
      expect(table.bytes / table.count).toBeGreaterThan(33);
      expect(table.bytes / table.count).toBeLessThan(67);
    }
  });
});

describe('bits', () => {
  it('remember what a set remembers', () => {
    const node = fc.integer({ min: 0, max: 69 });
    const step = fc.tuple(fc.constantFrom('set', 'clear', 'row'), node, node);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const bits = new Bits(70);
        const set = new Set<number>();
        for (const [what, observer, subject] of steps) {
          const pair = observer * 70 + subject;
          if (what === 'set') expect(bits.set(observer, subject)).toBe(!set.has(pair));
          if (what === 'clear') expect(bits.clear(observer, subject)).toBe(set.has(pair));
          if (what === 'row') bits.clearRow(observer);
          if (what === 'set') set.add(pair);
          if (what === 'clear') set.delete(pair);
          if (what === 'row') for (let s = 0; s < 70; s++) set.delete(observer * 70 + s);
        }
        for (let pair = 0; pair < 4900; pair++) {
          if (bits.has(Math.floor(pair / 70), pair % 70) !== set.has(pair)) expect(pair).toBe(-1);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
