import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/protocols/ordering/one-winner.ts';
import { arrival, hybrid, lamport, wallClock } from '../../../src/protocols/ordering/rules.ts';

const cassandra = (given: Partial<Parameters<typeof wallClock>[0]>): Rule =>
  wallClock({
    ...{ n: 3, writes: 10, resolutionUs: 1, clockOf: () => 5000 },
    isTombstone: () => false,
    drawValue: () => 7,
    ...given,
  });

describe('arrival', () => {
  it('lets the last one win', () => expect(arrival.wins(0, 1) && arrival.wins(1, 0)).toBe(true));
});

describe('lamport', () => {
  it('puts a write above all that its node has seen, ties by node', () => {
    const rule = lamport(3, 4);
    rule.stamp(0, 0); // 1
    rule.stamp(1, 1); // 1
    expect(rule.wins(1, 0)).toBe(true);
    expect(rule.wins(0, 1)).toBe(false);
    rule.learn?.(2, 1);
    rule.stamp(2, 2); // 2
    expect(rule.wins(2, 1)).toBe(true);
    rule.stamp(1, 3); // 2
    expect(rule.wins(3, 2)).toBe(false);
  });
});

describe('wall clock', () => {
  it('goes by the clock, whatever was seen', () => {
    const clocks = [9000, 1000];
    const rule = cassandra({ clockOf: (node) => clocks[node] });
    rule.stamp(0, 0);
    rule.learn?.(1, 0);
    rule.stamp(1, 1);
    expect(rule.wins(1, 0)).toBe(false);
  });

  it('gives a node at least one more than its last, also where its clock steps back', () => {
    let now = 5000;
    const rule = cassandra({ clockOf: () => now });
    rule.stamp(0, 0);
    rule.stamp(0, 1);
    now = 1000;
    rule.stamp(0, 2);
    expect([rule.wins(1, 0), rule.wins(2, 1), rule.wins(0, 2)]).toEqual([true, true, false]);
  });

  it('at a tie prefers a tombstone, and then the greater value', () => {
    const values = [3, 9, 1];
    const rule = cassandra({
      drawValue: (node) => values[node],
      isTombstone: (write) => write === 2,
    });
    for (let node = 0; node < 3; node++) rule.stamp(node, node);
    expect([rule.wins(1, 0), rule.wins(0, 1)]).toEqual([true, false]);
    expect([rule.wins(2, 1), rule.wins(1, 2)]).toEqual([true, false]);
  });

  it('of whole milliseconds ties within one', () => {
    const clocks = [5001, 5999];
    const rule = cassandra({
      resolutionUs: 1000,
      clockOf: (node) => clocks[node],
      drawValue: (node) => -node,
    });
    rule.stamp(0, 0);
    rule.stamp(1, 1);
    expect(rule.wins(0, 1)).toBe(true);
  });
});

describe('hybrid logical clocks', () => {
  // Kulkarni et al. 2014, figure 6: four nodes, one of them with a clock of 10 and the others near 0.
  it('follow the greatest clock seen and count while it stands still', () => {
    const clocks = [10, 0, 0, 0];
    const rule = hybrid(4, 6, (node) => clocks[node]);
    rule.stamp(0, 0); // (10, 0)
    clocks[1] = 1;
    rule.learn?.(1, 0); // (10, 1)
    rule.stamp(1, 1); // (10, 2)
    clocks[2] = 2;
    rule.learn?.(2, 1); // (10, 3)
    rule.stamp(2, 2); // (10, 4)
    rule.stamp(3, 3); // (0, 0)
    for (const [later, earlier] of [
      [1, 0],
      [2, 1],
      [0, 3],
    ])
      expect(rule.wins(later, earlier)).toBe(true);
    clocks[2] = 11;
    rule.stamp(2, 4); // (11, 0): its own clock has caught up
    expect(rule.wins(4, 2)).toBe(true);
    clocks[3] = 11;
    rule.stamp(3, 5); // (11, 0), tie by node
    expect(rule.wins(5, 4)).toBe(true);
  });
});
