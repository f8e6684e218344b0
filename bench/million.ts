/**
 * One run of a million nodes in a process of its own, for its memory: a push epidemic from one node until all have
 * heard. Prints events, hash, seconds, and the most memory that was resident. The goal is 1 GiB.
 */
import { simulate } from '../src/engine/simulate.ts';
import { covered } from '../src/engine/stop.ts';
import { coverage } from '../src/metrics/coverage.ts';
import { uniform } from '../src/network/latency.ts';
import { complete } from '../src/network/overlay.ts';
import { push } from '../src/protocols/broadcast/push.ts';

const n = 1_000_000;
const began = performance.now();
const { events, hash } = simulate({
  seed: 'million',
  n,
  protocol: push(),
  link: uniform({ minMs: 1, maxMs: 200 }),
  overlay: complete,
  rounds: { periodMs: 1000, phase: 'random' },
  workload: [{ atMs: 0, node: 0, input: 0 }],
  observers: [coverage({ n })],
  stop: covered,
  horizonMs: 100_000,
});
const seconds = (performance.now() - began) / 1000;
const peakMiB = process.resourceUsage().maxRSS / 1024; // given in KiB
console.log(JSON.stringify({ n, events, hash, seconds, peakMiB }));
