import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KernelName, Width } from '../../src/kernel/index.ts';
import { Pair, steps } from './programme.ts';

const SEED = 20260101;
const KERNELS: KernelName[] = ['wasm', 'ts'];
const WIDTHS: Width[] = [1, 2, 4];
const cases = KERNELS.flatMap((kernel) => WIDTHS.map((width) => ({ kernel, width })));

describe.each(cases)('a table of kernel $kernel, lanes of $width bytes', (options) => {
  test('does what maps of objects do', () => {
    const programme = fc.tuple(fc.integer({ min: 1, max: 9 }), steps(300));
    fc.assert(
      fc.property(programme, ([n, programme]) => new Pair(n, options).run(programme)),
      { seed: SEED, numRuns: 60 },
    );
  });

  test('does what maps of objects do where rows have many blocks', () => {
    const programme = fc.tuple(fc.integer({ min: 60, max: 200 }), steps(150));
    fc.assert(
      fc.property(programme, ([n, programme]) => new Pair(n, options).run(programme)),
      { seed: SEED, numRuns: 5 },
    );
  });

  test('holds no message and no copy when all are released', () => {
    const programme = fc.tuple(fc.integer({ min: 1, max: 9 }), steps(200));
    fc.assert(
      fc.property(programme, ([n, programme]) => {
        const pair = new Pair(n, options);
        pair.run(programme);
        pair.dropAll();
        expect(pair.table.inFlight).toEqual({ messages: 0, copied: 0 });
      }),
      { seed: SEED, numRuns: 20 },
    );
  });
});
