import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Events } from '../../src/engine/events.ts';

describe('events', () => {
  it('keep what was put in, in any order of adding and removing', () => {
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const add = fc.record({ kind: fc.nat(6), node: fc.nat(1000), from: word, word });
    // null: remove the one that was added first among those that are left.
    const commands = fc.array(fc.option(add, { freq: 2 }), { maxLength: 60 });
    fc.assert(
      fc.property(commands, (list) => {
        const events = new Events(2);
        const model = new Map<number, { kind: number; node: number; from: number; word: number }>();
        for (const command of list) {
          if (command === null) {
            const [first] = model.keys();
            if (first === undefined) continue;
            events.remove(first);
            model.delete(first);
          } else {
            const { kind, node, from, word } = command;
            const slot = events.add(kind, node, from, word);
            expect(model.has(slot)).toBe(false);
            model.set(slot, command);
          }
        }
        for (const [slot, { kind, node, from, word }] of model) {
          const kept = [events.kind[slot], events.node[slot], events.from[slot], events.word[slot]];
          expect(kept).toEqual([kind, node, from, word]);
        }
      }),
      { seed: 23, numRuns: 300 },
    );
  });

  it('use a slot again before they grow', () => {
    const events = new Events(4);
    for (let i = 0; i < 1000; i++) events.remove(events.add(0, i, 0, 0));
    expect(events.kind).toHaveLength(4);
  });
});
