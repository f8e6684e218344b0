import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { Agenda } from '../../src/engine/agenda.ts';
import { EventQueue } from '../../src/engine/queue.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { scenarioOf, swarm } from './support.ts';

const MOST_NODES = 2 ** 27;
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const event = fc.record({
  time: fc.oneof(fc.nat(9), fc.maxSafeNat()),
  kind: fc.nat(15),
  node: fc.oneof(fc.nat(MOST_NODES - 1), fc.constant(MOST_NODES - 1)),
  from: word,
  word,
});

describe('the agenda', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(['fifo', 'random'])('gives back every event as it was scheduled: %s', (ties) => {
    const property = fc.property(fc.array(event, { maxLength: 200 }), (events) => {
      const agenda = new Agenda(ties === 'random' ? new Stream('seed', 'ties', 1) : undefined);
      for (const { time, kind, node, from, word } of events) {
        agenda.schedule(time, kind, node, from, word);
      }
      const given = [];
      while (agenda.next()) {
        const { time, kind, node, from, word } = agenda;
        given.push({ time, kind, node, from, word });
      }
      const inOrder = [...events].sort((a, b) => a.time - b.time); // stable
      if (ties === 'fifo') expect(given).toEqual(inOrder);
      else expect(given.map(text).sort()).toEqual(inOrder.map(text).sort());
    });
    fc.assert(property, { seed: 31, numRuns: 200 });
  });

  it('is asked for every event that the loop handles, stale ones too, and for one that it does not', () => {
    const push = vi.spyOn(EventQueue.prototype, 'push');
    const pop = vi.spyOn(EventQueue.prototype, 'pop');
    const { events, endedBy } = simulate(scenarioOf(swarm));
    const taken = endedBy === 'quiet' ? 0 : 1;
    expect(pop).toHaveBeenCalledTimes(events + taken);
    const queue = push.mock.contexts[0] as EventQueue;
    expect(push).toHaveBeenCalledTimes(events + taken + queue.size);
  });
});

const text = (value: object): string => JSON.stringify(value);
