/** The whole engine at work: an epidemic by push, watched by the observer that most experiments use. */
import { simulate } from '../src/engine/simulate.ts';
import { coverage } from '../src/metrics/coverage.ts';
import { uniform } from '../src/network/latency.ts';
import { complete } from '../src/network/overlay.ts';
import { push } from '../src/protocols/broadcast/push.ts';
import type { Suite, Task } from './suite.ts';

const PERIOD_MS = 1000;
const ROUNDS = 10;
const SHARE = 16; // one node in so many has the rumour at the start: the mix of events is the same at every size

const PHASES = ['synchronised', 'random'] as const;
type Phase = (typeof PHASES)[number];

export const broadcast: Suite = {
  name: 'broadcast',
  goal: `events of ${ROUNDS} rounds of push, fanout 1, latency 1 to 200 ms, coverage observed.`,
  nonGoals: 'other overlays and links; several runs at once.',
  unit: 'event',
  tasks(size) {
    const populations = size === 'full' ? [1e3, 1e4, 1e5, 1e6] : [1e2, 1e3];
    return PHASES.flatMap((phase) => populations.map((n) => task(n, phase)));
  },
};

function task(n: number, phase: Phase): Task {
  const workload = Array.from({ length: Math.ceil(n / SHARE) }, (_, i) => ({
    atMs: 0,
    node: i * SHARE,
    input: 0,
  }));
  return {
    name: `${phase} phases, ${n.toLocaleString('en')} nodes`,
    prepare() {
      const rounds = { periodMs: PERIOD_MS, phase };
      const observer = coverage({ n, rounds });
      const scenario = {
        seed: 'broadcast',
        n,
        rounds,
        workload,
        protocol: push(),
        link: uniform({ minMs: 1, maxMs: 200 }),
        overlay: complete,
        horizonMs: PERIOD_MS * (ROUNDS + 0.5),
        observers: [observer],
      };
      return () => {
        const { events, hash } = simulate(scenario);
        return { units: events, hash: `${hash} ${observer.heard()}` };
      };
    },
  };
}
