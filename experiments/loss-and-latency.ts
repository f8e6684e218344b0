/** What do loss and delay cost, when nodes gossip each at its own time? */
import {
  asynchronous,
  asynchronousGrowth,
  constant,
  coverage,
  covered,
  experiment,
  exponential,
  judge,
  type Link,
  lossy,
  PERIOD_MS,
  pareto,
  push,
  pushPull,
  simulate,
} from '../src/index.ts';

const N = 20000;
const FEW = 0.002; // of the nodes: the spread has found its rate
const MORE = 0.02; // and is not yet slowed by meeting those who know
const PARETO_SHAPE = 1.5; // infinite variance

interface Law {
  link(meanMs: number): Link;
  /** E[exp(-r D)] for D with this mean. */
  laplace(r: number, mean: number): number;
}

const LAWS: Record<string, Law> = {
  constant: { link: (ms) => constant({ ms }), laplace: (r, mean) => Math.exp(-r * mean) },
  exponential: {
    link: (meanMs) => exponential({ meanMs }),
    laplace: (r, mean) => 1 / (1 + r * mean),
  },
  Pareto: {
    link: (meanMs) => pareto({ shape: PARETO_SHAPE, minMs: meanMs * (1 - 1 / PARETO_SHAPE) }),
    laplace: (r, mean) => paretoLaplace(r, mean),
  },
};

/** By Simpson's rule over the quantile u: D = minimum / (1 - u)^(1/shape). */
function paretoLaplace(r: number, mean: number): number {
  const minimum = mean * (1 - 1 / PARETO_SHAPE);
  const at = (u: number) => (u >= 1 ? 0 : Math.exp((-r * minimum) / (1 - u) ** (1 / PARETO_SHAPE)));
  const steps = 2000;
  let sum = at(0) + at(1);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * at(i / steps);
  return sum / (3 * steps);
}

interface Cost extends Record<string, string | number> {
  protocol: string;
  law: string;
  mean_ms: number;
  loss: number;
}

const growthRate = ({ law, mean_ms, loss }: Cost) =>
  asynchronousGrowth((r) => LAWS[law].laplace(r, mean_ms / PERIOD_MS), 1 - loss);

const logit = (share: number) => Math.log(share / (1 - share));

