import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HappenedBefore } from '../../src/metrics/happened-before.ts';

describe('happened-before', () => {
  it('is transitive, also over what was not applied', () => {
    const truth = new HappenedBefore(3, 40);
    truth.issue(0, 35);
    truth.apply(0, 35);
    truth.apply(1, 35);
    truth.issue(1, 7); // after 35
    truth.apply(1, 7);
    truth.apply(2, 7); // without 35
    truth.issue(2, 39); // after 7, and so after 35
    truth.issue(0, 12); // after 35 alone
    expect(truth.missing(2, 39)).toBe(1);
    expect([truth.before(35, 39), truth.before(7, 39), truth.before(39, 7)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(truth.areConcurrent(12, 39)).toBe(true);
    expect(truth.areConcurrent(12, 35)).toBe(false);
    expect(truth.areConcurrent(12, 12)).toBe(false);
    expect(truth.unseen(0, 7)).toBe(0); // node 0 has 35 alone, which came before 7
    expect(truth.unseen(1, 12)).toBe(1); // 7
  });

  it('agrees with sets in any history', () => {
    const N = 4;
    const WRITES = 70;
    const history = fc.array(fc.tuple(fc.nat(N - 1), fc.nat(WRITES - 1)), { maxLength: 200 });
    fc.assert(
      fc.property(history, (steps) => {
        const truth = new HappenedBefore(N, WRITES);
        const applied = Array.from({ length: N }, () => new Set<number>());
        const past = new Map<number, Set<number>>(); // [write]
        const closure = (node: number) =>
          new Set([...applied[node]].flatMap((write) => [write, ...past.get(write)!]));
        for (const [node, write] of steps) {
          if (!past.has(write)) {
            past.set(write, closure(node));
            truth.issue(node, write);
          }
          applied[node].add(write);
          truth.apply(node, write);
        }
        for (const [write, before] of past) {
          for (let node = 0; node < N; node++) {
            const missing = [...before].filter((one) => !applied[node].has(one)).length;
            expect(truth.missing(node, write)).toBe(missing);
            const unseen = [...applied[node]].filter((one) => one !== write && !before.has(one));
            expect(truth.unseen(node, write)).toBe(unseen.length);
            expect(truth.hasApplied(node, write)).toBe(applied[node].has(write));
          }
          for (const other of past.keys())
            expect(truth.before(other, write)).toBe(before.has(other));
        }
      }),
      { seed: 54 },
    );
  });
});
