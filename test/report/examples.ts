/**
 * Experiments with made-up results, shaped like the real ones: enough to draw every kind of figure. The noise is a
 * fixed sine, so that the numbers never change.
 */
import type {
  Cell,
  CellSummary,
  Experiment,
  Figure,
  Statistic,
  Value,
} from '../../src/experiment/model.ts';

const RUNS = 200;

/** A statistic of a roughly normal measure. */
export function statistic(mean: number, sd: number, changes: Partial<Statistic> = {}): Statistic {
  const se = sd / Math.sqrt(RUNS);
  return {
    count: RUNS,
    missing: 0,
    mean,
    sd,
    se,
    ciLow: mean - 1.97 * se,
    ciHigh: mean + 1.97 * se,
    min: mean - 3 * sd,
    p05: mean - 1.64 * sd,
    p25: mean - 0.67 * sd,
    p50: mean,
    p75: mean + 0.67 * sd,
    p95: mean + 1.64 * sd,
    max: mean + 3 * sd,
    ...changes,
  };
}

export const undefinedStatistic = (): Statistic => {
  const none = Number.NaN;
  const statistics = { mean: none, sd: none, se: none, ciLow: none, ciHigh: none, min: none };
  const quantiles = { p05: none, p25: none, p50: none, p75: none, p95: none, max: none };
  return { count: 0, missing: RUNS, ...statistics, ...quantiles };
};

/** A share of nodes: within 0..1. */
export const share = (mean: number, sd: number): Statistic =>
  statistic(mean, sd, {
    min: Math.max(0, mean - 3 * sd),
    p05: Math.max(0, mean - 1.64 * sd),
    p95: Math.min(1, mean + 1.64 * sd),
    max: Math.min(1, mean + 3 * sd),
  });

export const noise = (i: number): number => Math.sin(12.9898 * i) * 0.8;

export function cellsOf(grid: Readonly<Record<string, readonly Value[]>>): Cell[] {
  return Object.entries(grid).reduce<Cell[]>(
    (cells, [axis, values]) => cells.flatMap((cell) => values.map((v) => ({ ...cell, [axis]: v }))),
    [{}],
  );
}

export interface Example {
  readonly experiment: Experiment;
  readonly summaries: readonly CellSummary[];
}

interface Made {
  readonly name: string;
  readonly grid: Experiment['grid'];
  readonly measures: (cell: Cell, i: number) => Record<string, Statistic>;
  readonly series?: {
    readonly name: string;
    readonly x: string;
    readonly at: readonly number[];
    readonly statistic: (cell: Cell, x: number, i: number) => Statistic;
  };
  readonly figures: readonly Figure[];
}

export function example({ name, grid, measures, series, figures }: Made): Example {
  const summaries = cellsOf(grid).map((cell, i) => ({
    cell,
    replicates: RUNS,
    measures: measures(cell, i),
    series: series
      ? { [series.name]: series.at.map((x, k) => series.statistic(cell, x, 31 * i + k)) }
      : {},
  }));
  const columns = Object.keys(summaries[0].measures);
  const experiment: Experiment = {
    name,
    question: `What does ${name} look like?`,
    claim: 'Made up.',
    source: 'nobody',
    seed: name,
    grid,
    replicates: RUNS,
    quick: { replicates: 2 },
    axes: {},
    measures: Object.fromEntries(columns.map((column) => [column, column])),
    ...(series ? { series: { [series.name]: { x: series.x, at: series.at } } } : {}),
    fixed: {},
    events: () => 1,
    bytes: () => 1,
    run: () => ({}),
    findings: () => [],
    figures,
  };
  return { experiment, summaries };
}

const num = (value: Value): number => Number(value);

export const pushRounds = example({
  name: 'push-rounds',
  grid: { n: [256, 1024, 4096, 16384, 65536] },
  measures: ({ n }, i) => ({
    rounds: statistic(Math.log2(num(n)) + Math.log(num(n)) + 0.45 + 0.1 * noise(i), 1.3),
  }),
  figures: [
    {
      name: 'rounds',
      title: 'Push informs everyone in log₂ n + ln n + O(1) rounds',
      caption:
        'Synchronous push with fanout 1 on the complete graph, 200 runs a point. The band is the 5 % to 95 % range of the runs.',
      x: { field: 'n', title: 'nodes n', scale: 'log2' },
      y: { field: 'rounds', title: 'rounds until every node is informed' },
      band: 'quantiles',
      references: [
        {
          label: 'theory: log₂ n + ln n (Pittel 1987, without the constant)',
          mark: 'line',
          at: ({ n }) => Math.log2(num(n)) + Math.log(num(n)),
        },
        {
          label: 'published: an invented table, n = 1,024 and 4,096',
          mark: 'points',
          at: ({ n }) => ({ 1024: 17.2, 4096: 20.6 })[num(n)] ?? null,
        },
      ],
    },
  ],
});

/** Coverage c = 1 - exp(-(1 - loss) fanout c): the giant component of infect and die. */
function fixedPoint(fanout: number, loss: number): number {
  let c = 1;
  for (let i = 0; i < 500; i++) c = 1 - Math.exp(-(1 - loss) * fanout * c);
  return c;
}

