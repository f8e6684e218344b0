import { describe, expect, it } from 'vitest';
import { APPLIED, ISSUED, READ } from '../../src/engine/model.ts';
import { contents, registerFates } from '../../src/metrics/index.ts';

/** One register at two nodes, which hold what the test says; operations from 10 on are writes without a read. */
function play() {
  const held: number[][] = [[], []]; // [node]
  const options = {
    ...{ n: 2, keys: 1, writes: 20, keyOf: () => 0 },
    isUpdate: (operation: number) => operation < 10,
    values: (node: number) => held[node],
  };
  const fates = registerFates(options);
  const inside = contents(options);
  const tell = (fact: number, node: number, operation: number) => {
    fates.onFact?.(0, fact, node, operation);
    inside.onFact?.(0, fact, node, operation);
  };
  return {
    ...{ fates, inside, held },
    read: (node: number, operation: number) => tell(READ, node, operation),
    /** It is applied at its node, which then holds `values`. */
    issue(node: number, write: number, values: number[]) {
      tell(ISSUED, node, write);
      held[node] = values;
      tell(APPLIED, node, write);
    },
    apply(node: number, write: number, values: number[]) {
      held[node] = values;
      tell(APPLIED, node, write);
    },
  };
}

describe('the fates of writes', () => {
  it('two updates of one read: one is lost to the other, which is concurrent', () => {
    const { fates, read, issue, apply } = play();
    read(0, 0);
    read(1, 1);
    issue(0, 0, [0]);
    issue(1, 1, [1]);
    apply(0, 1, [1]);
    apply(1, 0, [1]);
    expect(fates.losses()).toEqual({ lost: 1, unordered: 0 });
    expect(fates.divergent()).toBe(0);
  });

  it('what was read and built upon is not lost', () => {
    const { fates, inside, read, issue, apply } = play();
    read(0, 0);
    issue(0, 0, [0]);
    apply(1, 0, [0]);
    read(1, 1);
    issue(1, 1, [1]);
    expect(inside.isIn(0, [1])).toBe(true);
    expect(fates.losses()).toEqual({ lost: 0, unordered: 0 });
    expect(fates.divergent()).toBe(1); // node 0 has yet to hear of 1
  });

  it('an update that loses to what it has read is shadowed, and its loss has no excuse', () => {
    const { fates, read, issue, apply } = play();
    read(0, 0);
    issue(0, 0, [0]);
    apply(1, 0, [0]);
    read(1, 1);
    issue(1, 1, [0]);
    apply(0, 1, [0]);
    expect(fates.counts).toMatchObject({ overwrites: 1, shadowed: 1 });
    expect(fates.losses()).toEqual({ lost: 1, unordered: 1 });
  });

  it('what comes while a client thinks is concurrent with what it writes', () => {
    const { fates, read, issue, apply } = play();
    read(0, 0);
    read(1, 1);
    issue(1, 1, [1]);
    apply(0, 1, [1]);
    issue(0, 0, [0]); // later, and the client had not seen 1
    apply(1, 0, [0]);
    expect(fates.losses()).toEqual({ lost: 1, unordered: 0 });
  });

  it('a write without a read overwrites what its node has, knowingly', () => {
    const { fates, inside, issue, apply } = play();
    issue(0, 10, [10]);
    apply(1, 10, [10]);
    issue(1, 11, [11]);
    apply(0, 11, [11]);
    expect(inside.isIn(10, [11])).toBe(true);
    expect(fates.losses()).toEqual({ lost: 0, unordered: 0 });
  });

  it('reads count what is stale and what has siblings', () => {
    const { fates, read, issue, apply, held } = play();
    read(0, 0);
    issue(0, 0, [0]);
    read(1, 2); // 0 has not come
    issue(1, 1, [1]);
    apply(1, 0, [1, 0]);
    read(1, 3);
    expect(held[1]).toEqual([1, 0]);
    expect(fates.counts).toMatchObject({ reads: 3, stale: 1, siblings: 1, mostValues: 2 });
  });
});
