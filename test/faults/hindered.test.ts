/** Pauses and slow nodes against what they must do by definition, computed from a run without them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { type Micros, micros } from '../../src/base/time.ts';
import type { Fault, NodeId, Observer, ProtocolFactory, Scenario } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { between, everyone, fixed } from '../engine/support.ts';

/** Node 0 sends to all, every 7 ms and three at a time; the others set timers and listen: nothing feeds back. */
const lecture: ProtocolFactory<number> = (env) => ({
  onStart(node) {
    for (let k = 1; k < 30; k++) env.at(node, micros(k * (node === 0 ? 7 : 9)), k);
  },
  onTimer(node, tag) {
    if (node !== 0) return;
    for (let to = 1; to < env.n; to++) for (let i = 0; i < 3; i++) env.send(0, to, 3 * tag + i);
  },
  onMessage() {},
  onInput() {},
});

const scenarioOf = (seed: string, faults: readonly Fault[]): Scenario<number> => ({
  seed,
  n: 3,
  protocol: lecture,
  link: between(0, 20),
  overlay: everyone,
  workload: [10, 50, 50, 120].map((atMs, input) => ({ atMs, node: 1, input })),
  faults,
  horizonMs: 1e6,
});

/** What happens at node 1, in order: [time, what]. */
function heard(scenario: Scenario<number>): [Micros, string][] {
  const seen: [Micros, string][] = [];
  const note = (what: string) => (now: Micros, node: NodeId, a: number, b?: unknown) =>
    node === 1 ? void seen.push([now, `${what} ${a} ${b}`]) : undefined;
  const observer: Observer<number> = {
    onTimer: note('timer'),
    onInput: note('input'),
    onMessage: note('message'),
  };
  simulate({ ...scenario, observers: [observer], checked: true });
  return seen;
}

const spans = fc.array(
  fc.record({ fromMs: fc.integer({ min: 1, max: 250 }), lastsMs: fc.integer({ min: 1, max: 60 }) }),
  { maxLength: 6 },
);

describe('a pause', () => {
  it('moves what is due within it to its end, and changes neither anything else nor the order', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), spans, (seed, pauses) => {
        const faults = pauses.map(
          ({ fromMs, lastsMs }): Fault => ({
            ...{ atMs: fromMs, node: 1, kind: 'pause' },
            untilMs: fromMs + lastsMs,
          }),
        );
        const ends = pauses
          .map(({ fromMs, lastsMs }) => [micros(fromMs), micros(fromMs + lastsMs)])
          .sort((a, b) => a[0] - b[0]);
        const happens = (due: Micros) => {
          let time = due;
          for (const [from, until] of ends) if (from <= time && time < until) time = until;
          return time;
        };
        const free = heard(scenarioOf(seed, []));
        const held = heard(scenarioOf(seed, faults));
        expect(held).toEqual(free.map(([due, what]) => [happens(due), what]));
      }),
      { seed: 32, numRuns: 200 },
    ));
});

describe('a slow node', () => {
  const messagesOf = (list: [Micros, string][]) => list.filter(([, what]) => what.startsWith('m'));

  it('serves first come, first served, and is never idle while something waits (Lindley 1952)', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom(1, 3, 10), (seed, meanMs) => {
        const law = (u: number) => 2 * meanMs * u;
        const draws = new Stream(seed, 'service', 3);
        let end = 0;
        const expected = messagesOf(heard(scenarioOf(seed, []))).map(([arrival, what]) => {
          end = Math.max(arrival, end) + micros(law(draws.draw(1)));
          return [end, what];
        });
        const slow: Fault = { atMs: 0, node: 1, kind: 'slow', serviceMs: law };
        expect(messagesOf(heard(scenarioOf(seed, [slow])))).toEqual(expected);
      }),
      { seed: 33, numRuns: 100 },
    ));

  it('lets its timers and inputs pass, unless they share the server', () => {
    const free = heard(scenarioOf('s', []));
    const others = (list: [Micros, string][]) => list.filter(([, what]) => !what.startsWith('m'));
    const slow = { atMs: 0, node: 1, kind: 'slow', serviceMs: 2 } as const;
    expect(others(heard(scenarioOf('s', [slow])))).toEqual(others(free));
    let end = 0;
    const shared = heard(scenarioOf('s', [{ ...slow, timers: 'shared' }]));
    expect(shared).toEqual(
      free.map(([due, what]) => [(end = Math.max(due, end) + micros(2)), what]),
    );
  });

  it('wastes no service on timers of an earlier life, where they share the server', () => {
    const fired: Micros[] = [];
    const protocol: ProtocolFactory<number> = (env) => ({
      onStart: (node) => env.at(node, env.now() + micros(50), 0),
      onTimer: (node) => void (node === 1 && fired.push(env.now())),
    });
    const faults: Fault[] = [
      { atMs: 0, node: 1, kind: 'slow', serviceMs: 40, timers: 'shared' },
      { atMs: 10, node: 1, kind: 'crash' },
      { atMs: 20, node: 1, kind: 'restart' },
    ];
    simulate({ ...scenarioOf('s', faults), protocol, workload: [] });
    expect(fired).toEqual([micros(20 + 50 + 40)]);
  });

  it('counts the wait of what arrived in a pause from its arrival', () => {
    const waits: Micros[] = [];
    const protocol: ProtocolFactory<number> = (env) => ({
      onStart: (node) => (node === 0 ? env.send(0, 1, 1) : undefined),
    });
    const faults: Fault[] = [
      { atMs: 0, node: 1, kind: 'slow', serviceMs: 5 },
      { atMs: 10, node: 1, kind: 'pause', untilMs: 50 },
    ];
    const observers: Observer<number>[] = [
      { onWaited: (_now, _node, _waiting, waited) => void waits.push(waited) },
    ];
    const rest = { protocol, workload: [], link: fixed(20), observers };
    simulate({ ...scenarioOf('s', faults), ...rest });
    expect(waits).toEqual([micros(50 - 20 + 5)]);
  });

  it('has an inbox that the protocol of the node can see', () => {
    const seen: number[] = [];
    const protocol: ProtocolFactory<number> = (env) => ({
      onStart: (node) =>
        node === 0 ? [1, 2, 3].forEach((i) => void env.send(0, 1, i)) : undefined,
      onMessage: (node) => void seen.push(env.waiting(node)),
    });
    const faults: Fault[] = [{ atMs: 0, node: 1, kind: 'slow', serviceMs: 5 }];
    simulate({ ...scenarioOf('s', faults), protocol, workload: [], link: fixed(1) });
    expect(seen).toEqual([2, 1, 0]);
  });
});
