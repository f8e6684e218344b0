import { describe, expect, it } from 'vitest';
import { EventHash, FactHash, firstMark, secondMark } from '../../src/engine/hash.ts';

type Occurrence = readonly [time: number, what: number, where: number, detail: number];

const digest = (...occurrences: Occurrence[]) => {
  const hash = new EventHash();
  for (const occurrence of occurrences) hash.add(...occurrence);
  return new FactHash().digest(hash.words);
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

describe('facts in the trace hash', () => {
  const nothing = new EventHash().words;
  type Told = readonly [time: number, fact: number, node: number, about: number];
  const told = (...facts: Told[]) => {
    const hash = new FactHash();
    for (const fact of facts) hash.addFact(...fact);
    return hash.digest(nothing);
  };

  const base: Told = [5_000_000, 6, 2, 3];
  const others: [string, Told][] = [
    ['time', [5_000_001, 6, 2, 3]],
    ['time by 2^32 microseconds', [5_000_000 + 2 ** 32, 6, 2, 3]],
    ['kind', [5_000_000, 4, 2, 3]],
    ['node', [5_000_000, 6, 3, 3]],
    ['subject', [5_000_000, 6, 2, 4]],
  ];
  it.each(others)('change it with the %s', (_what, other) => {
    expect(told(other)).not.toBe(told(base));
    expect(told(other, base)).not.toBe(told(base, base));
  });

  it('change it by who hears of whom', () => {
    expect(told([1, 6, 1, 3], [1, 6, 2, 4])).not.toBe(told([1, 6, 1, 4], [1, 6, 2, 3]));
  });

  it('may be told late, and many at once', () => {
    const hash = new FactHash();
    hash.addFact(7, 6, 1, 0);
    const sum = (mark: (about: number) => number) => (mark(10) + mark(11) + mark(12)) | 0;
    hash.addFacts(5, 6, 2, sum(firstMark), sum(secondMark));
    const oneByOne = told([5, 6, 2, 10], [5, 6, 2, 11], [5, 6, 2, 12], [7, 6, 1, 0]);
    expect(hash.digest(nothing)).toBe(oneByOne);
  });

  it('have no two equal digests among a hundred thousand', () => {
    const seen = new Set<string>();
    for (let node = 0; node < 100; node++) {
      for (let about = 0; about < 100; about++) {
        for (let time = 0; time < 10; time++) seen.add(told([time, 6, node, about]));
      }
    }
    expect(seen.size).toBe(100_000);
  });
});
