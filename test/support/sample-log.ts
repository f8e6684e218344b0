/**
 * The log in experiments/data/heartbeats.csv, from a seed: two monitors hear two servers for 12.5 minutes, a heartbeat a
 * second, over a network that loses 2.3 % of them, some in bursts, and delays the others by 20 ms and more. After five
 * minutes the database stands still for 4.2 s, then sends what is overdue; a minute before the end it crashes.
 */
import { crash, faults, pauses } from '../../src/faults/index.ts';
import {
  complete,
  gilbertElliott,
  lognormal,
  type ProtocolFactory,
  simulate,
} from '../../src/index.ts';

const MONITORS = ['monitor-1', 'monitor-2'];
const NAMES = [...MONITORS, 'web', 'database']; // [node]
const DATABASE = 3;
const START = Date.UTC(2024, 4, 13, 8);

export function sampleLog(): string {
  const lines = ['time,observer,subject,sequence'];
  const heartbeats: ProtocolFactory<number> = (env) => {
    const sent = new Float64Array(env.n); // [node]
    return {
      onRound(node) {
        if (node < MONITORS.length) return;
        sent[node]++;
        MONITORS.forEach((_, monitor) => void env.send(node, monitor, sent[node]));
      },
      onMessage(node, from, sequence) {
        const time = new Date(START + Math.round(env.now() / 1000)).toISOString();
        lines.push([time, NAMES[node], NAMES[from], sequence].join());
      },
    };
  };
  simulate({
    seed: 'sample log',
    n: NAMES.length,
    protocol: heartbeats,
    overlay: complete,
    link: gilbertElliott(
      { goodToBad: 0.005, badToGood: 0.4, lossGood: 0.012, lossBad: 0.9 },
      lognormal({ medianMs: 20, sigma: 1 }),
    ),
    rounds: { periodMs: 1000, phase: 'random', missed: 'burst' },
    faults: faults(
      pauses({ nodes: [DATABASE], atMs: [300_000], lasts: 4200 }),
      crash({ nodes: [DATABASE], atMs: 690_000 }),
    ),
    horizonMs: 750_000,
  });
  return `${lines.join('\n')}\n`;
}
