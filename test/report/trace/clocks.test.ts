/** Vector clocks are right if they order what is shown as the causes in the chronicle do, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chronicle, MISSED, NO_CAUSE } from '../../../src/metrics/chronicle/index.ts';
import { clocksOf } from '../../../src/report/trace/clocks.ts';
import type { TraceOptions } from '../../../src/report/trace/index.ts';
import { traceOf } from '../../../src/report/trace/model.ts';
import { chronicleFrom, SMALL, SWIM, textOf } from './runs.ts';

/** [i] the set of what happened before i: all earlier at its node, and its causes, with what happened before them. */
function pasts({ length, what, node, cause }: Chronicle): Set<number>[] {
  const last = new Map<number, number>();
  const past: Set<number>[] = [];
  for (let i = 0; i < length; i++) {
    const before = [last.get(node[i]), what[i] === MISSED ? undefined : cause[i]];
    const known = before.filter((k) => k !== undefined && k !== NO_CAUSE) as number[];
    past.push(new Set(known.flatMap((k) => [k, ...past[k]])));
    last.set(node[i], i);
  }
  return past;
}

const LOADS = 'nodes: 4\nduration: 2s\nprotocol: { name: load-balancing, load: 0.7 }\n';
const runs = [
  ...['a', 'b'].flatMap((seed) => [chronicleFrom(SMALL, seed), chronicleFrom(LOADS, seed)]),
  chronicleFrom(SWIM, 'a', ['duration=3s', 'faults.0.at=1s']),
].map((chronicle) => ({ chronicle, past: pasts(chronicle) }));

const options: fc.Arbitrary<TraceOptions> = fc.record(
  {
    fromMs: fc.integer({ min: 0, max: 1500 }),
    untilMs: fc.integer({ min: 1500, max: 4000 }),
    nodes: fc.uniqueArray(fc.nat(3), { minLength: 1 }).map((nodes) => new Set(nodes)),
    only: fc
      .subarray(['facts', 'messages', 'faults'] as const, { minLength: 1 })
      .map((of) => new Set(of)),
  },
  { requiredKeys: [] },
);

describe('clocks', () => {
  it('are ordered just as the causes are, whatever is shown', () => {
    fc.assert(
      fc.property(fc.constantFrom(...runs), options, ({ chronicle, past }, chosen) => {
        const { nodes, each } = clocksOf(traceOf(chronicle, chosen));
        const seen: (readonly [number, Int32Array])[] = [];
        for (const [i, clock] of each) {
          for (const [k, other] of seen) {
            // Of two happenings k is before i just if i's clock has counted k.
            const place = nodes.indexOf(chronicle.node[k]);
            if (clock[place] >= other[place] !== past[i].has(k)) return false;
            if (other.every((value, j) => value <= clock[j]) !== past[i].has(k)) return false;
          }
          seen.push([i, clock.slice()]);
        }
        return true;
      }),
      { numRuns: 40, seed: 9 },
    );
  });

  it('of too many nodes are refused', () => {
    const chronicle = chronicleFrom('nodes: 6000\nduration: 1s\nprotocol: push\n');
    expect(() => clocksOf(traceOf(chronicle))).toThrow(
      'shiviz: clocks of 6000 nodes that count 6000 of them are too large; choose a few nodes, or a short time',
    );
    expect(clocksOf(traceOf(chronicle, { nodes: new Set([0]) })).nodes[0]).toBe(0);
  });
});

describe('a log for ShiViz', () => {
  it.each([{}, { nodes: new Set([0, 1]) }, { only: new Set(['facts'] as const) }])(
    'is read by its default expression, and each node counts from 1 by ones: %o',
    async (chosen) => {
      const chronicle = chronicleFrom(SWIM);
      const log = await textOf(chronicle, 'shiviz', chosen);
      const events = [...log.matchAll(/(?<host>\S*) (?<clock>{.*})\n(?<event>.*)/g)];
      expect(events.length).toBe(traceOf(chronicle, chosen).shown.length);
      expect(events.map(([all]) => `${all}\n`).join('')).toBe(log);
      const own = new Map<string, number>();
      const named = new Set(events.map(({ groups }) => groups!.host));
      for (const { groups } of events) {
        const { host, clock } = groups!;
        const told = JSON.parse(clock) as Record<string, number>;
        expect(told[host]).toBe((own.get(host) ?? 0) + 1);
        own.set(host, told[host]);
        expect(Object.keys(told).filter((each) => !named.has(each))).toEqual([]);
      }
    },
  );
});
