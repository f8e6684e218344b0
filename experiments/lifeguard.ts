/** What do the parts of Lifeguard do against false accusations by members that are slow themselves? */
import {
  at,
  type CellSummary,
  type Estimate,
  experiment,
  type Finding,
  interpolatedWeights,
  intervalLengthMs,
  judge,
  LIFEGUARD_ANOMALOUS,
  LIFEGUARD_FIXED,
  LIFEGUARD_OPEN_MS,
  LIFEGUARD_PARTS,
  LIFEGUARD_PERIODS,
  LIFEGUARD_REPEATS,
  type LifeguardBlocks,
  type LifeguardParts,
  lifeguardSweep,
  PUBLISHED_BY_ANOMALOUS,
  PUBLISHED_INTERVAL,
  PUBLISHED_SWIM_MESSAGES,
  type Statistic,
} from '../src/index.ts';

type Variant = LifeguardParts | 'LHA-Probe, library' | 'Lifeguard, library';

interface Lifeguard extends Record<string, string | number> {
  variant: Variant;
  anomalous: number;
  blocks: LifeguardBlocks;
}

const { members: MEMBERS, latencyMs: LATENCY_MS, alpha: ALPHA, beta: BETA } = LIFEGUARD_FIXED;
const LONG_AT = [1, 8, 20, 32];
const SHORT_AT = [1, 8, 32];
const VARIANTS: readonly Variant[] = [
  ...LIFEGUARD_PARTS,
  'LHA-Probe, library',
  'Lifeguard, library',
];
const SOURCE = 'Dadgar, Phillips, Currey 2018';

const partsOf = (variant: Variant) => variant.replace(', library', '') as LifeguardParts;
const isLibrary = (variant: Variant) => variant.endsWith('library');

function wasPlanned({ variant, anomalous, blocks }: Lifeguard): boolean {
  if (blocks === 'short') return SHORT_AT.includes(anomalous) && !isLibrary(variant);
  return true;
}

