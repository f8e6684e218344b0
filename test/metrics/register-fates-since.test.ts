/** Fates of writes that a test emits by hand. */
import { expect, test } from 'vitest';
import { micros } from '../../src/base/time.ts';
import { APPLIED, ISSUED, READ } from '../../src/engine/model.ts';
import { registerFates } from '../../src/metrics/register-fates.ts';

/** Two nodes, one register, updates; the register holds what `winner` says. */
function scene(sinceMs?: number) {
  const held: number[] = [];
  const fates = registerFates({
    ...{ n: 2, keys: 1, writes: 3, isUpdate: () => true, keyOf: () => 0, values: () => held },
    ...(sinceMs === undefined ? {} : { sinceMs }),
  });
  /** The node updates the register, and all nodes apply that at once; then the register holds the winner. */
  return {
    fates,
    update(ms: number, node: number, write: number, winner: number) {
      const now = micros(ms);
      fates.onFact?.(now, READ, node, write);
      fates.onFact?.(now, ISSUED, node, write);
      held[0] = winner;
      fates.onFact?.(now, APPLIED, node, write);
      fates.onFact?.(now, APPLIED, 1 - node, write);
    },
  };
}

test('an update that loses to what its client has read is shadowed, lost and unordered', () => {
  const { fates, update } = scene();
  update(1, 0, 0, 0);
  update(2, 1, 1, 0);
  update(3, 0, 2, 2);
  expect(fates.counts).toMatchObject({ reads: 3, overwrites: 2, shadowed: 1, stale: 0 });
  expect(fates.losses()).toEqual({ lost: 1, unordered: 1 });
});

test('what came before the time from which it counts is not counted', () => {
  const { fates, update } = scene(2.5);
  update(1, 0, 0, 0);
  update(2, 1, 1, 0);
  update(3, 0, 2, 0);
  expect(fates.counts).toMatchObject({ reads: 1, overwrites: 1, shadowed: 1 });
  expect(fates.losses()).toEqual({ lost: 1, unordered: 1 });
});
