/** What hangs on how fast a member works off what has piled up while it was blocked? */
import {
  at,
  type CellSummary,
  experiment,
  type Finding,
  judge,
  LIFEGUARD_ANOMALOUS,
  LIFEGUARD_FIXED,
  LIFEGUARD_OPEN_MS,
  LIFEGUARD_REPEATS,
  lifeguardInterval,
  PUBLISHED_BY_ANOMALOUS,
} from '../src/index.ts';

interface Backlog extends Record<string, string | number> {
  parts: 'SWIM' | 'Lifeguard';
  anomalous: number;
  each_ms: number;
  blocks: 'all' | 'one';
}

const { members: MEMBERS, latencyMs: LATENCY_MS, alpha: ALPHA, beta: BETA } = LIFEGUARD_FIXED;
/** Shorter than the shortest suspicion, and longer. 128 and 512 ms bring no false deaths. */
const SHORT_MS = [2048, 8192];
const LONG_MS = [16_384, 32_768];
/** Later it has all been read: 16.4 s bring no false deaths. */
const OPEN_MS = LIFEGUARD_OPEN_MS.slice(0, -1);
const FASTEST = 0;
const SLOWEST = 0.1;
const READ_OFF = 0.1; // the figure, by eye
const SOURCE = 'Dadgar, Phillips, Currey 2018, figure 2';

const periodsOf = ({ blocks }: Backlog) =>
  blocks === 'all'
    ? { short: SHORT_MS, long: LONG_MS, openMs: OPEN_MS }
    : { short: [8192], long: [32_768], openMs: [1] };

export default experiment<Backlog>({
  name: 'lifeguard-backlog',
  question:
    'How much hangs on how fast a slow member works off what has piled up while it was blocked?',
  claim:
    'Refutations are in the pile: who is open too shortly to read it holds healthy members to be dead even if blocks are shorter than suspicions. The false deaths that are published lie between those of members that read all at once and of such that need 0.1 ms a packet.',
  source: `derived here; ${SOURCE}`,
  seed: 'lifeguard-backlog',
  axes: {
    parts: 'SWIM: nothing is on; Lifeguard: all of it, local health as the paper has it',
    anomalous: 'members of 128 that are blocked again and again, in step',
    each_ms: 'time that they take to read a packet, ms; 0: all that has piled up at once',
    blocks: 'all: blocked for 2 to 33 s, open for 1 ms to 4 s; one: 8 and 33 s, open for 1 ms',
  },
  grid: {
    parts: ['SWIM', 'Lifeguard'],
    anomalous: [1, 8],
    each_ms: [FASTEST, 0.02, 0.05, SLOWEST],
    blocks: ['all'],
  },
  replicates({ parts, each_ms }) {
    if (each_ms !== FASTEST && each_ms !== SLOWEST) return 2; // not judged
    return parts === 'Lifeguard' ? 8 : 4;
  },
  quick: {
    grid: { anomalous: [1], each_ms: [FASTEST, SLOWEST], blocks: ['one'] },
    replicates: 2,
  },
  fixed: LIFEGUARD_FIXED,
  measures: {
    false_deaths: 'times that anybody declared a healthy member dead',
    short_false_deaths: 'of these, where blocks are shorter than the shortest suspicion, 10.5 s',
    false_deaths_at_healthy: 'of these, by healthy members',
  },
  events: ({ anomalous, blocks }) => (blocks === 'all' ? 28 : 2) * (150_000 + 20_000 * anomalous),
  bytes: () => 60e6,
  run,
  findings: (summaries) => [...bounds(summaries), ...atOnce(summaries)],
  answer,
  remarks: [
    'The paper says what blocks (sends, and what has been received), not how much a member reads in a millisecond. Here packets are read one at a time, only while a member is open, in the order in which they were sent, without a limit to the pile; connections are not, so that a push/pull after a block sets right at once what the pile would have said later.',
    'The bounds were stated after a look at single runs with one member blocked, and before any with eight. No value of the reading time is claimed to be that of the published host.',
  ],
  figures: [
    {
      name: 'reading',
      title: 'False deaths by the time to read a packet',
      caption:
        'A sweep over blocks of 2 to 33 s and times open of 1 ms to 4 s; mean over runs and its 95 % interval; dashed: a tenth of the published sum over ten repetitions, read off a figure to 10 %.',
      x: { field: 'each_ms', title: 'time to read a packet (ms)' },
      y: { field: 'false_deaths', title: 'false deaths in a sweep', scale: 'log' },
      color: { field: 'parts', title: 'what is on' },
      facet: { field: 'anomalous', title: 'members blocked, of 128' },
      references: [{ label: 'paper', mark: 'line', at: (cell) => publishedOf(cell as Backlog) }],
    },
  ],
});

