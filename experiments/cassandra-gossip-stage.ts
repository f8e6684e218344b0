/** A gossip stage is slow. Who is convicted? */
import {
  at,
  backlogPerSecond,
  type CellSummary,
  callsPerRound,
  clusterBytes,
  clusterEvents,
  experiment,
  type Finding,
  judge,
  messagesPerSecond,
  pauseToDown,
  saturationSec,
  slowStage,
} from '../src/index.ts';

const SEEDS = 3;
const THRESHOLD = 8;
const WARM_S = 200;
const SLOW_S = 200;
const SLOWNESS_S = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 1, 3, 10, 15, 20, 25];
const BLOCKS_S = [10, 14, 16, 18, 20, 22, 24, 26];

interface Slow extends Record<string, string | number> {
  who: string;
  how: string;
  n: number;
  extra_s: number;
}

const HOW = { each: 'each message takes', once: 'blocked once for' } as const;
const where = ({ who, how, n, extra_s }: Slow) =>
  `${who} of ${n}, ${HOW[how as keyof typeof HOW]} ${extra_s} s`;
const calls = (n: number) => callsPerRound(n, SEEDS);

function queueFindings({ cell, measures }: CellSummary<Slow>): Finding[] {
  const { who, how, n, extra_s } = cell;
  if (who === 'all' || how === 'once' || extra_s === 0) return [];
  const base = { at: where(cell), basis: 'theory' as const };
  const load = messagesPerSecond(calls(n)) * extra_s;
  if (extra_s <= 0.9 * saturationSec(calls(n))) {
    return [
      judge({
        ...base,
        quantity: 'share of the time that the slow stage is at work',
        statistic: measures.busy_frac,
        expected: load,
        tolerance: 0.02 * load, // some messages of the time before, and some of it are served after
        source: 'SYNs, ACKs and ACK2s: 2 + c a second, c SYNs of its own a round',
      }),
    ];
  }
  // Near saturation the queue is a matter of chance; above 3 s it is convicted for a time, and called by fewer.
  if (extra_s < saturationSec(calls(n)) || extra_s > 3) return [];
  return [
    judge({
      ...base,
      quantity: 'messages that wait at the end',
      statistic: measures.most_waiting,
      expected: backlogPerSecond(extra_s, calls(n)) * SLOW_S,
      tolerance: 0.03 * SLOW_S, // others call it by chance; the first to wait are served by a mix of their own
      source:
        'A - 1/s a second, where A = 1 + c + 1/(s A) come in: an ACK2 for each ACK that it makes',
    }),
  ];
}

/** Who takes the heartbeat of a slow node for that of a dead one, and whom it accuses. */
function blameFindings({ cell, measures }: CellSummary<Slow>): Finding[] {
  const { who, how, extra_s } = cell;
  const base = { at: where(cell), basis: 'theory' as const, tolerance: 0 };
  const findings = [
    judge({
      ...base,
      quantity: 'convictions by the slow node, or of and by others',
      statistic:
        measures.by_slow.max > measures.elsewhere.max ? measures.by_slow : measures.elsewhere,
      expected: 0,
      source: 'Gossiper.doStatusCheck: who is more than 1 s behind judges nobody',
    }),
  ];
  // A little above saturation some stages are not behind at some moments: see the remarks.
  const isFarBehind = how === 'once' || extra_s >= 1 || extra_s < 0.3;
  if (who === 'all' ? isFarBehind : how === 'each' && extra_s <= 3) {
    findings.push(
      judge({
        ...base,
        quantity: who === 'all' ? 'convictions with all slow' : 'convictions of the slow node',
        statistic: measures.of_slow,
        expected: 0,
        source:
          who === 'all'
            ? 'doStatusCheck: everybody is behind, and judges nobody'
            : 'late answers carry the heartbeat of the moment, and leave more often than every 18 s',
      }),
    );
  }
  return findings;
}

