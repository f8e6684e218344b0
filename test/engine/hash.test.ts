import { describe, expect, it } from 'vitest';
import { TraceHash } from '../../src/engine/hash.ts';

type Occurrence = readonly [time: number, what: number, where: number, detail: number];

const digest = (...occurrences: Occurrence[]) => {
  const hash = new TraceHash();
  for (const occurrence of occurrences) hash.add(...occurrence);
  return hash.digest();
};

describe('the trace hash', () => {
  it('is 16 hex digits, the same for the same occurrences', () => {
    expect(digest([1, 2, 3, 4])).toMatch(/^[0-9a-f]{16}$/);
    expect(digest([1, 2, 3, 4])).toBe(digest([1, 2, 3, 4]));
  });

  const base: Occurrence = [5_000_000, 1, 2, 3];
  const others: [string, Occurrence][] = [
    ['time', [5_000_001, 1, 2, 3]],
    ['time by 2^32 microseconds, 71 minutes', [5_000_000 + 2 ** 32, 1, 2, 3]],
    ['kind', [5_000_000, 2, 2, 3]],
    ['node', [5_000_000, 1, 3, 3]],
    ['detail', [5_000_000, 1, 2, 4]],
  ];
  it.each(others)('changes with the %s', (_what, other) => {
    expect(digest(other)).not.toBe(digest(base));
    expect(digest(other, base)).not.toBe(digest(base, base));
  });

  it('changes with the order', () => {
    expect(digest([1, 1, 1, 1], [1, 1, 2, 1])).not.toBe(digest([1, 1, 2, 1], [1, 1, 1, 1]));
  });

  it('has no two equal digests among a hundred thousand short traces', () => {
    // A good 64-bit hash has one with probability 1e10 / 2 / 2^64 = 3e-10.
    const seen = new Set<string>();
    for (let node = 0; node < 100; node++) {
      for (let detail = 0; detail < 100; detail++) {
        for (let time = 0; time < 10; time++) seen.add(digest([time, 0, node, detail]));
      }
    }
    expect(seen.size).toBe(100_000);
  });
});