export default experiment<Lifeguard>({
  name: 'lifeguard',
  question:
    'When some members are slow themselves, how many healthy ones do they declare dead, and which part of Lifeguard prevents it?',
  claim:
    'False deaths fall to 3 % of SWIM with suspicions that wait for confirmations, to 68 % with local health in probes, to 94 % with the buddy system, and to 1.5 % with all three; messages rise by a tenth.',
  source: `${SOURCE}, arXiv 1707.00788v2, tables IV and VI, figure 2`,
  seed: 'lifeguard',
  axes: {
    variant:
      'what is on: SWIM: nothing; LHA-Probe: local health; LHA-Suspicion: confirmations; Buddy System; Lifeguard: all; "library": local health as memberlist keeps it, not as the paper has it',
    anomalous: 'members of 128 that are blocked again and again, in step (C)',
    blocks:
      'long: blocked for 16 or 33 s, open for 1 ms to 16 s; short: blocked for 0.1 to 8 s; one: 33 s and 1 ms',
  },
  grid: {
    variant: VARIANTS,
    anomalous: LONG_AT,
    blocks: ['long', 'short'],
  },
  where: wasPlanned,
  replicates: 2,
  quick: {
    grid: { variant: LIFEGUARD_PARTS, anomalous: [1, 8], blocks: ['one'] },
    replicates: 2,
  },
  fixed: LIFEGUARD_FIXED,
  measures: {
    false_deaths: 'times that anybody declared a healthy member dead (FP)',
    false_deaths_at_healthy: 'of these, by healthy members (FP-)',
    messages: 'messages sent by all, from the first block on',
    sent_mib: 'MiB sent, with headers, not compressed',
    messages_per_s: 'messages per member and second',
    by_open_ms: 'series: false deaths by the time open',
  },
  series: { by_open_ms: { x: 'open_ms', at: LIFEGUARD_OPEN_MS } },
  events: ({ anomalous, blocks }) =>
    (blocks === 'one' ? 1 : 14) * (100_000 + 20_000 * Math.min(anomalous, 20)),
  bytes: () => 60e6,
  run({ variant, anomalous, blocks }, seed) {
    const found = lifeguardSweep(
      {
        ...{ n: MEMBERS, seed, latencyMs: LATENCY_MS, alpha: ALPHA, beta: BETA },
        ...{ parts: partsOf(variant), rules: isLibrary(variant) ? 'library' : 'paper' },
      },
      anomalous,
      blocks,
    );
    return {
      false_deaths: found.falseDeaths,
      false_deaths_at_healthy: found.falseDeathsAtHealthy,
      messages: found.messages,
      sent_mib: found.bytes / 2 ** 20,
      messages_per_s: found.messages / found.seconds / MEMBERS,
      by_open_ms: found.byOpenMs,
    };
  },
  findings,
  answer,
  remarks: [
    'The false deaths are those of members that are blocked themselves. A probe that a block catches has failed as it ends, so that the member accuses a healthy one; if it is open too shortly to hear the refutation, its suspicion runs out in the next block. Others that are blocked hear of the accusation and do the same; healthy ones hear the refutation, which is why they make nearly none.',
    'Local health is kept as the paper has it: the score stretches also the timeout of a ping and the time to the next probe, and relays say at 80 % of their timeout that they have heard nothing. memberlist stretches the deadline alone and its relays speak at 100 %, which is too late at a score of 0; the variants "library" show what that leaves of the gain. SWIM counts no confirmations and passes none on; K = 3 where they count.',
    'The sums of tables IV and VI are over nine numbers of blocked members, 54 pairs of periods and ten repetitions. Here four numbers are run with long blocks and three with short ones, and what lies between is interpolated; of the times open in short blocks three stand for eight.',
    'Tolerances were set before the sums were run, but after a look at single runs with 8 and 32 blocked, which showed what the two ways of local health do: 50 to 85 % and 85 to 103 % of the false deaths of SWIM for local health and buddies, below 10 % for the rest; 5 points for traffic. How many there are is not judged: it hangs on what a host reads while it is open (experiment lifeguard-backlog). Here all is read at once, so that there are fewest.',
    'A loopback takes 0.1 ms one way here; 0.02 ms make no difference, and 1 ms halves the false deaths of members that are open for 1 ms (single runs, 8 blocked for 16 s). Members that start somewhere in their rounds and know each other stand for the 15 s of settling. Messages are packets and what goes over connections; theirs are those of Consul, with coordinates and compression.',
  ],
  figures: [
    {
      name: 'false-deaths',
      title: 'Healthy members declared dead',
      caption:
        'A sweep over blocks of 16 and 33 s and all times open; mean over runs and its 95 % interval. Diamonds: a tenth of the published sums over ten repetitions and all blocks, read off a figure to 10 %.',
      x: { field: 'anomalous', title: 'members blocked, of 128' },
      y: { field: 'false_deaths', title: 'false deaths in a sweep', scale: 'log' },
      color: { field: 'variant', title: 'what is on' },
      where: ({ blocks }) => blocks === 'long',
      references: [
        {
          label: 'paper',
          mark: 'points',
          at: ({ variant, anomalous }) => {
            const place = LIFEGUARD_ANOMALOUS.indexOf(anomalous as number);
            const sum = PUBLISHED_BY_ANOMALOUS[variant as LifeguardParts]?.[place];
            return sum === undefined ? null : sum / LIFEGUARD_REPEATS;
          },
        },
      ],
    },
    {
      name: 'open',
      title: 'The time open decides',
      caption: 'Blocks of 16 and 33 s together; mean over runs and its 95 % interval.',
      x: { field: 'open_ms', title: 'open between blocks (ms)', scale: 'log' },
      y: { field: 'by_open_ms', title: 'false deaths' },
      color: { field: 'variant', title: 'what is on' },
      facet: { field: 'anomalous', title: 'members blocked' },
      where: ({ blocks }) => blocks === 'long',
    },
  ],
});

// ---- sums over the paper's grid ----

type Summaries = readonly CellSummary<Lifeguard>[];