/** The step: half of the observers are told too late at the same length as with a pause of the whole process. */
function stepFindings(summaries: readonly CellSummary<Slow>[]): Finding[] {
  const sizes = [...new Set(summaries.map(({ cell }) => cell.n))];
  return sizes.flatMap((n) => {
    const steps = summaries
      .filter(({ cell }) => cell.n === n && cell.how === 'once' && cell.who === 'one')
      .sort((p, q) => p.cell.extra_s - q.cell.extra_s);
    const high = steps.findIndex(({ measures }) => measures.observers_frac.mean > 0.5);
    if (high < 1) return [];
    const [below, above] = [steps[high - 1], steps[high]];
    const [f0, f1] = [below, above].map(({ measures }) => measures.observers_frac.mean);
    const [b0, b1] = [below.cell.extra_s, above.cell.extra_s];
    const half = b0 + ((0.5 - f0) / (f1 - f0)) * (b1 - b0);
    const expected = pauseToDown({
      ...{ n, seeds: SEEDS, threshold: THRESHOLD },
      windowMeanSec: above.measures.window_s.mean,
    });
    const slope = (f1 - f0) / (b1 - b0);
    // Of the two shares, and of the window that the expected value is made of.
    const se = Math.hypot(
      Math.max(below.measures.observers_frac.se, above.measures.observers_frac.se) / slope,
      THRESHOLD * Math.LN10 * above.measures.window_s.se,
    );
    return [
      judge({
        quantity: 'blockade at which half of the others say DOWN (s)',
        at: `n = ${n}, between ${b0} and ${b1} s`,
        statistic: { ours: half, se, count: above.measures.observers_frac.count },
        expected,
        // The first message that the stage begins, and blocks it, comes up to 1/3 s late; linear between two blockades.
        tolerance: saturationSec(calls(n)) + 0.25 * (b1 - b0),
        basis: 'theory',
        source:
          'silence as by a pause of the process: threshold ln 10 means of the window (pause-theory.ts)',
      }),
    ];
  });
}

export default experiment<Slow>({
  name: 'cassandra-gossip-stage',
  question:
    "A Cassandra node's gossip stage is slow: at which service time does the cluster flap, and who is convicted?",
  claim:
    'A stage gets three messages a second, so that above a third of a second for each its queue grows without end. Its node is not convicted for that: late answers carry the heartbeat of the moment. What convicts it is one silence of 18 s and more; it accuses nobody, as who is behind judges nobody.',
  source: 'Gossiper.doStatusCheck; verb handlers on Stage.GOSSIP; queueing derived here',
  seed: 'cassandra-gossip-stage',
  axes: {
    who: 'whose stage is slow: one node, no seed; or all',
    how: "'each': each message takes longer, for 200 s; 'once': the stage is blocked once",
    n: 'nodes',
    extra_s: 'how much longer, s',
  },
  grid: {
    who: ['one', 'all'],
    how: ['each', 'once'],
    n: [4, 10, 30, 100],
    extra_s: [...new Set([...SLOWNESS_S, ...BLOCKS_S])].sort((p, q) => p - q),
  },
  where: ({ how, extra_s }) =>
    how === 'each' ? SLOWNESS_S.includes(extra_s) : BLOCKS_S.includes(extra_s),
  replicates: ({ n }) => (n === 100 ? 4 : n === 30 ? 6 : 12),
  quick: { grid: { n: [4, 10], extra_s: [0.2, 1, 18, 20, 22, 25] }, replicates: 4 },
  fixed: { version: '4.1', seeds: SEEDS, threshold: THRESHOLD, warm_up_s: WARM_S, latency_ms: 0.5 },
  measures: {
    of_slow: 'convictions of a slow node',
    by_slow: 'convictions by the slow node',
    elsewhere: 'convictions of others by others',
    observers_frac: 'share of the others that convicted the slow node; none with all slow',
    first_s: 'from the beginning until the first conviction, s',
    busy_frac: 'share of the time that the slow stage was at work',
    most_waiting: 'messages in its queue, at most',
    window_s: 'mean arrival window of the slow node at the others, before, s',
  },
  events: ({ n }) => clusterEvents(n, WARM_S + SLOW_S),
  bytes: ({ n }) => clusterBytes(n),
  run: ({ who, how, n, extra_s }, seed) => ({
    ...slowStage({
      ...{ n, extraS: extra_s, warmS: WARM_S, slowS: SLOW_S, seed },
      who: who as 'one' | 'all',
      how: how as 'each' | 'once',
      options: { version: '4.1', threshold: THRESHOLD, shortRun: true, stage: {} },
    }),
  }),
  findings: (summaries) => [
    ...summaries.flatMap(queueFindings),
    ...stepFindings(summaries),
    ...summaries.flatMap(blameFindings),
  ],
  answer,
  figures: [
    {
      name: 'queue',
      title: 'Messages that wait for a slow gossip stage after 200 s',
      caption:
        'One node is slow. It gets three messages a second, and cannot keep up above a third of a second for each. Bands: 95 % interval of the mean.',
      x: { field: 'extra_s', title: 'each message takes (s)', scale: 'log' },
      y: { field: 'most_waiting', title: 'messages waiting' },
      color: { field: 'n', title: 'nodes' },
      where: ({ who, how, extra_s }) =>
        who === 'one' && how === 'each' && Number(extra_s) > 0 && Number(extra_s) <= 3,
      references: [
        {
          label: 'A - 1/s a second',
          at: ({ n, extra_s }) => backlogPerSecond(Number(extra_s), calls(Number(n))) * SLOW_S,
          mark: 'line',
        },
      ],
    },
    {
      name: 'convicted',
      title: 'Who says DOWN of the slow node',
      caption: 'Share of the other nodes that convicted it. Bands: 95 % interval of the mean.',
      x: { field: 'extra_s', title: 'how slow: each message, or once (s)' },
      y: { field: 'observers_frac', title: 'share of the others' },
      color: { field: 'n', title: 'nodes' },
      facet: { field: 'how', title: 'slow' },
      where: ({ who, how, extra_s }) => who === 'one' && (how === 'once' || Number(extra_s) >= 3),
    },
  ],
  remarks: [
    'A SYN says nothing of its sender: it carries digests. A heartbeat leaves in an ACK or ACK2, which the stage makes: one that is blocked silences its node, though the timer goes on counting.',
    'A slow node is blind rather than dead. Its answers come minutes late, what it knows is as old as its queue, and an echo that it answers after 10 s is void.',
    'With all stages far behind nobody is convicted: who is behind skips its status check, and would convict no node that has died either. A little above saturation (0.4 and 0.5 s, 30 and 100 nodes) some stages are not behind at some moments, and convict others whose news is late: that is where a cluster flaps.',
    'Queues above saturation are some 15 to 20 messages shorter than by theory, whatever a message takes: theory has the growth once the queue is a steady mix of messages, and it begins empty.',
    'In CASSANDRA-3831 and 6127 whole clusters flapped since each STATUS blocked stages for many seconds. Blocking all stages at the same time does not show that here: see the convictions with all blocked once. How long a start blocks them: cassandra-start-storm.',
    'Windows are 200 s old here. A node that has just started convicts later, as its window holds little but the first sample of 2 s; and one whose backlog brought it many samples at once convicts sooner.',
  ],
});

