import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Plan, plan } from '../../src/experiment/plan.ts';
import { shardsWith, shareOf } from '../../src/experiment/share.ts';
import { fixture } from './support/folders.ts';

/** As if there were a cell for each, with so many replicates of so many events. */
async function planned(): Promise<(cells: readonly (readonly [number, number])[]) => Plan> {
  const of = plan(await fixture('push-small'));
  return (sizes) => {
    const [first] = of.cells;
    const cells = sizes.map(([replicates, events], index) => {
      const cell = { ...first.cell, n: index };
      return { ...first, cell, index, replicates, events, bytes: events };
    });
    const sum = (part: (replicates: number, events: number) => number) =>
      sizes.reduce((total, [replicates, events]) => total + part(replicates, events), 0);
    return { ...of, cells, runs: sum((r) => r), events: sum((r, e) => r * e) };
  };
}

const sizes = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ max: 5000, min: 0 })),
  {
    minLength: 1,
    maxLength: 30,
  },
);

const sharesOf = (of: Plan, count: number) =>
  Array.from({ length: count }, (_, place) => shareOf(of, { index: place + 1, count }));

test('every run falls to one shard, and no shard has much more to do than another', async () => {
  const planOf = await planned();
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 12 }), (cells, count) => {
      const of = planOf(cells);
      const shares = sharesOf(of, count);
      const runs = shares.flatMap(({ work }) =>
        work.flatMap(({ planned: { index }, replicates }) =>
          replicates.map((r) => `${index} ${r}`),
        ),
      );
      expect(runs).toHaveLength(of.runs);
      expect(new Set(runs).size).toBe(of.runs);
      const events = shares.map((share) => share.plan.events);
      const heaviest = Math.max(...of.cells.map((cell) => cell.events));
      const uneven = Math.max(heaviest, of.events / count / 8);
      expect(Math.max(...events) - Math.min(...events)).toBeLessThanOrEqual(uneven + 1e-6);
    }),
    { seed: 3 },
  );
});

test('the plan of a share counts what is in it', async () => {
  const of = (await planned())([
    [3, 10],
    [1, 1000],
  ]);
  const [heavy, light] = sharesOf(of, 2).map((share) => share.plan);
  expect([heavy.runs, heavy.events, heavy.bytes]).toEqual([1, 1000, 1000]);
  expect([light.runs, light.events, light.bytes]).toEqual([3, 30, 10]);
});

test('one cell alone is dealt out by its replicates', async () => {
  const of = (await planned())([[100, 50]]);
  expect(sharesOf(of, 4).map((share) => share.plan.runs)).toEqual([27, 25, 24, 24]);
});

test('with more shards than runs some have nothing', async () => {
  const of = (await planned())([[2, 50]]);
  expect(sharesOf(of, 3).map((share) => share.plan.runs)).toEqual([1, 1, 0]);
});

test('the shards of some work are those whose share meets it', async () => {
  const planOf = await planned();
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 12 }), fc.nat(), (cells, count, which) => {
      const of = planOf(cells);
      const shares = sharesOf(of, count);
      const { work } = shares[which % count];
      expect(shardsWith(work, of, count)).toEqual(work.length > 0 ? [(which % count) + 1] : []);
    }),
    { seed: 4 },
  );
});
