/** Is fanout 2 enough? Infect and die: each node, the first time it hears the rumour, passes it to `fanout` others. */
import {
  complete,
  coverage,
  eventDriven,
  experiment,
  exponential,
  hops,
  infectAndDie,
  infectAndDieShare,
  judge,
  lossy,
  simulate,
} from '../src/index.ts';

/** Below this share we say that the rumour died early; far below any share that a living epidemic reaches here. */
const OUTBREAK = 0.2;

interface Fanout extends Record<string, number> {
  n: number;
  loss: number;
  fanout: number;
}

export default experiment<Fanout>({
  name: 'fanout',
  question:
    'If each node passes a message on to k random others once, how many hear it, and how fast?',
  claim:
    'An outbreak reaches the share pi = 1 - exp(-k (1 - loss) pi) of all nodes: 79.7 % for k = 2, 94.0 % for k = 3; it does not depend on n.',
  source:
    'Kermarrec, Massoulié, Ganesh 2003; Leitão, Pereira, Rodrigues 2007 (HyParView), section 3.1',
  seed: 'fanout',
  axes: {
    n: 'nodes',
    loss: 'probability that a message is lost',
    fanout: 'different nodes that each node tells, once',
  },
  grid: { n: [1000, 10000, 100000], loss: [0, 0.1, 0.3], fanout: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
  replicates: ({ n }) => (n === 1000 ? 1000 : n === 10000 ? 200 : 40),
  quick: {
    grid: { n: [1000, 10000], loss: [0, 0.3], fanout: [1, 2, 3, 4, 6, 8, 10] },
    replicates: 60,
  },
  fixed: {
    protocol: 'infect-and-die',
    fanoutLaw: 'fixed',
    overlay: 'complete',
    latency: 'exponential, mean 50 ms',
  },
  measures: {
    coverage_frac: 'share of the nodes that heard the rumour',
    outbreak: `whether it reached more than ${OUTBREAK} of the nodes`,
    outbreak_coverage_frac: 'coverage_frac, of outbreaks only',
    converged: 'whether all nodes heard it',
    t50_ms: 'time until half of the nodes knew',
    t99_ms: 'time until 99 % of the nodes knew',
    t_last_ms: 'time when the last node heard it',
    sent_per_node_msgs: 'messages sent per node',
    hops_mean: 'mean number of hops to the nodes that heard it',
    hops_max: 'most hops',
  },
  events: ({ n, fanout, loss }) =>
    n * fanout * (1 - loss) * Math.max(0.02, infectAndDieShare(fanout, 1 - loss)),
  bytes: ({ n, fanout }) => n * (60 + 40 * fanout),
  run({ n, loss, fanout }, seed) {
    const spread = coverage({ n });
    const path = hops({ n });
    const { traffic } = simulate({
      ...eventDriven(n, 60_000, lossy(loss, exponential({ meanMs: 50 })), complete),
      seed,
      protocol: infectAndDie({ fanout }),
      observers: [spread, path],
    });
    const share = 1 - spread.residue();
    const outbreak = share > OUTBREAK;
    return {
      coverage_frac: share,
      outbreak,
      outbreak_coverage_frac: outbreak ? share : null,
      converged: share === 1,
      t50_ms: spread.timeTo(0.5),
      t99_ms: spread.timeTo(0.99),
      t_last_ms: spread.lastDelay(),
      sent_per_node_msgs: traffic.sent / n,
      hops_mean: path.mean(),
      hops_max: path.max(),
    };
  },
  findings: (summaries) =>
    summaries
      .filter(({ cell }) => cell.fanout * (1 - cell.loss) >= 1.3)
      .map(({ cell: { n, loss, fanout }, measures }) =>
        judge({
          quantity: 'share reached by an outbreak',
          at: `fanout ${fanout}, loss ${loss}, n = ${n}`,
          statistic: measures.outbreak_coverage_frac,
          expected: infectAndDieShare(fanout, 1 - loss),
          tolerance: n >= 100000 ? 0.002 : 0.002 + 4 / n, // the law of large n; a finite n is off by about 1/n
          basis: 'theory',
          source: 'Kermarrec et al. 2003: pi = 1 - exp(-k (1 - loss) pi)',
        }),
      ),
  remarks: [
    'Fanout 2 reaches four nodes in five, never all: on average every node is told twice, but by chance one in five is never told. That holds for any n.',
    'The theory is for large n and given that the rumour did not die at the start, so early deaths are left out of outbreak_coverage_frac (they are in coverage_frac and in outbreak).',
  ],
  figures: [
    {
      name: 'coverage',
      title: 'Infect and die: how many hear it',
      caption:
        'Mean share of nodes reached by an outbreak; the band (narrow) is the 95 % confidence interval.',
      x: { field: 'fanout', title: 'fanout' },
      y: { field: 'outbreak_coverage_frac', title: 'share of nodes reached' },
      color: { field: 'loss', title: 'loss' },
      facet: { field: 'n', title: 'nodes' },
      references: [
        {
          label: 'π = 1 − exp(−k(1−loss)π)',
          mark: 'line',
          at: ({ fanout, loss }) => {
            const share = infectAndDieShare(Number(fanout), 1 - Number(loss));
            return share === 0 ? null : share;
          },
        },
      ],
    },
    {
      name: 'time',
      title: 'Infect and die: how long it takes',
      caption:
        'Mean time until half of all nodes know, latency exponential with mean 50 ms; band: 95 % confidence interval.',
      x: { field: 'fanout', title: 'fanout' },
      y: { field: 't50_ms', title: 'time to half of the nodes (ms)' },
      color: { field: 'loss', title: 'loss' },
      facet: { field: 'n', title: 'nodes' },
      where: ({ fanout }) => Number(fanout) >= 2,
    },
  ],
});