export const fanout = example({
  name: 'fanout',
  grid: {
    n: [100, 1000, 10000],
    fanout: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    loss: [0, 0.05, 0.2, 0.5],
  },
  measures: ({ fanout, loss, n }, i) => ({
    coverage_frac: share(
      Math.min(1, Math.max(fixedPoint(num(fanout), num(loss)), 8 / num(n)) * (1 + 0.01 * noise(i))),
      1 / num(fanout),
    ),
    residue_frac: share(
      num(fanout) > 8 && num(n) === 100 ? 0 : 1 - fixedPoint(num(fanout), num(loss)),
      0.1 / num(fanout),
    ),
  }),
  figures: [
    {
      name: 'coverage',
      title: 'How many nodes infect-and-die reaches',
      caption:
        'Mean share of informed nodes when every node passes the message on once, to fanout random nodes. The bands are 95 % confidence intervals of the mean over 200 runs.',
      x: { field: 'fanout', title: 'fanout' },
      y: { field: 'coverage_frac', title: 'informed share of nodes' },
      color: { field: 'loss', title: 'message loss' },
      facet: { field: 'n', title: 'nodes n' },
      references: [
        {
          label: 'theory: c = 1 − exp(−(1 − loss) · fanout · c)',
          mark: 'line',
          at: ({ fanout, loss }) => fixedPoint(num(fanout), num(loss)),
        },
      ],
    },
    {
      name: 'residue',
      title: 'Nodes that infect-and-die leaves out',
      caption: 'Mean share of nodes that never hear the message. Bands: 95 % CI.',
      x: { field: 'fanout', title: 'fanout' },
      y: { field: 'residue_frac', title: 'residue (share of nodes)', scale: 'log' },
      color: { field: 'loss', title: 'message loss' },
      where: ({ n }) => n === 100,
    },
  ],
});

export const rumours = example({
  name: 'rumour-mongering',
  grid: { variant: ['feedback, counter', 'blind, coin', 'feedback, coin'], k: [1, 2, 3, 4, 5] },
  measures: ({ variant, k }, i) => {
    const m = 1.1 + num(k) * 1.2 * (variant === 'blind, coin' ? 0.75 : 1) + 0.05 * noise(i);
    const residue = Math.exp(-m) * (1 + 0.15 * noise(i + 3));
    return { traffic: statistic(m, 0.2), residue_frac: share(residue, 0.4 * residue) };
  },
  figures: [
    {
      name: 'residue-traffic',
      title: 'Residue falls as e⁻ᵐ, whatever the variant',
      caption:
        'Rumour mongering among 1,000 nodes, push; along each line k = 1 to 5. Bars: 95 % CI of both means, 200 runs a point.',
      x: { field: 'traffic', title: 'traffic m (messages per node)' },
      y: { field: 'residue_frac', title: 'residue s (share of nodes)', scale: 'log' },
      color: { field: 'variant', title: 'variant' },
      references: [
        { label: 'theory: s = e⁻ᵐ', mark: 'line', at: ({ traffic }) => Math.exp(-num(traffic)) },
        {
          label: 'published: Demers et al. 1987, table 1 (feedback, counter)',
          mark: 'points',
          at: ({ variant, k }) =>
            variant === 'feedback, counter' ? 0.3 * Math.exp(-1.15 * (num(k) - 1)) : null,
        },
      ],
    },
  ],
});

export const curve = example({
  name: 's-curve',
  grid: { protocol: ['push', 'pull', 'push-pull'] },
  measures: () => ({ rounds: statistic(1, 1) }),
  series: {
    name: 'coverage',
    x: 'round',
    at: Array.from({ length: 26 }, (_, i) => i),
    statistic: ({ protocol }, x) => {
      const [rate, middle] =
        protocol === 'push' ? [0.7, 13] : protocol === 'pull' ? [0.9, 12] : [1.1, 7];
      const c = 1 / (1 + Math.exp(-rate * (x - middle)));
      return share(c, 0.6 * c * (1 - c) + 0.001);
    },
  },
  figures: [
    {
      name: 'coverage',
      title: 'The spread of one rumour over 4,096 nodes',
      caption: 'Mean share of informed nodes; the bands hold 5 % to 95 % of the runs.',
      x: { field: 'round', title: 'round' },
      y: { field: 'coverage', title: 'informed share of nodes' },
      color: { field: 'protocol', title: 'protocol' },
      band: 'quantiles',
      references: [
        {
          label: 'theory: logistic, push',
          mark: 'line',
          at: ({ protocol, round }) =>
            protocol === 'push' ? 1 / (1 + Math.exp(-0.75 * (num(round) - 13))) : null,
        },
      ],
    },
  ],
});

const OVERLAYS = [
  'complete',
  'ring',
  'grid',
  'random regular',
  'Watts-Strogatz',
  'Barabási-Albert',
];

export const topology = example({
  name: 'topology',
  grid: { overlay: OVERLAYS, n: [256, 1024] },
  measures: ({ overlay, n }, i) => ({
    t99_rounds:
      overlay === 'grid' && n === 1024
        ? undefinedStatistic()
        : statistic(
            (OVERLAYS.indexOf(String(overlay)) === 1 ? num(n) / 4 : Math.log2(num(n)) * 2) *
              (1.1 + 0.1 * noise(i)),
            2,
            i === 0 ? { missing: 12, count: 188 } : {},
          ),
  }),
  figures: [
    {
      name: 'overlays',
      title: 'How the overlay changes the time to reach 99 % of the nodes',
      caption: 'Push-pull, 200 runs a point. Bars: 95 % CI of the mean.',
      x: { field: 'overlay', title: 'overlay' },
      y: { field: 't99_rounds', title: 'rounds to 99 % of the nodes', scale: 'log' },
      color: { field: 'n', title: 'nodes n' },
      references: [
        {
          label: 'theory: 2 log₂ n',
          mark: 'line',
          at: ({ overlay, n }) => (overlay === 'complete' ? 2 * Math.log2(num(n)) : null),
        },
      ],
    },
  ],
});

export const examples = [pushRounds, fanout, rumours, curve, topology];
