/** Rows from the end of a record: both kernels find what rows hold that are merged one by one, in one tile and in several. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cells } from '../../src/kernel/cells.ts';
import { eachRowInherited } from '../../src/kernel/inheritance.ts';
import type { KernelName, Width } from '../../src/kernel/kernel.ts';
import {
  CLEAR,
  COPY,
  FILL,
  MERGE_ROW,
  MERGE_SLOT,
  Operations,
  OWN,
} from '../../src/kernel/operations.ts';

const SEED = 20261203;
const SLOTS = 3;
const KERNELS: KernelName[] = ['wasm', 'ts'];
const WIDTHS: Width[] = [1, 2, 4];

const kinds = fc.oneof(
  { arbitrary: fc.constantFrom(MERGE_ROW, OWN), weight: 6 },
  { arbitrary: fc.constantFrom(MERGE_SLOT, COPY), weight: 3 },
  { arbitrary: fc.constantFrom(CLEAR, FILL), weight: 1 },
);
const records = fc.record({
  n: fc.constantFrom(1, 2, 20, 127, 128, 129, 300),
  everybody: fc.boolean(), // starts, and hears from the one before, who has heard from all before
  operations: fc.array(fc.record({ kind: kinds, node: fc.nat(), third: fc.nat() }), {
    maxLength: 400,
    size: 'max',
  }),
});
type RecordOf = typeof records extends fc.Arbitrary<infer T> ? T : never;

/** The record, and [observer * n + subject] the lanes that rows end with. */
function recordOf({ n, everybody, operations }: RecordOf) {
  const record = new Operations(n);
  const all = new Uint32Array(n * n);
  const rows = Array.from({ length: n }, (_, node) => all.subarray(n * node, n * (node + 1)));
  const slots = Array.from({ length: SLOTS }, () => new Uint32Array(n));
  const latest = new Uint32Array(n).fill(1); // [node] its version
  function add(kind: number, node: number, any: number) {
    const third = kind === MERGE_ROW ? any % n : any % SLOTS;
    if (kind === MERGE_ROW && third === node) return;
    const row = rows[node];
    record.add(kind, 1, node, kind === OWN ? ++latest[node] : third);
    if (kind === OWN) row[node] = latest[node];
    else if (kind === COPY) slots[third].set(row);
    else if (kind === CLEAR) row.fill(0);
    else if (kind !== FILL) {
      const from = kind === MERGE_ROW ? rows[third] : slots[third];
      for (let i = 0; i < n; i++) row[i] = Math.max(row[i], from[i]);
    }
  }
  const crowd = everybody ? Array.from({ length: n }, (_, node) => node) : [];
  for (const node of crowd) add(OWN, node, 0);
  for (const node of crowd) add(MERGE_ROW, node, node + n - 1);
  for (const { kind, node, third } of operations) add(kind, node % n, third);
  for (const node of crowd) add(MERGE_ROW, node, node + n - 1);
  return { record, all };
}

function inherited(kernel: KernelName, width: Width, record: Operations, n: number) {
  const cells = new Cells(n, width, kernel, false);
  for (let slot = 0; slot < SLOTS; slot++) cells.takeSlot();
  const all = new Uint32Array(n * n);
  const seen: number[] = [];
  eachRowInherited(cells, record, (observer, laneOf) => {
    seen.push(observer);
    for (let subject = 0; subject < n; subject++) all[n * observer + subject] = laneOf(subject);
  });
  expect(seen).toEqual(Array.from({ length: n }, (_, node) => node));
  return all;
}

const bytesOf = ({ buffer }: Uint32Array<ArrayBuffer>) => Buffer.from(buffer);

test('rows inherit what they would hold by merging', () => {
  const check = (drawn: RecordOf) => {
    const { record, all } = recordOf(drawn);
    for (const kernel of KERNELS) {
      for (const width of WIDTHS) {
        const found = inherited(kernel, width, record, drawn.n);
        expect(Buffer.compare(bytesOf(found), bytesOf(all))).toBe(0);
      }
    }
  };
  fc.assert(fc.property(records, check), { seed: SEED, numRuns: 30 });
});