/** Sum over all numbers of anomalous members; undefined where a part of it was not run. */
function sumOf(
  all: Summaries,
  variant: Variant,
  blocks: LifeguardBlocks,
  measure: string,
): Estimate | undefined {
  const known = blocks === 'short' ? SHORT_AT : LONG_AT;
  const weights = interpolatedWeights(known, LIFEGUARD_ANOMALOUS);
  let [ours, variance, count] = [0, 0, 0];
  for (const [i, anomalous] of known.entries()) {
    const found = all.find(
      ({ cell }) =>
        cell.variant === variant && cell.anomalous === anomalous && cell.blocks === blocks,
    );
    if (found === undefined) return undefined;
    const { mean, se, count: runs } = found.measures[measure];
    ours += weights[i] * mean;
    variance += (weights[i] * se) ** 2;
    count += runs;
  }
  return { ours, se: Math.sqrt(variance), count };
}

function totalOf(all: Summaries, variant: Variant, measure: string): Estimate | undefined {
  const long = sumOf(all, variant, 'long', measure);
  const short = sumOf(all, variant, 'short', measure);
  if (long === undefined || short === undefined) return undefined;
  return {
    ours: long.ours + short.ours,
    se: Math.hypot(long.se, short.se),
    count: long.count! + short.count!,
  };
}

/** In percent. */
const percent = (a: Estimate, b: Estimate): Estimate => ({
  ours: (100 * a.ours) / b.ours,
  se: (100 / b.ours) * Math.hypot(a.se, (a.ours / b.ours) * b.se),
  count: Math.min(a.count!, b.count!),
});

// ---- findings ----

/** Percent of SWIM's: how far off a part may be. */
const FALSE_DEATHS_TOLERANCE: Readonly<Partial<Record<LifeguardParts, number>>> = {
  'LHA-Probe': 17.5, // 50 to 85 %
  'LHA-Suspicion': 7, // below 10 %
  'Buddy System': 9, // 85 to 103 %
  Lifeguard: 8.5, // below 10 %
};
const AT_HEALTHY_TOLERANCE: Readonly<Partial<Record<LifeguardParts, number>>> = {
  'LHA-Probe': 67, // fewer than SWIM
  'LHA-Suspicion': 10,
  'Buddy System': 55, // fewer than SWIM
  Lifeguard: 10,
};
const TRAFFIC_TOLERANCE = 5;

function findings(all: Summaries): Finding[] {
  return [
    ...aloneFindings(all),
    ...quickFindings(all),
    ...LIFEGUARD_PARTS.flatMap((parts) => findingsOf(all, parts)),
  ];
}

function findingsOf(all: Summaries, parts: LifeguardParts): Finding[] {
  if (parts === 'SWIM') return shortFindings(all);
  const printed = PUBLISHED_INTERVAL[parts];
  const swim = PUBLISHED_INTERVAL.SWIM;
  const share = (of: 'falseDeaths' | 'falseDeathsAtHealthy') => (100 * printed[of]) / swim[of];
  const held = (
    quantity: string,
    measure: string,
    expected: number,
    tolerance: number,
    note: string,
  ) => {
    const ours = totalOf(all, parts, measure);
    const base = totalOf(all, 'SWIM', measure);
    if (ours === undefined || base === undefined) return [];
    return [
      judge({
        ...{ quantity, at: parts, statistic: percent(ours, base), expected, tolerance, note },
        ...{ basis: 'published' as const, source: SOURCE },
      }),
    ];
  };
  return [
    ...held(
      'false deaths, % of SWIM',
      'false_deaths',
      share('falseDeaths'),
      FALSE_DEATHS_TOLERANCE[parts]!,
      'tolerance set before the runs: how many there are hangs on scheduling on the host',
    ),
    ...held(
      'false deaths at healthy members, % of SWIM',
      'false_deaths_at_healthy',
      share('falseDeathsAtHealthy'),
      AT_HEALTHY_TOLERANCE[parts]!,
      'tolerance: fewer than SWIM, or 10 points; they come in bursts of up to 127',
    ),
    ...held(
      'messages, % of SWIM',
      'messages',
      printed.messagesPct,
      TRAFFIC_TOLERANCE,
      'tolerance set before the runs',
    ),
    ...held(
      'bytes, % of SWIM',
      'sent_mib',
      printed.bytesPct,
      TRAFFIC_TOLERANCE,
      'tolerance set before the runs; theirs are compressed, ours not',
    ),
  ];
}

