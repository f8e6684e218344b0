import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { type Agenda, CoreAgenda, LATE, QUIET } from '../../src/engine/agenda.ts';
import { Core } from '../../src/engine/core/core.ts';
import { EventHash } from '../../src/engine/hash.ts';
import { HeapAgenda } from '../../src/engine/heap-agenda.ts';

const MOST_NODES = 2 ** 27;
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const event = fc.record({
  time: fc.oneof(fc.nat(9), fc.maxSafeNat()),
  kind: fc.nat(15),
  node: fc.oneof(fc.nat(MOST_NODES - 1), fc.constant(MOST_NODES - 1)),
  from: word,
  word,
});

const AGENDAS: Readonly<Record<string, () => Agenda>> = {
  core: () => new CoreAgenda(new Core(), 1),
  heap: () => new HeapAgenda(),
  'heap, by chance': () => new HeapAgenda(new Stream('seed', 'ties', 1)),
};

describe.each(Object.keys(AGENDAS))('the agenda: %s', (ties) => {
  it('gives back every event as it was scheduled, and says when it will', () => {
    const property = fc.property(fc.array(event, { maxLength: 200 }), (events) => {
      const agenda = AGENDAS[ties]();
      for (const { time, kind, node, from, word } of events) {
        agenda.schedule(time, kind, node, from, word);
      }
      const given = [];
      for (;;) {
        const coming = agenda.coming();
        const kind = agenda.next(Infinity);
        if (kind < 0) break;
        const { time, node, from, word } = agenda;
        expect(time).toBe(coming);
        given.push({ time, kind, node, from, word });
      }
      expect(agenda.coming()).toBe(Infinity);
      const inOrder = [...events].sort((a, b) => a.time - b.time); // stable
      if (ties !== 'heap, by chance') expect(given).toEqual(inOrder);
      else expect(given.map(text).sort()).toEqual(inOrder.map(text).sort());
    });
    fc.assert(property, { seed: 31, numRuns: 200 });
  });

  it('keeps what is later than the horizon, and says so', () => {
    const agenda = AGENDAS[ties]();
    expect(agenda.next(Infinity)).toBe(QUIET);
    agenda.schedule(10, 3, 0, 0, 7);
    expect(agenda.next(9)).toBe(LATE);
    expect(agenda.time).toBe(0);
    expect(agenda.next(10)).toBe(3);
    expect(agenda).toMatchObject({ time: 10, node: 0, word: 7 });
    expect(agenda.next(10)).toBe(QUIET);
  });

  it('refuses what is past, or not a time, and is none the worse', () => {
    const agenda = AGENDAS[ties]();
    agenda.schedule(10, 3, 0, 0, 0);
    agenda.next(Infinity);
    for (const time of [9, 10.5, NaN, Infinity, 2 ** 53, -1]) {
      expect(() => agenda.schedule(time, 2, 0, 0, 0)).toThrow(
        `BUG: event of kind 2 scheduled at ${time}, now is 10`,
      );
    }
    expect(agenda.next(Infinity)).toBe(QUIET);
  });

  it('hashes what happens in order, and what is no event beside it', () => {
    const property = fc.property(fc.array(event, { minLength: 1, maxLength: 20 }), (events) => {
      const agenda = AGENDAS[ties]();
      const hash = new EventHash();
      for (const { time, kind, node, from, word } of events) {
        agenda.schedule(time, kind, node, from, word);
      }
      for (let kind = agenda.next(Infinity); kind >= 0; kind = agenda.next(Infinity)) {
        const { time, node, from, word } = agenda;
        hash.add(time, kind, node, word ^ Math.imul(from, 0x9e3779b1));
        agenda.occurred(7, node, from);
        hash.add(time, 7, node, from);
      }
      expect(agenda.hash.map((word) => word | 0)).toEqual(hash.words.map((word) => word | 0));
    });
    fc.assert(property, { seed: 32, numRuns: 200 });
  });
});

const text = (value: object): string => JSON.stringify(value);