function answer(summaries: readonly CellSummary<Slow>[]): string[] {
  const n = Math.max(...summaries.map(({ cell }) => cell.n));
  const lines = [
    `The stage of a node gets ${messagesPerSecond(calls(n)).toFixed(2)} messages a second (${n} nodes, ${SEEDS} seeds). Above ${(1000 * saturationSec(calls(n))).toFixed(0)} ms for each it falls behind for good.`,
  ];
  const behind = at(summaries, { who: 'one', how: 'each', n, extra_s: 1 })?.measures;
  if (behind !== undefined) {
    lines.push(
      `At 1 s for each, ${behind.most_waiting.mean.toFixed(0)} messages wait after ${SLOW_S} s; ${behind.of_slow.max === 0 ? 'nobody has taken it for dead' : `it was taken for dead ${behind.of_slow.mean.toFixed(1)} times`}, and it accuses nobody.`,
    );
  }
  const blocks = summaries.filter(
    ({ cell }) => cell.who === 'one' && cell.how === 'once' && cell.n === n,
  );
  const safe = blocks.filter(({ measures }) => measures.observers_frac.max === 0);
  const fatal = blocks.filter(({ measures }) => measures.observers_frac.mean > 0.5);
  if (safe.length > 0 && fatal.length > 0) {
    const longest = Math.max(...safe.map(({ cell }) => cell.extra_s));
    const shortest = Math.min(...fatal.map(({ cell }) => cell.extra_s));
    lines.push(
      `A stage that is blocked once for ${longest} s is noticed by nobody, one of ${shortest} s by more than half of the nodes: it is your node that is convicted, never the others.`,
    );
  }
  lines.push(
    'If many nodes go DOWN and UP in your log, look for what blocks their stages, not the one that reports it.',
  );
  return lines;
}