/** Whoever is accused at the end of a block has been heard at the end of the next, before the suspicion runs out. */
function shortFindings(all: Summaries): Finding[] {
  const short = sumOf(all, 'SWIM', 'short', 'false_deaths');
  const total = totalOf(all, 'SWIM', 'false_deaths');
  if (short === undefined || total === undefined) return [];
  return [
    judge({
      quantity: 'false deaths where blocks are shorter than suspicions, % of all',
      at: 'SWIM',
      statistic: percent(short, total),
      expected: 0,
      tolerance: 2,
      basis: 'theory',
      source: 'a refutation is in at the end of the next block, before the suspicion runs out',
      note: 'tolerance: refutations that take more than one block',
    }),
  ];
}

/** Where the sums are not run: one pair of periods. */
function quickFindings(all: Summaries): Finding[] {
  return all
    .filter(({ cell }) => cell.blocks === 'one' && isRare(cell.variant))
    .flatMap(({ cell, measures }) => {
      const swim = at(all, { ...cell, variant: 'SWIM' });
      if (swim === undefined) return [];
      return [
        judge({
          quantity: 'false deaths, % of SWIM: below 10',
          at: `${cell.variant}, ${cell.anomalous} blocked for 33 s, open for 1 ms`,
          statistic: percent(
            estimateOf(measures.false_deaths),
            estimateOf(swim.measures.false_deaths),
          ),
          ...{ expected: 5, tolerance: 5, range: true },
          basis: 'published',
          source: `${SOURCE}, table IV, there of all periods`,
        }),
      ];
    });
}

const isRare = (variant: Variant) => variant === 'LHA-Suspicion' || variant === 'Lifeguard';

/**
 * A member alone: the probe that a block catches has failed when it ends, so that the member accuses one other; that one's
 * refutation must wait for the end of the next block, and a long one outlasts the suspicion. So each block but the first
 * brings one false death.
 */
function aloneFindings(all: Summaries): Finding[] {
  const found = all.find(
    ({ cell }) => cell.variant === 'SWIM' && cell.anomalous === 1 && cell.blocks !== 'short',
  );
  if (found === undefined) return [];
  const { blockedMs } = LIFEGUARD_PERIODS[found.cell.blocks];
  const openMs = LIFEGUARD_OPEN_MS[0];
  const expected = blockedMs.reduce((sum, blocked) => sum + blocksOf(blocked, openMs) - 1, 0);
  return [
    judge({
      quantity: 'false deaths of one member blocked alone, open for 1 ms',
      at: `SWIM, blocked for ${blockedMs.map((ms) => (ms / 1000).toFixed(0)).join(' and ')} s`,
      statistic: found.series.by_open_ms[0],
      expected,
      tolerance: 0.5,
      basis: 'theory',
      source: 'one accusation as each block ends, and no refutation within the next',
    }),
  ];
}

const blocksOf = (blockedMs: number, openMs: number) =>
  Math.round(
    (intervalLengthMs({ anomalous: 1, blockedMs, openMs }) + openMs) / (blockedMs + openMs),
  );

const estimateOf = ({ mean, se, count }: Statistic) => ({ ours: mean, se, count });

// ---- for who runs memberlist ----

function answer(all: Summaries): string[] {
  const lines: string[] = [];
  const swim = totalOf(all, 'SWIM', 'false_deaths');
  const messages = totalOf(all, 'SWIM', 'messages');
  if (swim !== undefined && messages !== undefined) {
    const printed = PUBLISHED_INTERVAL.SWIM.falseDeaths / LIFEGUARD_REPEATS;
    lines.push(
      `SWIM: ${swim.ours.toFixed(0)} false deaths in a sweep over the grid of the paper, which prints ${printed.toFixed(0)}; ${(messages.ours / 1e6).toFixed(1)} million messages, there ${(PUBLISHED_SWIM_MESSAGES / LIFEGUARD_REPEATS / 1e6).toFixed(1)}.`,
    );
  }
  const base = sumOf(all, 'SWIM', 'long', 'false_deaths');
  if (base === undefined) return lines;
  for (const variant of VARIANTS.slice(1)) {
    const found = sumOf(all, variant, 'long', 'false_deaths');
    if (found === undefined) continue;
    const { ours, se } = percent(found, base);
    lines.push(`${variant}: ${ours.toFixed(1)} % of SWIM (standard error ${se.toFixed(1)}).`);
  }
  return lines;
}
