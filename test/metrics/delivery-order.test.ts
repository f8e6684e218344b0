import { describe, expect, it } from 'vitest';
import { APPLIED, DELIVERED, ISSUED } from '../../src/engine/model.ts';
import { deliveryOrder } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

/** Plays what is written as [ms, what, node, write]. */
function play(steps: readonly (readonly [number, 'issue' | 'arrive' | 'apply', number, number])[]) {
  const asked: number[] = [];
  const order = deliveryOrder({
    n: 3,
    writes: 3,
    onArrival: (node, write, truth) => asked.push(truth.missing(node, write)),
  });
  const tell = (now: number, fact: number, node: number, write: number) =>
    order.onFact?.(now * ms, fact, node, write);
  for (const [now, what, node, write] of steps) {
    if (what === 'arrive') tell(now, DELIVERED, node, write);
    else if (what === 'apply') tell(now, APPLIED, node, write);
    else for (const fact of [ISSUED, DELIVERED, APPLIED]) tell(now, fact, node, write);
  }
  return { order, asked };
}

describe('delivery order', () => {
  it('counts what overtakes, in its origin and in the true order', () => {
    const { order, asked } = play([
      [0, 'issue', 0, 0],
      [1, 'issue', 0, 1],
      [5, 'arrive', 1, 1], // overtakes 0
      [5, 'apply', 1, 1],
      [6, 'issue', 1, 2], // after 1, and so after 0
      [7, 'arrive', 2, 2], // overtakes both, of another origin
      [7, 'apply', 2, 2],
      [8, 'arrive', 1, 0],
      [8, 'apply', 1, 0],
      [9, 'arrive', 2, 0],
      [9, 'apply', 2, 0],
      [9, 'arrive', 2, 1],
      [9, 'apply', 2, 1],
    ]);
    expect(order.counts).toMatchObject({
      ...{ issued: 3, arrived: 5, applied: 5, held: 0 },
      ...{ outOfOrder: 1, fifoViolations: 1, causalViolations: 2 },
    });
    expect(asked).toEqual([1, 2, 0, 0, 0]);
    expect(order.left()).toBe(0);
  });

  it('measures the hold-back queue', () => {
    const { order } = play([
      [0, 'issue', 0, 0],
      [0, 'issue', 0, 1],
      [0, 'issue', 0, 2],
      [10, 'arrive', 1, 1],
      [14, 'arrive', 1, 2],
      [20, 'arrive', 1, 0],
      [20, 'apply', 1, 0],
      [20, 'apply', 1, 1],
      [20, 'apply', 1, 2],
      [25, 'arrive', 2, 1],
    ]);
    const { counts } = order;
    expect(counts).toMatchObject({
      outOfOrder: 3,
      fifoViolations: 0,
      causalViolations: 0,
      held: 2,
    });
    expect(counts).toMatchObject({ maxHold: 10 * ms, hold: 16 * ms, maxQueue: 2 });
    expect(order.meanHoldMs()).toBeCloseTo(16 / 3, 12);
    expect(order.left()).toBe(1);
    expect(order.meanQueue(30 * ms)).toBeCloseTo((16 + 5) / 30 / 3, 12);
  });

  it('counts in the longest queue what came last and waits for ever', () => {
    const { order } = play([
      [0, 'issue', 0, 0],
      [0, 'issue', 0, 1],
      [0, 'issue', 0, 2],
      [10, 'arrive', 1, 1],
      [14, 'arrive', 1, 2],
    ]);
    expect(order.left()).toBe(2);
    expect(order.counts.maxQueue).toBe(2);
  });

  it('counts nothing in the queue that is applied at once', () => {
    const { order } = play([
      [0, 'issue', 0, 0],
      [10, 'arrive', 1, 0],
      [10, 'apply', 1, 0],
    ]);
    expect(order.counts.maxQueue).toBe(0);
  });
});
