/** What holds whatever befalls the nodes; random scenarios with faults of every kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Micros, micros } from '../../src/base/time.ts';
import type { Fault, NodeId, Observer, ProtocolFactory, Scenario } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { traced, type Words } from '../engine/support.ts';
import { faultyScenarios } from './support.ts';

type Any = Scenario<number | Words>;

const holds = (property: (scenario: Any) => void, numRuns = 300) =>
  fc.assert(fc.property(faultyScenarios, property), { seed: 31, numRuns });

/** Calls `seen` whenever a node acts: not when it waits, and not when a message finds it down. */
const acting = (seen: (now: Micros, node: NodeId) => void): Observer => ({
  onInput: seen,
  onRound: seen,
  onTimer: seen,
  onSend: seen,
  onMessage: seen,
  onFact: (now, _fact, node) => seen(now, node),
});

describe('whatever befalls the nodes', () => {
  it('a node that is paused, down or absent does nothing', () => {
    let silent = 0;
    holds((scenario) => {
      const away = new Map<NodeId, string>();
      let spoke = 0;
      const watch: Observer = {
        ...acting((_now, node) => {
          if (away.has(node)) spoke++;
        }),
        onFault(_now, node, kind) {
          if (kind === 'restart' || kind === 'resume') away.delete(node);
          else if (kind !== 'slow' && kind !== 'clock') away.set(node, kind);
        },
      };
      simulate({ ...scenario, observers: [watch] });
      expect(spoke).toBe(0);
      silent += away.size;
    });
    expect(silent).toBeGreaterThan(50); // the property has met nodes that are away
  });

  it('time never goes back, and a pause ends at the latest end of those that overlap it', () =>
    holds((scenario) => {
      let last = 0;
      let back = 0;
      const paused = new Map<NodeId, Micros>();
      const clock = acting((now) => {
        if (now < last) back++;
        last = now;
      });
      const list = scenario.faults as readonly Fault[];
      const onFault: Observer['onFault'] = (now, node, kind) => {
        if (kind === 'pause') paused.set(node, now);
        if (kind === 'crash') paused.delete(node);
        if (kind !== 'resume') return;
        let end = paused.get(node)!;
        const own = list.filter((fault) => fault.node === node && fault.kind === 'pause');
        for (const pause of own.toSorted((a, b) => a.atMs - b.atMs)) {
          if (pause.kind !== 'pause' || micros(pause.atMs) < paused.get(node)!) continue;
          if (micros(pause.atMs) <= end) end = Math.max(end, micros(pause.untilMs));
        }
        // At random ties a pause that begins as another ends may come after its end.
        if (scenario.ties === 'fifo') expect(now).toBe(end);
      };
      simulate({ ...scenario, observers: [{ ...clock, onFault }] });
      expect(back).toBe(0);
    }));

  it('copies balance, those that wait at a node being in flight', () => {
    let waited = 0;
    holds((scenario) => {
      const seen = { sent: 0, delivered: 0, dead: 0 };
      const inbox = new Map<NodeId, Micros[]>(); // when those that wait arrived
      const counter: Observer = {
        onSend: () => void seen.sent++,
        onMessage: () => void seen.delivered++,
        onDead: () => void seen.dead++,
        onWait(now, node, waiting) {
          inbox.set(node, [...(inbox.get(node) ?? []), now]);
          expect(waiting).toBe(inbox.get(node)!.length);
        },
        onWaited(now, node, waiting, time) {
          expect(time).toBe(now - inbox.get(node)!.shift()!); // first come, first served
          expect(waiting).toBe(inbox.get(node)!.length);
          waited++;
        },
        onFault: (_now, node, kind) => void (kind === 'crash' && inbox.delete(node)),
      };
      const { traffic } = simulate({ ...scenario, observers: [counter], checked: true });
      expect(traffic).toMatchObject(seen);
    });
    expect(waited).toBeGreaterThan(200);
  });

  it('no timer and no round of an earlier life comes', () => {
    let fired = 0;
    const mortal: ProtocolFactory<number | Words> = (env) => {
      const life = new Int32Array(env.n); // [node] 0 before the first
      return {
        onStart(node) {
          life[node]++;
          env.at(node, env.now() + micros(15), life[node]);
          env.at(node, env.now() + micros(120), life[node]);
        },
        onTimer(node, tag) {
          expect(tag).toBe(life[node]);
          fired++;
          env.at(node, env.now() + micros(40), tag);
        },
        onRound: (node) => expect(life[node]).toBeGreaterThan(0),
      };
    };
    holds((scenario) => void simulate({ ...scenario, protocol: mortal }));
    expect(fired).toBeGreaterThan(1000);
  });

  it('a node holds one round at a time: two of one life are a period apart, or it was hindered', () =>
    holds((scenario) => {
      const period = micros(scenario.rounds!.periodMs);
      const faults = scenario.faults as readonly Fault[];
      const hindered = new Set(
        faults.filter(({ kind }) => kind === 'pause' || kind === 'slow').map(({ node }) => node),
      );
      const last = new Map<NodeId, Micros>();
      const rounds: Observer = {
        onRound(now, node) {
          if (hindered.has(node)) return;
          if (last.has(node)) expect(now - last.get(node)!).toBe(period);
          last.set(node, now);
        },
        onFault: (_now, node) => void last.delete(node),
      };
      simulate({ ...scenario, observers: [rounds] });
    }));

  it('with rounds missed skipped, every round is on the beat, or the one held at resume', () =>
    holds((scenario) => {
      if (scenario.rounds!.phase !== 'synchronised' || scenario.rounds!.missed !== 'skip') return;
      const period = micros(scenario.rounds!.periodMs);
      const slow = new Set(
        (scenario.faults as readonly Fault[])
          .filter(({ kind }) => kind === 'slow')
          .map(({ node }) => node),
      );
      const resumed = new Map<NodeId, Micros>();
      const seen = new Set<string>();
      const rounds: Observer = {
        onRound(now, node) {
          if (slow.has(node)) return;
          if (now % period !== 0) expect(now).toBe(resumed.get(node));
          expect(seen.has(`${node} ${now}`)).toBe(false); // never two at one instant
          seen.add(`${node} ${now}`);
        },
        onFault: (now, node, kind) => void (kind === 'resume' && resumed.set(node, now)),
      };
      simulate({ ...scenario, observers: [rounds] });
    }));

  it('the same scenario gives the same outcome, watched or not, checked or not', () =>
    holds((scenario) => {
      const alone = simulate(scenario);
      expect(simulate({ ...scenario, checked: true })).toEqual(alone);
      expect(traced(scenario).outcome).toEqual(alone);
    }));

  it('a longer horizon changes nothing of what happened before', () =>
    holds((scenario) => {
      const short = traced(scenario).lines;
      const long = traced({ ...scenario, horizonMs: 2 * scenario.horizonMs }).lines;
      expect(long.slice(0, short.length)).toEqual(short);
    }));
});
