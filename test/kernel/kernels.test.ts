/** The two kernels on the same bytes: every byte of their memories must be the same afterwards, and every answer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kernel, largest, makeKernel, type Width } from '../../src/kernel/kernel.ts';
import { WasmKernel } from '../../src/kernel/kernel-load.ts';
import { PlainKernel } from '../../src/kernel/kernel-ts.ts';
import {
  CLEAR,
  COPY,
  FILL,
  KIND_BITS,
  MERGE_ROW,
  MERGE_SLOT,
  OWN,
} from '../../src/kernel/operations.ts';

const LANES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
const SEED = 20260102;
type ProgrammeOf<A> = A extends fc.Arbitrary<infer T> ? T : never;

interface Rows {
  readonly held: number[];
  readonly stamps: number[];
  readonly received: number[];
  readonly stamp: number;
}

/** Rows of any length, of small numbers, large ones and both ends of what a lane holds. */
function rowsOf(width: Width, mostStamp = largest(width)): fc.Arbitrary<Rows> {
  const most = largest(width);
  const lane = (end: number) =>
    fc.oneof(fc.constantFrom(0, 1, end - 1, end), fc.nat(Math.min(end, 5)), fc.nat(end));
  return fc.integer({ min: 1, max: 300 }).chain((n) => {
    const row = (end: number) => fc.array(lane(end), { minLength: n, maxLength: n });
    return fc.record({
      held: row(most),
      stamps: row(mostStamp),
      received: row(most),
      stamp: lane(mostStamp),
    });
  });
}

/** Addresses: a list of 300 numbers, a table of 65536 numbers, and three rows. */
const LIST = 0;
const NUMBERS = 1216;
const ROWS = NUMBERS + 4 * 65536;

function layOut(kernel: Kernel, width: Width, { held, stamps, received }: Rows) {
  const bytes = Math.ceil((held.length * width) / 64) * 64;
  const lanes = new LANES[width](kernel.buffer);
  const place = (address: number, row: number[]) => lanes.set(row, address / width);
  place(ROWS, held);
  place(ROWS + bytes, stamps);
  place(ROWS + 2 * bytes, received);
  return { bytes, held: ROWS, stamps: ROWS + bytes, received: ROWS + 2 * bytes };
}

type Place = ReturnType<typeof layOut>;
type Call = (kernel: Kernel, at: Place, stamp: number, number: (i: number) => number) => unknown;
const CALLS: Record<string, Call> = {
  merge: (kernel, at, stamp) => kernel.merge(at.held, at.stamps, at.received, at.bytes, stamp),
  mergeListing: (kernel, at, stamp) =>
    kernel.mergeListing(at.held, at.stamps, at.received, at.bytes, stamp, LIST),
  copyFresh: (kernel, at, stamp) =>
    kernel.copyFresh(at.received, at.held, at.stamps, at.bytes, stamp),
  oldest: (kernel, at) => kernel.oldest(at.stamps, at.bytes),
  stale: (kernel, at, stamp) => kernel.stale(at.stamps, at.bytes, stamp, LIST),
  count: (kernel, at) => kernel.count(at.held, at.bytes),
  mark: (kernel, at) => kernel.mark(at.stamps, at.bytes, NUMBERS),
  renumber(kernel, at, _stamp, number) {
    const numbers = new Uint32Array(kernel.buffer, NUMBERS, 65536);
    for (let i = 0; i < 65536; i++) numbers[i] = number(i);
    kernel.renumber(at.stamps, at.bytes, NUMBERS);
  },
  least: (kernel, at) => kernel.least(at.held, at.bytes, at.received),
  lower: (kernel, at) => kernel.lower(at.held, at.bytes, at.received),
};

