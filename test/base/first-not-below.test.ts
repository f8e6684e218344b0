import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstNotBelow } from '../../src/base/first-not-below.ts';

it('is where a search from the front would end', () => {
  const few = fc.integer({ min: 0, max: 20 });
  const property = fc.property(fc.array(few), few, (values, value) => {
    const ascending = values.toSorted((a, b) => a - b);
    const found = ascending.findIndex((other) => other >= value);
    expect(firstNotBelow(ascending, value)).toBe(found === -1 ? ascending.length : found);
  });
  fc.assert(property, { seed: 8, numRuns: 300 });
});