export default experiment<Cost>({
  name: 'loss-and-latency',
  question: 'How much time do loss and latency cost, and does the shape of the latency matter?',
  claim:
    'Push spreads at the rate r per period that solves r = (1 - loss) E[exp(-r D)]: loss and mean latency slow it down, but the wider latencies of one mean are spread, the faster it is, since E[exp(-r D)] is least for a constant (Jensen).',
  source:
    'Malthusian parameter of the branching process (Crump, Mode 1968; Jagers 1975), derived in the remarks',
  seed: 'loss-and-latency',
  axes: {
    protocol: 'how nodes gossip, once a period of 1000 ms each, phases at random',
    law: 'distribution of the latency',
    mean_ms: 'mean latency',
    loss: 'probability that a message is lost',
  },
  grid: {
    protocol: ['push', 'push-pull'],
    law: Object.keys(LAWS),
    mean_ms: [10, 300, 1000],
    loss: [0, 0.2, 0.5],
  },
  replicates: 40,
  quick: { grid: { law: ['constant', 'Pareto'], mean_ms: [1000], loss: [0, 0.5] }, replicates: 12 },
  fixed: {
    n: N,
    fanout: 1,
    overlay: 'complete',
    rounds: 'random phases',
    paretoShape: PARETO_SHAPE,
  },
  measures: {
    converged: 'whether all nodes heard the rumour within the horizon',
    tenfold_ms: `time from ${FEW * 100} % to ${MORE * 100} % of the nodes`,
    t50_ms: 'time until half of the nodes knew',
    t99_ms: 'time until 99 % of the nodes knew',
    t100_ms: 'time until all nodes knew',
    sent_per_node_msgs: 'messages sent per node until all knew',
    lost_per_node_msgs: 'messages lost per node',
  },
  events: ({ protocol, loss }) => N * (protocol === 'push' ? 45 : 50) * (1 + loss),
  bytes: () => 400 * N,
  run({ protocol, law, mean_ms, loss }, seed) {
    const spread = coverage({ n: N });
    const { traffic } = simulate({
      ...asynchronous(N, 200 * PERIOD_MS, lossy(loss, LAWS[law].link(mean_ms))),
      seed,
      protocol: protocol === 'push' ? push() : pushPull(),
      stop: covered,
      observers: [spread],
    });
    const few = spread.timeTo(FEW);
    const more = spread.timeTo(MORE);
    return {
      converged: spread.residue() === 0,
      tenfold_ms: more === null || few === null ? null : more - few,
      t50_ms: spread.timeTo(0.5),
      t99_ms: spread.timeTo(0.99),
      t100_ms: spread.timeTo(1),
      sent_per_node_msgs: traffic.sent / N,
      lost_per_node_msgs: traffic.lost / N,
    };
  },
  findings: (summaries) =>
    summaries
      .filter(({ cell }) => cell.protocol === 'push')
      .map(({ cell, measures }) => {
        const expected = ((logit(MORE) - logit(FEW)) / growthRate(cell)) * PERIOD_MS;
        return judge({
          quantity: 'push: time to grow from 0.2 % to 2 % (ms)',
          at: `${cell.law} latency, mean ${cell.mean_ms} ms, loss ${cell.loss}`,
          statistic: measures.tenfold_ms,
          expected,
          tolerance: 0.03 * expected, // from 40 nodes on, chance and saturation still count for 1 to 2 %
          basis: 'theory',
          source: 'r = (1 - loss) E[exp(-r D)], logistic correction for saturation',
        });
      }),
  remarks: [
    'Derivation: a node that hears at time t sends at t + U, t + U + 1, ... periods, with U uniform since its phase has nothing to do with t. Each message makes a new informed node with probability 1 - loss after D. The expected discounted number of children, (1 - loss) E[exp(-r D)] E[exp(-r U)] / (1 - exp(-r)) = (1 - loss) E[exp(-r D)] / r, is 1 at the growth rate r.',
  ],
  figures: [
    {
      name: 'time',
      title: 'What loss costs: time until 99 % of 20,000 nodes know',
      caption:
        'Mean over the runs, push, period 1000 ms; the band is the 95 % confidence interval.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 't99_ms', title: 'time to 99 % (ms)' },
      color: { field: 'law', title: 'latency' },
      facet: { field: 'mean_ms', title: 'mean latency (ms)' },
      where: ({ protocol }) => protocol === 'push',
    },
    {
      name: 'growth',
      title: 'Push: time to grow tenfold',
      caption:
        'From 0.2 % to 2 % of the nodes; mean and 95 % confidence interval; dashed: the Malthusian rate.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 'tenfold_ms', title: 'time to grow tenfold (ms)' },
      color: { field: 'law', title: 'latency' },
      facet: { field: 'mean_ms', title: 'mean latency (ms)' },
      where: ({ protocol }) => protocol === 'push',
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => ((logit(MORE) - logit(FEW)) / growthRate(cell as Cost)) * PERIOD_MS,
        },
      ],
    },
    {
      name: 'push-pull',
      title: 'Asking as well: time until 99 % of 20,000 nodes know',
      caption:
        'Push against push-pull, exponential latency; the band is the 95 % confidence interval.',
      x: { field: 'loss', title: 'loss (share of messages)' },
      y: { field: 't99_ms', title: 'time to 99 % (ms)' },
      color: { field: 'protocol', title: 'protocol' },
      facet: { field: 'mean_ms', title: 'mean latency (ms)' },
      where: ({ law }) => law === 'exponential',
    },
  ],
});
