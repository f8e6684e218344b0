import { describe, expect, it } from 'vitest';
import { causal } from '../../../src/protocols/ordering/causal.ts';
import { type Delivery, fifo } from '../../../src/protocols/ordering/delivery.ts';
import { holdBack } from '../../../src/protocols/ordering/hold-back.ts';
import { probabilistic } from '../../../src/protocols/ordering/probabilistic.ts';
import { sparseBytes, varintBytes } from '../../../src/protocols/ordering/sizes.ts';

/** Issues the write and applies it at its origin. */
function issue(delivery: Delivery, node: number, write: number) {
  delivery.issue(node, write);
  expect(delivery.ready(node, write)).toBe(true);
  delivery.apply(node, write);
}

/** Entries in turn: node 0 owns 0 .. own-1, node 1 the next, and so on; disjoint where there are enough. */
const inTurn = (own: number) => {
  let drawn = 0;
  return (node: number, bound: number) => {
    const i = drawn++ % own;
    return Math.min(node * own, bound - 1 - i);
  };
};

describe('fifo', () => {
  it('holds back what overtakes a write of its own origin, and nothing else', () => {
    const delivery = fifo(3, 3);
    issue(delivery, 0, 0);
    issue(delivery, 0, 1);
    delivery.apply(1, 0);
    issue(delivery, 1, 2);
    expect(delivery.ready(2, 1)).toBe(false);
    expect(delivery.ready(2, 2)).toBe(true); // though 0 came before it
    delivery.apply(2, 0);
    expect(delivery.ready(2, 1)).toBe(true);
    expect(delivery.bytes(1)).toBe(8);
  });
});

describe.each([
  ['causal', () => causal(3, 4)],
  [
    'probabilistic, with entries for all',
    () => probabilistic(3, 4, { entries: 6, own: 2 }, inTurn(2)),
  ],
])('%s', (_name, make) => {
  it('holds back what overtakes a write that its origin had applied', () => {
    const delivery = make();
    issue(delivery, 0, 0);
    delivery.apply(1, 0);
    issue(delivery, 1, 1); // after 0
    issue(delivery, 2, 2); // concurrent with both
    expect(delivery.ready(2, 1)).toBe(false);
    delivery.apply(2, 0);
    expect(delivery.ready(2, 1)).toBe(true);
    expect(delivery.ready(0, 2)).toBe(true);
    expect(delivery.ready(0, 1)).toBe(true);
  });

  it('holds back what overtakes a write of its own origin', () => {
    const delivery = make();
    issue(delivery, 0, 0);
    issue(delivery, 0, 1);
    expect(delivery.ready(1, 1)).toBe(false);
    delivery.apply(1, 0);
    expect(delivery.ready(1, 1)).toBe(true);
  });
});

describe('probabilistic', () => {
  it('is wrong where a concurrent write has counted up the entries of the missing one', () => {
    const delivery = probabilistic(4, 3, { entries: 1, own: 1 }, () => 0);
    issue(delivery, 0, 0);
    delivery.apply(1, 0);
    issue(delivery, 1, 1); // after 0
    issue(delivery, 2, 2);
    expect(delivery.ready(3, 1)).toBe(false);
    delivery.apply(3, 2);
    expect(delivery.ready(3, 1)).toBe(true); // 0 is missing
  });

  it('carries a vector of its length', () =>
    expect(probabilistic(500, 1, { entries: 100, own: 3 }, () => 0).bytes(0)).toBe(404));
});

describe('a causal write says', () => {
  /** Node 0 writes; node 1 applies that and writes twice. */
  const bytes = (encoding: 'full' | 'sparse' | 'delta') => {
    const delivery = causal(200, 3, encoding);
    issue(delivery, 0, 0);
    delivery.apply(1, 0);
    issue(delivery, 1, 1);
    issue(delivery, 1, 2);
    return [0, 1, 2].map((write) => delivery.bytes(write) - 4); // without the origin
  };

  it('all entries, those not 0, or those changed since the write before', () => {
    expect(bytes('full')).toEqual([800, 800, 800]);
    expect(bytes('sparse')).toEqual([3, 5, 5]); // a count, and two bytes an entry
    expect(bytes('delta')).toEqual([3, 5, 3]);
  });

  it('and sizes grow with the numbers', () => {
    expect([0, 127, 128, 16_383, 16_384].map(varintBytes)).toEqual([1, 1, 2, 2, 3]);
    const entries = new Int32Array(300);
    entries[1] = 5;
    entries[299] = 1000;
    expect(sparseBytes(entries)).toBe(1 + 2 + 4);
  });
});

describe('hold-back', () => {
  it('releases in the order of arrival what an arrival makes ready, and what that makes ready', () => {
    const delivery = fifo(2, 4);
    for (let write = 0; write < 4; write++) issue(delivery, 0, write);
    const applied: number[] = [];
    const queue = holdBack(2, delivery, (_node, write) => applied.push(write));
    for (const write of [3, 1, 2]) queue.arrive(1, write);
    expect(applied).toEqual([]);
    queue.arrive(1, 0);
    expect(applied).toEqual([0, 1, 2, 3]);
  });
});
