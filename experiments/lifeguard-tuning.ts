/** How short may suspicions be with Lifeguard, and what does that buy and cost? */
import {
  aloneFalseDeaths,
  at,
  type CellSummary,
  experiment,
  type Finding,
  judge,
  type LifeguardBed,
  lifeguardInterval,
  lifeguardThreshold,
  medianDetectionS,
  quantile,
  type Statistic,
} from '../src/index.ts';

interface Tuning extends Record<string, string | number | boolean> {
  parts: 'SWIM' | 'Lifeguard';
  alpha: number;
  beta: number;
  push_pull: boolean;
  measured: 'detection' | 'slow group' | 'slow one';
}

const MEMBERS = 128;
const LATENCY_MS = 0.1;
const CONFIRMATIONS = 3;
const EXCHANGE_S = 90; // 30 s, three times that with 65 to 128 members
const DETECTION = { blocked: [1, 8, 32], blockedMs: 16_384 };
const FALSE = { blocked: 16, blockedMs: [8192, 16_384, 32_768], openMs: [1, 256] };
const ALONE = { blockedMs: [8192, 16_384, 32_768], openMs: 1 };

const bedOf = ({ parts, alpha, beta, push_pull }: Tuning, seed: string): LifeguardBed => ({
  ...{ n: MEMBERS, latencyMs: LATENCY_MS, rules: 'paper', parts, alpha, beta, seed },
  pushPull: push_pull,
});

export default experiment<Tuning>({
  name: 'lifeguard-tuning',
  question: 'How short may suspicions be with Lifeguard, and what does that buy and cost?',
  claim:
    'The median time to detection falls in proportion to alpha, whatever beta is; beta decides how many healthy members are declared dead by those that are slow.',
  source:
    'Dadgar, Phillips, Currey 2018, arXiv 1707.00788v2, suspicions of section IV.B, experiment of table VII; times derived here',
  seed: 'lifeguard-tuning',
  axes: {
    parts: 'SWIM: fixed suspicions, none of Lifeguard; Lifeguard: all of it',
    alpha: 'shortest suspicion, in log10(members) probe intervals',
    beta: 'longest suspicion, in shortest ones',
    push_pull: 'whether members exchange their tables, every 90 s each',
    measured:
      'detection: 1, 8 and 32 members are blocked once; slow group: 16 are again and again; slow one: one is',
  },
  grid: {
    parts: ['SWIM', 'Lifeguard'],
    alpha: [2, 4, 5],
    beta: [1, 2, 4, 6],
    push_pull: [true, false],
    measured: ['detection', 'slow group', 'slow one'],
  },
  where: ({ parts, alpha, beta, push_pull }) =>
    parts === 'SWIM'
      ? beta === 1 && alpha === 5 && push_pull
      : beta > 1 && (push_pull || beta === 6),
  replicates: ({ measured }) => (measured === 'detection' ? 24 : 3),
  quick: {
    grid: {
      parts: ['Lifeguard'],
      alpha: [2],
      beta: [6],
      push_pull: [true],
      measured: ['detection', 'slow one'],
    },
    replicates: 2,
  },
  fixed: {
    members: MEMBERS,
    latencyMs: LATENCY_MS,
    confirmations: CONFIRMATIONS,
    probeIntervalMs: 1000,
    probeTimeoutMs: 500,
    detectionBlockedS: DETECTION.blockedMs / 1000,
  },
  measures: {
    first_median_s:
      'detection, blocked for 16 s: until anybody declares one of them dead, median, s',
    first_p99_s: 'the same, 99 % quantile of those that were, s',
    false_deaths:
      'slow group, blocked for 8, 16 and 33 s, open for 1 and 256 ms: false deaths in six runs',
    false_deaths_at_healthy: 'of these, by healthy members',
    alone_false_deaths:
      'slow one, blocked for 8, 16 and 33 s, open for 1 ms, without health and buddies: false deaths in three runs',
  },
  events: ({ measured }) => (measured === 'slow group' ? 4e6 : 6e5),
  bytes: () => 60e6,
  run,
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'Both sides of a push/pull take whom the other holds to be suspect for a suspect of their own, so that each exchange confirms a suspicion twice: with 128 members 2.8 times a second, against once a second by pings. So the shortest suspicion holds nearly always, also at alpha = 2 where pings alone would be late in a fourth of the cases.',
    'False deaths of a member that is blocked alone: each block ends with an accusation that nobody confirms to it, so that the suspicion lasts beta times the shortest, and the refutation waits for the end of the next block. Local health would save some of these: a probe that is stretched beyond the block is answered when it ends.',
    'Whether the values of table VII come out is not judged: they are not at hand.',
  ],
  figures: [
    {
      name: 'detection',
      title: 'Detection follows the shortest suspicion',
      caption:
        'Lifeguard; 1, 8 and 32 of 128 members blocked; mean over runs of the median and its 95 % interval; dashed: theory.',
      x: { field: 'alpha', title: 'alpha' },
      y: { field: 'first_median_s', title: 'median time to detection (s)' },
      color: { field: 'push_pull', title: 'push/pull' },
      where: ({ parts, beta, measured }) =>
        parts === 'Lifeguard' && beta === 6 && measured === 'detection',
      references: [{ label: 'theory', mark: 'line', at: (cell) => medianOf(cell as Tuning) }],
    },
    {
      name: 'false-deaths',
      title: 'False deaths fall with the longest suspicion',
      caption:
        'Lifeguard; 16 of 128 blocked again and again; mean over runs and its 95 % interval.',
      x: { field: 'beta', title: 'beta' },
      y: { field: 'false_deaths', title: 'false deaths in six runs' },
      color: { field: 'alpha', title: 'alpha' },
      where: ({ parts, push_pull, measured }) =>
        parts === 'Lifeguard' && push_pull === true && measured === 'slow group',
    },
  ],
});