describe.each<Width>([1, 2, 4])('kernels of lanes of %d bytes', (width) => {
  test.each(Object.entries(CALLS))('%s: WebAssembly does what TypeScript does', (name, call) => {
    const isTable = name === 'mark' || name === 'renumber'; // stamps are places in a table
    const rows = rowsOf(width, isTable ? Math.min(largest(width), 65535) : largest(width));
    const check = (drawn: Rows) => {
      // A merge is an event, and its stamp is not below those of events before it.
      const stamp = Math.max(drawn.stamp, ...(name.startsWith('merge') ? drawn.stamps : []));
      const [wasm, plain] = [
        new WasmKernel(ROWS + 4096, width),
        new PlainKernel(ROWS + 4096, width),
      ];
      const answers = [wasm, plain].map((kernel) => {
        const answer = call(kernel, layOut(kernel, width, drawn), stamp, (i) => i >> 1);
        return typeof answer === 'number' ? answer >>> 0 : answer;
      });
      expect(answers[0]).toEqual(answers[1]);
      const [a, b] = [wasm, plain].map(({ buffer }) => Buffer.from(buffer, 0, ROWS + 4096));
      expect(a.equals(b)).toBe(true);
    };
    fc.assert(fc.property(rows, check), { seed: SEED, numRuns: isTable ? 20 : 60 });
  });

  test('replay and copyRows: WebAssembly does what TypeScript does', () => {
    const NODES = 5;
    const SLOTS = 3;
    const operation = fc.record({
      kind: fc.constantFrom(MERGE_ROW, MERGE_SLOT, COPY, OWN, CLEAR, FILL),
      observer: fc.nat(NODES - 1),
      third: fc.nat(1000),
    });
    const programme = fc.record({
      lanes: fc.integer({ min: 1, max: 192 / width }),
      operations: fc.array(operation, { maxLength: 60 }),
      first: fc.nat(3),
    });
    const check = ({ lanes, operations, first }: ProgrammeOf<typeof programme>) => {
      const bytes = Math.ceil((lanes * width) / 64) * 64;
      const size = 4096 + 2 * NODES * bytes + SLOTS * bytes;
      const memories = [new WasmKernel(3 * size, width), new PlainKernel(3 * size, width)].map(
        (kernel) => {
          const words = new Uint32Array(kernel.buffer);
          operations.forEach(({ kind, observer, third }, i) => {
            const most = kind === MERGE_ROW ? NODES : kind === OWN ? 200 : SLOTS;
            words.set([kind | ((i + 1) << KIND_BITS), observer, third % most], 3 * i);
          });
          for (let i = 0; i < 400; i++) words[256 + i] = Math.imul(i + 1, 0x9e3779b1);
          const [marks, heard, rows] = [1024, 3000, 4096];
          const slots = rows + 2 * NODES * bytes;
          const count = operations.length;
          kernel.replay(0, count, rows, slots, bytes, first, lanes, marks, heard);
          kernel.copyRows(size + 4096, 64, rows, 2 * bytes, 64, NODES);
          return Buffer.from(kernel.buffer, 0, 2 * size);
        },
      );
      expect(memories[0].equals(memories[1])).toBe(true);
    };
    fc.assert(fc.property(programme, check), { seed: SEED, numRuns: 200 });
  });

  test('the scalar merge of the benchmark does what the others do', () => {
    const check = (drawn: Rows) => {
      const [simd, scalar] = [1, 2].map(() => new WasmKernel(ROWS + 4096, width));
      const at = layOut(simd, width, drawn);
      layOut(scalar, width, drawn);
      const stamp = largest(width);
      const rose = simd.merge(at.held, at.stamps, at.received, at.bytes, stamp);
      expect(scalar.mergeScalar(at.held, at.stamps, at.received, at.bytes, stamp)).toBe(rose);
      expect(Buffer.from(scalar.buffer).equals(Buffer.from(simd.buffer))).toBe(true);
    };
    fc.assert(fc.property(rowsOf(width), check), { seed: SEED, numRuns: 20 });
  });
});

// A byte counts 255 of the entries that stay at most: rows of many times as many, of which few or all stay.
test.each<[Width, number]>([
  [1, 20_000],
  [2, 9_000],
  [4, 5_000],
])('long rows of %d-byte lanes: what rises is counted, whatever stays', (width, n) => {
  const bytes = Math.ceil((n * width) / 64) * 64;
  for (const every of [1, 7, n]) {
    const kernel = new WasmKernel(3 * bytes, width);
    const lanes = new LANES[width](kernel.buffer);
    lanes.fill(2, 0, n);
    const received = (2 * bytes) / width;
    for (let i = 0; i < n; i++) lanes[received + i] = i % every === 0 ? 3 : 1;
    const rose = Math.ceil(n / every);
    expect(kernel.merge(0, bytes, 2 * bytes, bytes, 9)).toBe(rose);
    expect(lanes.subarray(0, n).filter((lane) => lane === 3)).toHaveLength(rose);
    expect(kernel.merge(0, bytes, 2 * bytes, bytes, 9)).toBe(0);
  }
});

test('more memory keeps what it held, and the rest is 0', () => {
  for (const name of ['wasm', 'ts'] as const) {
    const kernel = makeKernel(100, 1, name);
    new Uint8Array(kernel.buffer).set([1, 2, 3], 97);
    kernel.grow(200_000);
    const bytes = new Uint8Array(kernel.buffer);
    expect(Array.from(bytes.subarray(96, 102))).toEqual([0, 1, 2, 3, 0, 0]);
    expect(bytes.subarray(102).every((byte) => byte === 0)).toBe(true);
    expect(bytes.length).toBeGreaterThanOrEqual(200_000);
  }
});
