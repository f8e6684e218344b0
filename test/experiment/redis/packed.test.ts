import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, unpacked } from '../../../src/experiment/redis/packed.ts';

const travelled = (value: unknown) => unpacked(JSON.parse(JSON.stringify(packed(value))));

test('numbers that JSON lacks survive it, wherever they are', () => {
  const value = { a: [NaN, Infinity, -Infinity, -0, 0, 1.5], b: { c: NaN }, d: null, e: 'NaN' };
  expect(travelled(value)).toEqual(value); // tells -0 from 0
});

test('so do other values', () => {
  const leaf = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree')),
      fc.dictionary(fc.string({ minLength: 1 }), tie('tree'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(travelled(value)).toEqual(value);
    }),
    { seed: 1 },
  );
});
