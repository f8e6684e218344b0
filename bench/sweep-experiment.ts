/** What the workers of the suite `sweep` run: push among a thousand, as small as runs of experiments get. */
import {
  complete,
  constant,
  coverage,
  experiment,
  PERIOD_MS,
  push,
  simulate,
  synchronous,
} from '../src/index.ts';

const ROUNDS = 20;

export default experiment<{ n: number }>({
  name: 'sweep',
  question: 'What do many small runs cost?',
  claim: 'Next to nothing beside their events.',
  source: 'a benchmark',
  seed: 'sweep',
  axes: { n: 'nodes' },
  grid: { n: [1000] },
  replicates: 1000,
  quick: { grid: { n: [100] }, replicates: 10 },
  fixed: { protocol: 'push', rounds: ROUNDS },
  measures: {
    events: 'events handled',
    heard: 'nodes that heard the rumour',
    end_ms: 'time of the last event, in ms',
  },
  events: ({ n }) => 2 * n * ROUNDS,
  bytes: ({ n }) => 200 * n,
  run({ n }, seed) {
    const spread = coverage({ n });
    const { events, end } = simulate({
      ...synchronous(n, ROUNDS, { link: constant({ ms: PERIOD_MS / 1000 }), overlay: complete }),
      seed,
      protocol: push(),
      observers: [spread],
    });
    return { events, heard: spread.heard(), end_ms: end / 1000 };
  },
  findings: () => [],
  figures: [],
});