function run(cell: Tuning, seed: string) {
  const { measured } = cell;
  return {
    ...(measured === 'detection' ? detection(cell, seed) : NO_DETECTION),
    ...(measured === 'slow group' ? falseDeaths(cell, seed) : NO_FALSE_DEATHS),
    alone_false_deaths: measured === 'slow one' ? aloneCount(cell, seed) : null,
  };
}

const NO_DETECTION = { first_median_s: null, first_p99_s: null };
const NO_FALSE_DEATHS = { false_deaths: null, false_deaths_at_healthy: null };

function detection(cell: Tuning, seed: string) {
  const first = DETECTION.blocked.flatMap(
    (count) =>
      lifeguardThreshold(bedOf(cell, `${seed} ${count}`), count, DETECTION.blockedMs).firstMs,
  );
  const sorted = first.map((ms) => ms / 1000).sort((a, b) => a - b);
  return { first_median_s: quantile(sorted, 0.5), first_p99_s: quantile(sorted, 0.99) };
}

function falseDeaths(cell: Tuning, seed: string) {
  let [anywhere, atHealthy] = [0, 0];
  for (const ms of FALSE.blockedMs) {
    for (const openMs of FALSE.openMs) {
      const anomaly = { anomalous: FALSE.blocked, blockedMs: ms, openMs };
      const found = lifeguardInterval(bedOf(cell, `${seed} ${ms} ${openMs}`), anomaly);
      anywhere += found.falseDeaths;
      atHealthy += found.falseDeathsAtHealthy;
    }
  }
  return { false_deaths: anywhere, false_deaths_at_healthy: atHealthy };
}

function aloneCount(cell: Tuning, seed: string): number {
  let alone = 0;
  for (const ms of ALONE.blockedMs) {
    const bed = bedOf(cell, `${seed} ${ms}`);
    const anomaly = { anomalous: 1, blockedMs: ms, openMs: ALONE.openMs };
    alone += lifeguardInterval(
      { ...bed, parts: cell.parts === 'SWIM' ? 'SWIM' : 'LHA-Suspicion' },
      anomaly,
    ).falseDeaths;
  }
  return alone;
}

// ---- theory ----

const lawOf = ({ parts, alpha, beta, push_pull }: Tuning) => ({
  ...{ n: MEMBERS, alpha, beta },
  confirmations: parts === 'SWIM' ? 0 : CONFIRMATIONS,
  exchangeS: push_pull ? EXCHANGE_S : Infinity,
});

const medianOf = (cell: Tuning): number => medianDetectionS(lawOf(cell), DETECTION.blocked);

const aloneOf = (cell: Tuning): number =>
  ALONE.blockedMs.reduce((sum, ms) => sum + aloneFalseDeaths(lawOf(cell), ms, ALONE.openMs), 0);

// ---- findings ----

function findingsOf({ cell, measures }: CellSummary<Tuning>): Finding[] {
  const { parts, alpha, beta, push_pull, measured } = cell;
  const where = `${parts}, alpha = ${alpha}, beta = ${beta}${push_pull ? '' : ', no push/pull'}`;
  if (measured === 'slow group') return [];
  if (measured === 'detection') {
    return [
      judge({
        quantity: 'first detection, median (s)',
        at: where,
        statistic: measures.first_median_s,
        expected: medianOf(cell),
        tolerance: 0.3,
        basis: 'theory',
        source: 'Poisson accusations, and the shortest suspicion that they allow',
        note: 'tolerance: confirmations take one or two gossip intervals to come',
      }),
    ];
  }
  return [
    judge({
      quantity: 'false deaths of one member blocked alone',
      at: where,
      statistic: measures.alone_false_deaths,
      expected: aloneOf(cell),
      tolerance: 0.5,
      basis: 'theory',
      source:
        'an accusation as each block ends; it falls if beta times the shortest is below a block',
    }),
  ];
}

// ---- for who runs memberlist ----

function answer(all: readonly CellSummary<Tuning>[]): string[] {
  const s = ({ mean }: Statistic) => mean.toFixed(1);
  const share = (ours: Statistic, of: Statistic | undefined) =>
    of === undefined ? '' : `, ${((100 * ours.mean) / of.mean).toFixed(0)} % of SWIM's`;
  const swim = (measured: Tuning['measured']) => at(all, { parts: 'SWIM', measured })?.measures;
  return all
    .filter(({ cell }) => cell.parts === 'Lifeguard' && cell.push_pull)
    .filter(({ cell }) => cell.measured === 'detection')
    .map(({ cell, measures: of }) => {
      const group = at(all, { ...cell, measured: 'slow group' })?.measures.false_deaths;
      const detected = `half are detected within ${s(of.first_median_s)} s${share(of.first_median_s, swim('detection')?.first_median_s)}`;
      const deaths =
        group === undefined
          ? ''
          : `; ${s(group)} false deaths${share(group, swim('slow group')?.false_deaths)}`;
      return `alpha = ${cell.alpha}, beta = ${cell.beta}: ${detected}${deaths}.`;
    });
}
