/** The two row kernels on the same bytes: every answer and all that they write must be the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlainRowKernel, type RowKernel } from '../../src/kernel/row-kernel.ts';
import { WasmRowKernel } from '../../src/kernel/row-kernel-load.ts';

const SEED = 20261128;
const LANES = 40; // at most
const ROWS = 6; // versions, floors, asked, held, log, flags
const LIST = ROWS * LANES * 4;

const version = fc.oneof(
  fc.constantFrom(-(2 ** 31), -1, 0, 2 ** 31 - 1),
  fc.integer({ min: -2, max: 3 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const rows = fc.integer({ min: 0, max: LANES }).chain((lanes) =>
  fc.record({
    lanes: fc.constant(lanes),
    words: fc.array(fc.array(version, { minLength: lanes, maxLength: lanes }), {
      minLength: ROWS,
      maxLength: ROWS,
    }),
  }),
);

const at = (row: number) => row * LANES * 4;
const taking = {
  ...{ versions: at(0), floors: at(1), asked: at(2), to: at(3), log: at(4) },
  flags: at(5) + 1, // bytes begin anywhere
};
type Call = (kernel: RowKernel, lanes: number) => number | boolean;
const CALLS: Record<string, Call> = {
  isUneven: (kernel, lanes) => kernel.isUneven(at(0), at(1), lanes),
  'isUneven of the same': (kernel, lanes) => kernel.isUneven(at(0), at(0), lanes),
  countAbove: (kernel, lanes) => kernel.countAbove(at(0), at(1), at(2), lanes),
  listAbove: (kernel, lanes) => kernel.listAbove(at(0), at(1), at(2), lanes, LIST),
  takeAbove: (kernel, lanes) => kernel.takeAbove(taking, lanes, 1 << 31, 7, 3, LIST),
};

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  test('WebAssembly does what TypeScript does', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), ({ lanes, words }, plain) => {
        const [wasm, reference] = [WasmRowKernel, PlainRowKernel].map((Kernel) => {
          const kernel = new Kernel(LIST + 4 * (LANES + 4));
          words.forEach((row, i) => {
            new Int32Array(kernel.buffer, at(i), lanes).set(row);
          });
          const flags = new Uint8Array(kernel.buffer, taking.flags, lanes);
          if (plain) flags.fill(3);
          else for (let i = 0; i < lanes; i++) flags[i] &= 11;
          const answer = call(kernel, lanes);
          const listed = /list|take/.test(name) ? Number(answer) : 0;
          return {
            answer,
            list: [...new Int32Array(kernel.buffer, LIST, listed)],
            rows: [...new Int32Array(kernel.buffer, 0, ROWS * LANES)],
          };
        });
        expect(wasm).toEqual(reference);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

test('where rows are above others', () => {
  const kernel = new PlainRowKernel(LIST + 4 * (LANES + 4));
  const words = new Int32Array(kernel.buffer);
  words.set([5, 5, 5, 2], at(0) / 4); // versions
  words.set([1, 5, 1, 1], at(1) / 4); // floors
  words.set([2, 9, 1, 3], at(2) / 4); // asked
  words.set([4, 0, 0, 4], at(3) / 4); // held
  new Uint8Array(kernel.buffer).set([3, 3, 3, 7], taking.flags);
  expect(kernel.isUneven(at(0), at(1), 4)).toBe(false);
  expect(kernel.countAbove(at(0), at(1), at(2), 4)).toBe(2);
  expect(kernel.listAbove(at(0), at(1), at(2), 4, LIST)).toBe(2);
  expect([...words.subarray(LIST / 4, LIST / 4 + 2)]).toEqual([0, 3]);
  expect(kernel.takeAbove(taking, 4, 8, 7, 3, LIST)).toBe(1);
  expect([words[LIST / 4], words[at(3) / 4], words[at(4) / 4], words[at(3) / 4 + 3]]).toEqual([
    3, 5, 8, 4,
  ]);
  words[at(1) / 4] = -1;
  expect(kernel.isUneven(at(0), at(1), 4)).toBe(true);
});
