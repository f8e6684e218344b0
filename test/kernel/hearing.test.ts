/** First news by bits: both kernels tell the same of random records, in one tile and in several. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEAD, hearingBytes, hearingOf, LINE, SUBJECTS } from '../../src/kernel/hearing.ts';
import type { Kernel } from '../../src/kernel/kernel.ts';
import { WasmKernel } from '../../src/kernel/kernel-load.ts';
import { PlainKernel } from '../../src/kernel/kernel-ts.ts';
import {
  CLEAR,
  COPY,
  FILL,
  KIND_BITS,
  kindOf,
  MERGE_ROW,
  MERGE_SLOT,
  Operations,
  OWN,
} from '../../src/kernel/operations.ts';

const SEED = 20261130;
const SLOTS = 3;
// Addresses, with room for 2,500 operations and the marks of 1,024 subjects.
const [HEARD, MARKS, OPS, PLACE] = [0, 32_000, 50_048, 80_064];

const operations = fc.array(
  fc.record({
    kind: fc.oneof(fc.constant(MERGE_ROW), fc.constantFrom(MERGE_SLOT, COPY, OWN, CLEAR, FILL)),
    node: fc.nat(),
    third: fc.nat(),
  }),
  { maxLength: 300, size: 'max' },
);
const records = fc.record({
  n: fc.constantFrom(2, 20, SUBJECTS - 1, SUBJECTS, SUBJECTS + 1, 700),
  everybody: fc.boolean(), // starts, and hears from the one before, who has heard from all before
  operations,
});
type RecordOf = typeof records extends fc.Arbitrary<infer T> ? T : never;

/** Three words an operation. */
function wordsOf({ n, everybody, operations }: RecordOf): Uint32Array {
  const crowd = everybody ? Array.from({ length: n }, (_, node) => node) : [];
  const round = crowd.map((node) => ({ kind: MERGE_ROW, node, third: node + n - 1 }));
  const start = crowd.map((node) => ({ kind: OWN, node, third: 2 }));
  return Uint32Array.from(
    [...start, ...round, ...operations, ...round].flatMap(({ kind, node, third }) => {
      const most = kind === MERGE_ROW ? n : SLOTS;
      return [kind | (1 << KIND_BITS), node % n, third % most];
    }),
  );
}

/** What a kernel tells of a record, whole or without what tells nobody, and the bits that rows end with in the last tile. */
function toldBy(kernel: Kernel, words: Uint32Array, n: number, whole = false) {
  const memory = new Uint32Array(kernel.buffer);
  for (let i = 0; i < 2 * 1024; i++) memory[MARKS / 4 + i] = Math.imul(i + 1, 0x9e3779b1);
  const { count, calm, starters } = hearingOf(recordOf(words, n), n, memory.subarray(OPS / 4));
  if (whole) memory.set(words, OPS / 4);
  const operations = whole ? words.length / 3 : count;
  for (let first = 0; first < n; first += SUBJECTS) {
    memory.set(starters.subarray(first / 32, first / 32 + LINE / 4), PLACE / 4);
    const places = [first, MARKS + 8 * first, HEARD, PLACE] as const;
    kernel.hear(OPS, operations, whole ? operations : calm, n, n + SLOTS, ...places);
  }
  return {
    heard: Buffer.from(kernel.buffer, HEARD, MARKS - HEARD),
    rows: Buffer.from(kernel.buffer, PLACE + HEAD, LINE * n),
  };
}

function recordOf(words: Uint32Array, n: number): Operations {
  const record = new Operations(n);
  for (let op = 0; op < words.length; op += 3) {
    record.add(kindOf(words[op]), words[op] >>> KIND_BITS, words[op + 1], words[op + 2]);
  }
  return record;
}

test('WebAssembly tells what TypeScript tells', () => {
  const check = (record: RecordOf) => {
    const words = wordsOf(record);
    const bytes = PLACE + hearingBytes(record.n + SLOTS);
    const wasm = toldBy(new WasmKernel(bytes, 1), words, record.n);
    const plain = toldBy(new PlainKernel(bytes, 1), words, record.n);
    expect(wasm.heard.equals(plain.heard)).toBe(true);
    expect(wasm.rows.equals(plain.rows)).toBe(true);
    const whole = toldBy(new PlainKernel(bytes, 1), words, record.n, true);
    expect(whole.heard.equals(plain.heard)).toBe(true);
    expect(whole.rows.equals(plain.rows)).toBe(true);
    if (record.everybody) expect(plain.heard.some((byte) => byte !== 0)).toBe(true);
  };
  fc.assert(fc.property(records, check), { seed: SEED, numRuns: 60 });
});
