import { describe, expect, it } from 'vitest';
import { DELIVERED, FACT_NAMES, REMOVED } from '../../src/engine/model.ts';
import { covered, settled } from '../../src/engine/stop.ts';

/** [fact] how often it was emitted. */
const counts = (delivered: number, removed: number) => {
  const count = new Float64Array(FACT_NAMES.length);
  count[DELIVERED] = delivered;
  count[REMOVED] = removed;
  return count;
};

describe('covered', () => {
  it('holds when every node has heard every rumour, and not before', () => {
    expect([5, 11, 12].map((delivered) => covered(counts(delivered, 0), 6, 2))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('settled', () => {
  it('holds when whoever heard has lost interest', () => {
    expect(settled(counts(4, 3), 6, 1)).toBe(false);
    expect(settled(counts(4, 4), 6, 1)).toBe(true);
  });

  it('does not hold before anybody heard', () => {
    expect(settled(counts(0, 0), 6, 1)).toBe(false);
  });
});