function run(cell: Backlog, seed: string) {
  const { parts, anomalous, each_ms } = cell;
  const { short, long, openMs } = periodsOf(cell);
  let [all, inShort, atHealthy] = [0, 0, 0];
  for (const blockedMs of [...short, ...long]) {
    for (const open of openMs) {
      const found = lifeguardInterval(
        {
          ...{ n: MEMBERS, latencyMs: LATENCY_MS, alpha: ALPHA, beta: BETA, parts },
          ...{ rules: 'paper', seed: `${seed} ${blockedMs} ${open}` },
          ...(each_ms === 0 ? {} : { reader: { eachMs: each_ms } }),
        },
        { anomalous, blockedMs, openMs: open },
      );
      all += found.falseDeaths;
      atHealthy += found.falseDeathsAtHealthy;
      if (short.includes(blockedMs)) inShort += found.falseDeaths;
    }
  }
  return { false_deaths: all, short_false_deaths: inShort, false_deaths_at_healthy: atHealthy };
}

/** In a sweep. */
function publishedOf({ parts, anomalous }: Backlog): number {
  const place = LIFEGUARD_ANOMALOUS.indexOf(anomalous);
  return PUBLISHED_BY_ANOMALOUS[parts]![place] / LIFEGUARD_REPEATS;
}

// ---- findings ----

type Summaries = readonly CellSummary<Backlog>[];

/** Fewer than published where all is read at once, more where it takes longest. */
function bounds(all: Summaries): Finding[] {
  return all
    .filter(({ cell }) => cell.blocks === 'all')
    .flatMap(({ cell, measures }) => {
      const isFastest = cell.each_ms === FASTEST;
      if (!isFastest && cell.each_ms !== SLOWEST) return [];
      const { mean, se, count } = measures.false_deaths;
      const published = publishedOf(cell);
      const [low, high] = isFastest ? [0, 1 + READ_OFF] : [1 - READ_OFF, 20];
      return [
        judge({
          quantity: `false deaths for one published: ${isFastest ? 'at most' : 'at least'} 1`,
          at: `${cell.parts}, ${cell.anomalous} blocked, ${isFastest ? 'read at once' : `${cell.each_ms} ms a packet`}`,
          statistic: { ours: mean / published, se: se / published, count },
          ...{ expected: (low + high) / 2, tolerance: (high - low) / 2, range: true },
          basis: 'published',
          source: SOURCE,
          note: 'the figure is read off to 10 %',
        }),
      ];
    });
}

/** A member alone has read the refutation as the next block ends, before a suspicion of 10.5 s has. */
function atOnce(all: Summaries): Finding[] {
  return all
    .filter(({ cell }) => cell.each_ms === FASTEST && cell.anomalous === 1)
    .map(({ cell, measures }) =>
      judge({
        quantity: 'false deaths where blocks are shorter than suspicions',
        at: `${cell.parts}, one blocked, read at once`,
        statistic: measures.short_false_deaths,
        expected: 0,
        tolerance: 0.5,
        basis: 'theory',
        source: 'the refutation is read as the next block ends',
      }),
    );
}

// ---- for who runs memberlist ----

function answer(all: Summaries): string[] {
  return all
    .filter(({ cell }) => cell.each_ms === SLOWEST)
    .flatMap(({ cell, measures }) => {
      const fast = at(all, { ...cell, each_ms: FASTEST });
      if (fast === undefined) return [];
      const printed =
        cell.blocks === 'all' ? `; the paper has about ${publishedOf(cell).toFixed(0)}` : '';
      return [
        `${cell.parts}, ${cell.anomalous} of ${MEMBERS} blocked: ${fast.measures.false_deaths.mean.toFixed(0)} false deaths if what has piled up is read at once, ${measures.false_deaths.mean.toFixed(0)} if a packet takes ${SLOWEST} ms${printed}.`,
      ];
    });
}
