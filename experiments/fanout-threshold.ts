/** How large must the fanout be so that everybody hears? */
import {
  coverage,
  eventDriven,
  everybodyProbability,
  experiment,
  exponential,
  infectAndDie,
  judge,
  simulate,
} from '../src/index.ts';

export default experiment<{ n: number; c: number }>({
  name: 'fanout-threshold',
  question: 'How large must the fanout be so that everybody hears the message?',
  claim: 'With a mean fanout of ln n + c, everybody is reached with probability exp(-exp(-c)).',
  source: 'Kermarrec, Massoulié, Ganesh 2003, theorem 1 (Erdős, Rényi 1960)',
  seed: 'fanout-threshold',
  axes: { n: 'nodes', c: 'mean fanout minus ln n' },
  grid: { n: [500, 1000], c: [-1, 0, 1, 2, 3] },
  replicates: 6000, // an error of 0.0065 at most
  quick: { grid: { n: [500], c: [-1, 0, 1, 2, 3] }, replicates: 200 },
  fixed: {
    protocol: 'infect-and-die',
    fanoutLaw: 'poisson',
    overlay: 'complete',
    latency: 'exponential, mean 50 ms',
    loss: 0,
  },
  measures: {
    converged: 'whether all nodes heard the rumour',
    missed_nodes: 'nodes that never heard it',
    sent_per_node_msgs: 'messages sent per node',
  },
  events: ({ n, c }) => n * (Math.log(n) + c),
  bytes: ({ n }) => 500 * n,
  run({ n, c }, seed) {
    const spread = coverage({ n });
    const { traffic } = simulate({
      ...eventDriven(n, 60_000, exponential({ meanMs: 50 })),
      seed,
      protocol: infectAndDie({ fanout: Math.log(n) + c, fanoutLaw: 'poisson' }),
      observers: [spread],
    });
    return {
      converged: spread.residue() === 0,
      missed_nodes: n - spread.heard(),
      sent_per_node_msgs: traffic.sent / n,
    };
  },
  findings: (summaries) =>
    summaries.map(({ cell: { n, c }, measures }) =>
      judge({
        quantity: 'P(everybody hears)',
        at: `c = ${c}, n = ${n}`,
        statistic: measures.converged,
        expected: everybodyProbability(c),
        tolerance: 0.02, // the limit of large n
        basis: 'theory',
        source: 'Kermarrec et al. 2003: exp(-exp(-c))',
      }),
    ),
  figures: [
    {
      name: 'everybody',
      title: 'The fanout at which everybody hears',
      caption: 'Share of runs in which all nodes heard; the band is the 95 % Wilson interval.',
      x: { field: 'c', title: 'mean fanout − ln n' },
      y: { field: 'converged', title: 'P(everybody hears)' },
      color: { field: 'n', title: 'nodes' },
      references: [
        { label: 'exp(−exp(−c))', mark: 'line', at: ({ c }) => everybodyProbability(Number(c)) },
      ],
    },
  ],
});
