import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastFirst } from '../../../src/protocols/scuttlebutt/select.ts';

it('brings the least first, of equal ranks the lower items, and loses none', () => {
  const ranks = fc.array(fc.nat(20), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(ranks, fc.nat(300), (values, wish) => {
      const rank = Float64Array.from(values);
      const all = values.map((_, item) => item);
      const items = Int32Array.from(all);
      const count = Math.min(wish, values.length);
      leastFirst(items, rank, count);
      const ordered = [...all].sort((a, b) => rank[a] - rank[b] || a - b);
      const ascending = (a: number, b: number) => a - b;
      expect([...items.subarray(0, count)].sort(ascending)).toEqual(
        ordered.slice(0, count).sort(ascending),
      );
      expect([...items].sort(ascending)).toEqual(all);
    }),
  );
});
