/** What a message carries, against the rules of the paper, for random states. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  preciseUpdates,
  scuttlebuttUpdates,
  type Updates,
} from '../../../src/protocols/scuttlebutt/orders.ts';
import { State } from '../../../src/protocols/scuttlebutt/state.ts';

const N = 4;
const KEYS = 3;

/** Node 0 knows all that others wrote, of which node 1 knows a first part. */
function stateOf(writes: readonly (readonly [owner: number, key: number])[], known: number): State {
  const state = new State(N, KEYS);
  writes.forEach(([owner, key], i) => {
    state.update(owner, key, i + 1);
    const version = state.max[owner * N + owner];
    state.take(0, owner, version);
    if (i < known) state.take(1, owner, version);
  });
  return state;
}

const writes = fc.array(fc.tuple(fc.constantFrom(2, 3), fc.nat(KEYS - 1)), { maxLength: 30 });
const pairs = (updates: Updates) =>
  Array.from({ length: updates.length / 2 }, (_, i) => [updates[2 * i], updates[2 * i + 1]]);
const digestOf = (state: State, node: number) => state.max.slice(node * N, (node + 1) * N);

describe.each(['depth', 'breadth'] as const)('%s', (order) => {
  it('leaves out an update only with all higher ones of its participant, and sends nothing known', () => {
    fc.assert(
      fc.property(writes, fc.nat(30), fc.integer({ min: 1, max: 9 }), (all, known, mtu) => {
        const state = stateOf(all, known);
        const digest = digestOf(state, 1);
        const choice = scuttlebuttUpdates(state, 0, digest, order, mtu, () => 0.5);
        const everything = scuttlebuttUpdates(state, 0, digest, order, Infinity, () => 0.5);
        expect(choice.available).toBe(pairs(everything.updates).length);
        expect(pairs(choice.updates)).toHaveLength(Math.min(mtu, choice.available));
        for (const owner of [2, 3]) {
          const of = (updates: Updates) => pairs(updates).filter(([of]) => of === owner);
          const sent = of(choice.updates);
          expect(sent).toEqual(of(everything.updates).slice(0, sent.length));
          for (const [, version] of sent) expect(version).toBeGreaterThan(digest[owner]);
        }
      }),
    );
  });

  it('makes two equal that exchange often enough', () => {
    fc.assert(
      fc.property(writes, fc.nat(30), fc.integer({ min: 1, max: 9 }), (all, known, mtu) => {
        const state = stateOf(all, known);
        for (let exchange = 0; exchange < 30; exchange++) {
          const digest = digestOf(state, 1);
          const { updates } = scuttlebuttUpdates(state, 0, digest, order, mtu, () => 0.5);
          for (const [owner, version] of pairs(updates)) state.take(1, owner, version);
        }
        expect(state.row(1)).toEqual(state.row(0));
      }),
    );
  });
});

describe('which go first', () => {
  // Owner 2 wrote three keys, owner 3 one, and then its second.
  const state = stateOf(
    [
      [2, 0],
      [2, 1],
      [3, 0],
      [2, 2],
      [3, 1],
    ],
    0,
  );
  const nothing = new Int32Array(N);
  const first = (order: 'depth' | 'breadth', mtu: number) =>
    pairs(scuttlebuttUpdates(state, 0, nothing, order, mtu, () => 0.5).updates);

  it('depth: those of whom most is missing, in order', () => {
    expect(first('depth', 4)).toEqual([
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 1],
    ]);
  });

  it('breadth: the first of each, then the second of each', () => {
    expect(first('breadth', 4)).toEqual([
      [2, 1],
      [3, 1],
      [2, 2],
      [3, 2],
    ]);
  });

  it('precise: by the time of the update', () => {
    const precise = (order: 'precise-newest' | 'precise-oldest') =>
      pairs(preciseUpdates(state, 0, new Int32Array(N * KEYS), order, 2).updates);
    expect(precise('precise-newest')).toEqual([
      [3, 2],
      [2, 3],
    ]);
    expect(precise('precise-oldest')).toEqual([
      [2, 1],
      [2, 2],
    ]);
  });

  it('is the same as long as everything fits', () => {
    const of = (order: 'depth' | 'breadth') => first(order, Infinity).map(String).sort();
    expect(of('depth')).toEqual(of('breadth'));
  });
});
