/**
 * Whole rounds of heartbeat gossip with full tables: engine, links, protocol, merge and scan. All have heard of all
 * when the clock starts, since a round costs the same from then on; what the first rounds of a run cost beside, in
 * which each node hears of each for the first time, is a task of its own.
 */
import type { Micros } from '../src/base/time.ts';
import { detectorOf } from '../src/detectors/registry.ts';
import type { ProtocolFactory } from '../src/engine/model.ts';
import { simulate } from '../src/engine/simulate.ts';
import type { HeartbeatTable } from '../src/kernel/index.ts';
import { uniform } from '../src/network/latency.ts';
import { complete } from '../src/network/overlay.ts';
import { type Ground, groundOf, heartbeatOn } from '../src/protocols/heartbeat/heartbeat.ts';
import type { HeartbeatOptions } from '../src/protocols/heartbeat/options.ts';
import { digest, type Suite, type Task } from './suite.ts';

const PERIOD_MS = 1000;
const OPTIONS = { failMs: 60 * PERIOD_MS }; // longer than news takes to reach the last: nobody is suspected
/** Heartbeat received, heartbeat and news held: a lane of one byte each. */
const BYTES = 3;

export const heartbeat: Suite = {
  name: 'heartbeat',
  goal: 'rounds of heartbeat gossip per pair merged: fanout 1, latency 1 to 50 ms, period 1 s, full tables.',
  nonGoals:
    'crashes, other detectors, parts of lists; runs so long that lanes of one byte are too narrow.',
  unit: 'pair',
  tasks(size) {
    const [small, middle, large] = size === 'full' ? [100, 1_000, 10_000] : [10, 20, 40];
    const rounds = size === 'full' ? 20 : 3;
    return [
      task(small, 10 * rounds, 'push', rounded),
      task(middle, rounds, 'push', rounded),
      task(large, rounds / 2, 'push', rounded),
      task(middle, rounds, 'push-pull', rounded, { exchange: 'push-pull' }),
      task(middle, rounds, 'push, detector timeout', rounded, { detector: detectorOf('timeout') }),
      task(middle, rounds, 'push, from the start', started),
    ];
  },
};

type Play = (ground: Ground, options: HeartbeatOptions) => ProtocolFactory<number>;

/** All have heard of all: nobody starts any more. */
const rounded: Play = (ground, options) => {
  introduceAll(ground.table);
  return (env) => ({ ...heartbeatOn(ground, options)(env), onStart() {} });
};

/** Nodes start, and know the others by name only. */
const started: Play = heartbeatOn;

function task(n: number, rounds: number, name: string, play: Play, more = {}): Task {
  return {
    name: `${n.toLocaleString('en')} nodes, ${name}`,
    bytesPerUnit: BYTES,
    prepare() {
      const ground = groundOf(n);
      const scenario = {
        seed: 'heartbeat',
        n,
        protocol: play(ground, { ...OPTIONS, ...more }),
        link: uniform({ minMs: 1, maxMs: 50 }),
        overlay: complete,
        rounds: { periodMs: PERIOD_MS, phase: 'random' as const },
        horizonMs: PERIOD_MS * (rounds + 0.5),
      };
      return () => {
        const { traffic, hash } = simulate(scenario);
        return { units: traffic.delivered * n, hash: `${hash} ${sampleOf(ground.table)}` };
      };
    },
  };
}

/** Node 0 hears of all, and tells all. */
function introduceAll(table: HeartbeatTable): void {
  const now: Micros = 0;
  const pass = (from: number, to: number) => {
    const list = table.snapshot(from);
    table.merge(to, list, now);
    table.release(list);
  };
  for (let node = 0; node < table.n; node++) table.start(node, now);
  for (let node = 1; node < table.n; node++) pass(node, 0);
  for (let node = 1; node < table.n; node++) pass(0, node);
}

const SAMPLE = 1000; // pairs: reading all would take longer than the rounds

function sampleOf(table: HeartbeatTable): string {
  let sum = 0;
  for (let i = 0; i < SAMPLE; i++) {
    const [node, subject] = [i % table.n, (i * i) % table.n];
    sum += (i + 1) * table.heartbeat(node, subject) + table.news(node, subject);
  }
  return digest(sum);
}
