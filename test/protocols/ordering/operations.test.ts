import { describe, expect, it } from 'vitest';
import {
  type Operation,
  operations,
  workload,
} from '../../../src/protocols/ordering/operations.ts';

const base = { seed: 'ops', n: 20, keys: 8, perSecond: 5, untilMs: 100_000 };

describe('operations', () => {
  it('come at their rate at every writer, and nowhere else', () => {
    const { list, inputs } = operations({ ...base, writers: 4 });
    // Poisson with mean 2000: 5 standard deviations are 224.
    expect(Math.abs(list.length - 2000)).toBeLessThan(224);
    expect(new Set(list.map(({ node }) => node))).toEqual(new Set([0, 1, 2, 3]));
    expect(inputs.map(({ input }) => input)).toEqual(list.map((_, i) => i));
    const times = inputs.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('have the shares of kinds that were asked for', () => {
    const { list } = operations({ ...base, readShare: 0.5, deleteShare: 0.1, updateShare: 0.3 });
    const share = (kind: string) => list.filter((one) => one.kind === kind).length / list.length;
    // 10,000 operations: 5 standard deviations are at most 0.025.
    for (const [kind, expected] of [
      ['read', 0.5],
      ['delete', 0.1],
      ['update', 0.3],
      ['write', 0.1],
    ] as const) {
      expect(Math.abs(share(kind) - expected)).toBeLessThan(0.025);
    }
  });

  it("choose registers by Zipf's law", () => {
    const { list } = operations({ ...base, keys: 3, skew: 1 });
    const total = 1 + 1 / 2 + 1 / 3;
    for (let key = 0; key < 3; key++) {
      const share = list.filter((one) => one.key === key).length / list.length;
      expect(Math.abs(share - 1 / (key + 1) / total)).toBeLessThan(0.025);
    }
  });

  it('are the same for the same seed', () => {
    expect(operations(base)).toEqual(operations(base));
    expect(operations(base)).not.toEqual(operations({ ...base, seed: 'other' }));
  });

  it('refuse what makes no sense', () => {
    expect(() => operations({ ...base, writers: 21 })).toThrow('operations: writers');
    expect(() => operations({ ...base, perSecond: 0 })).toThrow('operations: perSecond');
    expect(() => operations({ ...base, fromMs: Number.NaN })).toThrow('operations: fromMs');
    expect(() => operations({ ...base, fromMs: -1 })).toThrow('operations: fromMs');
    expect(() => operations({ ...base, readShare: 1.1 })).toThrow('operations: readShare');
    expect(() => operations({ ...base, readShare: 0.6, deleteShare: 0.5 })).toThrow(
      'operations: the shares of reads, deletes and updates',
    );
  });

  it('listed by hand are checked, too', () => {
    const given = (wrong: Partial<Operation>) => () =>
      workload({
        ...{ n: 3, keys: 2, clients: 3 },
        list: [
          { atMs: 0, node: 0, key: 0, kind: 'write', thinkMs: 0, client: 0 },
          { atMs: 1, node: 1, key: 1, kind: 'update', thinkMs: 5, client: 1, ...wrong },
        ],
      });
    expect(given({})().inputs).toHaveLength(2);
    expect(given({ key: 2 })).toThrow('operations: list[1]: key must be a whole number in 0..1');
    expect(given({ client: 3 })).toThrow('operations: list[1]: client');
    expect(given({ thinkMs: Number.NaN })).toThrow('operations: list[1]: thinkMs');
    expect(given({ kind: 'put' as never })).toThrow('operations: list[1]: kind must be "read"');
  });
});
