/** What holds in any scenario; random ones from `mixes`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Micros, micros } from '../../src/base/time.ts';
import { LOST, type NodeId, type Observer } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { type Mix, mixes, scenarioOf, traced } from './support.ts';

const holds = (property: (mix: Mix) => void, numRuns = 200) =>
  fc.assert(fc.property(mixes, property), { seed: 20, numRuns });

/** Calls `seen` at every hook, with the node that acts (the sender of a message sent). */
const everyHook = (seen: (now: Micros, node: NodeId, hook: keyof Observer) => void): Observer => ({
  onInput: (now, node) => seen(now, node, 'onInput'),
  onRound: (now, node) => seen(now, node, 'onRound'),
  onTimer: (now, node) => seen(now, node, 'onTimer'),
  onSend: (now, from) => seen(now, from, 'onSend'),
  onMessage: (now, node) => seen(now, node, 'onMessage'),
  onDead: (now, node) => seen(now, node, 'onDead'),
  onFact: (now, _fact, node) => seen(now, node, 'onFact'),
  onFault: (now, node) => seen(now, node, 'onFault'),
});

describe('in any scenario', () => {
  it('time never goes back, and never passes the horizon', () =>
    holds((mix) => {
      let last = 0;
      let back = 0;
      const clock = everyHook((now) => {
        if (now < last) back++;
        last = now;
      });
      const { end } = simulate({ ...scenarioOf(mix), observers: [clock] });
      expect(back).toBe(0);
      expect(end).toBeGreaterThanOrEqual(last);
      expect(end).toBeLessThanOrEqual(micros(mix.horizonMs));
    }));

  it('copies sent = delivered + lost + dead + in flight, counted in the queue', () =>
    holds((mix) => {
      const seen = { sent: 0, lost: 0, delivered: 0, dead: 0 };
      const counter: Observer = {
        onSend(_now, _from, _to, _message, _bytes, delay) {
          seen.sent++;
          if (delay === LOST) seen.lost++;
        },
        onMessage: () => seen.delivered++,
        onDead: () => seen.dead++,
      };
      const { traffic } = simulate({ ...scenarioOf(mix), observers: [counter], checked: true });
      expect(traffic).toMatchObject(seen);
      expect(traffic.inFlight).toBe(seen.sent - seen.lost - seen.delivered - seen.dead);
    }));

  it('nobody receives before the smallest delay has passed, nor what was not sent', () =>
    holds((mix) => {
      const due: string[] = [];
      const arrivals: string[] = [];
      const post: Observer = {
        onSend(now, from, to, message, _bytes, delay) {
          if (delay === LOST) return;
          expect(delay).toBeGreaterThanOrEqual(micros(mix.minMs));
          due.push(`${now + delay} ${from} ${to} ${JSON.stringify(message)}`);
        },
        onMessage: (now, node, from, m) =>
          arrivals.push(`${now} ${from} ${node} ${JSON.stringify(m)}`),
        onDead: (now, node, from, m) =>
          arrivals.push(`${now} ${from} ${node} ${JSON.stringify(m)}`),
      };
      const { traffic } = simulate({ ...scenarioOf(mix), observers: [post] });
      for (const arrival of arrivals) {
        const at = due.indexOf(arrival);
        expect(at).toBeGreaterThanOrEqual(0);
        due.splice(at, 1);
      }
      expect(due.length).toBe(traffic.inFlight);
    }));

  it('a crashed node is silent until it restarts', () =>
    holds((mix) => {
      const down = new Set<NodeId>();
      let spoke = 0;
      const watch: Observer = {
        ...everyHook((_now, node, hook) => {
          if (down.has(node) !== (hook === 'onDead')) spoke++;
        }),
        onFault(_now, node, kind) {
          if (kind === 'crash') down.add(node);
          else down.delete(node);
        },
      };
      simulate({ ...scenarioOf(mix), observers: [watch] });
      expect(spoke).toBe(0);
    }));

  it('a node is never up twice: between two rounds of a node lies one period, or a restart', () =>
    holds((mix) => {
      const last = new Map<NodeId, Micros>();
      const rounds: Observer = {
        onRound(now, node) {
          if (last.has(node)) expect(now - last.get(node)!).toBe(micros(mix.periodMs));
          last.set(node, now);
        },
        onFault: (_now, node) => void last.delete(node),
      };
      simulate({ ...scenarioOf(mix), observers: [rounds] });
    }));

  it('a longer horizon changes nothing of what happened before', () =>
    holds((mix) => {
      const short = traced(scenarioOf(mix)).lines;
      const long = traced(scenarioOf({ ...mix, horizonMs: 2 * mix.horizonMs })).lines;
      expect(long.slice(0, short.length)).toEqual(short);
    }));

  it('a stop rule cuts the run short and changes nothing before', () =>
    holds((mix) => {
      const free = traced(scenarioOf(mix));
      const stopped = traced({ ...scenarioOf(mix), stop: (count) => count[1] >= 2 });
      expect(free.lines.slice(0, stopped.lines.length)).toEqual(stopped.lines);
      if (stopped.outcome.endedBy === 'stop') {
        // The instant is complete: the next line of the free run, if any, is later.
        const next = free.lines[stopped.lines.length]?.slice(0, 12);
        expect(next).not.toBe(stopped.lines.at(-1)?.slice(0, 12));
      }
    }));
});
