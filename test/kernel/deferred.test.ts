/** A table that puts merges off does what maps of objects do, and tells of first news in order, whoever reads when. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KernelName, Width } from '../../src/kernel/index.ts';
import { HeartbeatTable } from '../../src/kernel/index.ts';
import { Pair, type Step, steps } from './programme.ts';

const SEED = 20261128;
const KERNELS: KernelName[] = ['wasm', 'ts'];
const WIDTHS: Width[] = [1, 2, 4];
const cases = KERNELS.flatMap((kernel) => WIDTHS.map((width) => ({ kernel, width })));

/** What does not read: a long record, which is replayed in tiles. */
const RECORDED = ['beat', 'send', 'arriveLater', 'lose', 'meetAll'];
const recorded = (programme: Step[]) => programme.filter(({ kind }) => RECORDED.includes(kind));

/** What reads nothing before the end, not even how many entries a row has: who starts again knows all by name. */
const unread = (programme: Step[]) =>
  programme.flatMap((step) => {
    if (step.kind === 'restart') return [step, { ...step, kind: 'meetAll', elapsed: 0 }];
    return RECORDED.includes(step.kind) ? [step] : [];
  });

describe.each(cases)('a table of kernel $kernel, lanes of $width bytes', (options) => {
  test.each([
    { what: 'with readers', only: (programme: Step[]) => programme, runs: 30 },
    { what: 'with a long record', only: recorded, runs: 20 },
  ])('does what maps of objects do, $what', ({ only, runs }) => {
    const programme = fc.tuple(fc.integer({ min: 1, max: 9 }), steps(300));
    fc.assert(
      fc.property(programme, ([n, programme]) => new Pair(n, options, true).run(only(programme))),
      { seed: SEED, numRuns: runs },
    );
  });

  test('does what maps of objects do, where rows are not there before the end', () => {
    const programme = fc.tuple(fc.integer({ min: 2, max: 40 }), steps(400));
    const check = ([n, programme]: [number, Step[]]) => {
      const pair = new Pair(n, options, true);
      for (let node = 0; node < n; node++) pair.both((it) => it.meetAll(node, 0));
      pair.run(unread(programme));
    };
    fc.assert(fc.property(programme, check), { seed: SEED, numRuns: 8 });
  });

  test('does what maps of objects do where rows have many blocks', () => {
    const programme = fc.tuple(fc.integer({ min: 60, max: 130 }), steps(150));
    const check = ([n, programme]: [number, Step[]]) => {
      new Pair(n, options, true).run(programme);
      new Pair(n, options, true).run(recorded(programme));
    };
    fc.assert(fc.property(programme, check), { seed: SEED, numRuns: 2 });
  });
});

test('rows that nobody reads take no memory', () => {
  const table = new HeartbeatTable(60_000, { later: () => {} });
  for (let node = 0; node < 3; node++) table.start(node, 0);
  table.mergeLater(1, table.snapshot(0), 5);
  expect(table.bytes).toBeLessThan(10e6);
  expect(() => table.heartbeat(1, 0)).toThrow(
    /heartbeat table: it must fit in 4 GiB; got 6\.9 GiB/,
  );
});
