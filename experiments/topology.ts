/** How much does it matter who may talk to whom? */
import {
  at,
  barabasiAlbert,
  complete,
  coverage,
  covered,
  datacentres,
  difference,
  erdosRenyi,
  experiment,
  grid,
  hops,
  judge,
  type Overlay,
  push,
  pushPull,
  randomRegular,
  regularPushConstant,
  ring,
  simulate,
  synchronous,
  wattsStrogatz,
} from '../src/index.ts';

/** Degrees behind the names are means; 10 % of Watts-Strogatz' edges are rewired, 10 % of talk leaves a datacentre. */
const OVERLAYS: Record<string, (n: number) => Overlay> = {
  complete: () => complete,
  'regular-4': () => randomRegular({ degree: 4 }),
  'regular-8': () => randomRegular({ degree: 8 }),
  'erdos-renyi-8': () => erdosRenyi({ meanDegree: 8 }),
  'barabasi-albert-4': () => barabasiAlbert({ m: 4 }),
  'watts-strogatz-8': () => wattsStrogatz({ k: 8, rewire: 0.1 }),
  'datacentres-4': () => datacentres({ datacentres: 4, racks: 1, remoteShare: 0.1 }),
  torus: (n) => grid({ width: Math.round(Math.sqrt(n)), torus: true }),
  ring: () => ring({ k: 1 }),
};

interface Topology extends Record<string, string | number> {
  protocol: string;
  overlay: string;
  n: number;
}

export default experiment<Topology>({
  name: 'topology',
  question: 'How does the network of who may talk to whom change the spread?',
  claim:
    'On random d-regular graphs push needs C_d ln n rounds, almost as few as on the complete graph; on a ring it needs n - 1, and push-pull two thirds of that.',
  source: 'Fountoulakis, Panagiotou 2013 (random regular graphs); first-passage on the ring',
  seed: 'topology',
  axes: { protocol: 'how nodes gossip', overlay: 'who may talk to whom', n: 'nodes' },
  grid: {
    protocol: ['push', 'push-pull'],
    overlay: Object.keys(OVERLAYS),
    n: [256, 1024, 4096, 16384],
  },
  where: ({ overlay, n }) =>
    !(overlay === 'ring' && n > 1024) && !(overlay === 'torus' && n > 4096),
  replicates: ({ protocol, overlay, n }) => {
    const sharp = protocol === 'push' && overlay.startsWith('regular'); // for C_d
    if (n <= 1024) return sharp ? 1000 : 200;
    return n === 4096 ? (sharp ? 1000 : 100) : sharp ? 400 : 50;
  },
  quick: { grid: { n: [256, 1024] }, replicates: 40 },
  fixed: {
    fanout: 1,
    rounds: 'synchronised',
    loss: 0,
    wattsStrogatzRewired: 0.1,
    datacentresRemote: 0.1,
  },
  measures: {
    converged: 'whether all n nodes heard the rumour within the horizon',
    coverage_frac: 'share of nodes that heard it',
    t50_rounds: 'rounds until half of the nodes knew',
    t99_rounds: 'rounds until 99 % of the nodes knew',
    t100_rounds: 'rounds until all nodes knew',
    hops_mean: 'mean number of hops to the nodes that heard it',
    hops_max: 'most hops',
  },
  events: ({ n, overlay }) =>
    n * 3 * (overlay === 'ring' ? 0.8 * n : overlay === 'torus' ? 3 * Math.sqrt(n) : 25),
  bytes: ({ n }) => 400 * n,
  run({ protocol, overlay, n }, seed) {
    const model = synchronous(n, overlay === 'ring' ? 4 * n : 200, {
      overlay: OVERLAYS[overlay](n),
    });
    const spread = coverage({ n, rounds: model.rounds });
    const path = hops({ n });
    simulate({
      ...model,
      seed,
      protocol: protocol === 'push' ? push() : pushPull(),
      stop: covered,
      observers: [spread, path],
    });
    return {
      converged: spread.residue() === 0,
      coverage_frac: 1 - spread.residue(),
      t50_rounds: spread.roundsTo(0.5),
      t99_rounds: spread.roundsTo(0.99),
      t100_rounds: spread.roundsTo(1),
      hops_mean: path.mean(),
      hops_max: path.max(),
    };
  },
  findings: (summaries) =>
    summaries.flatMap(({ cell: { protocol, overlay, n }, measures }) => {
      const degree = /regular-(\d)/.exec(overlay)?.[1];
      const base = at(summaries, { protocol, overlay, n: 1024 });
      if (protocol === 'push' && degree !== undefined && base !== undefined && n > 1024) {
        const expected = regularPushConstant(Number(degree)) * Math.log(n / 1024);
        return [
          judge({
            quantity: 'push: growth of rounds to all',
            at: `${overlay}, n = 1024 to ${n}`,
            statistic: difference(measures.t100_rounds, base.measures.t100_rounds),
            expected,
            tolerance: 0.04 * expected, // the theorem's (1 + o(1))
            basis: 'theory',
            source: 'Fountoulakis, Panagiotou 2013: C_d ln n',
          }),
        ];
      }
      if (overlay !== 'ring') return [];
      // Each end of the informed arc advances by one with this probability a round; n - 1 steps in all.
      const advance = protocol === 'push' ? 1 / 2 : 3 / 4;
      const expected = (n - 1) / (2 * advance);
      return [
        judge({
          quantity: `${protocol}: rounds to all`,
          at: `ring, n = ${n}`,
          statistic: measures.t100_rounds,
          expected,
          tolerance: 0.01 * expected,
          basis: 'theory',
          source: 'two ends that advance with probability 1/2 (push) or 3/4 (push-pull)',
        }),
      ];
    }),
  remarks: [
    'An Erdős–Rényi graph of mean degree 8 has isolated nodes (a share exp(-8) of them): no gossip reaches those, so converged is false there and t100 is missing.',
  ],
  figures: [
    {
      name: 'rounds',
      title: 'Rounds until 99 % of the nodes know, by overlay',
      caption:
        'Mean over the runs; the band is the 95 % confidence interval. Both axes are logarithmic. The ring, some n rounds, is left out.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 't99_rounds', title: 'rounds to 99 %', scale: 'log' },
      color: { field: 'overlay', title: 'overlay' },
      facet: { field: 'protocol', title: 'protocol' },
      where: ({ overlay }) => overlay !== 'ring',
    },
  ],
});
