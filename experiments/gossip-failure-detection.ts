/** How long does gossip take to detect a crash, if mistakes must be rare? The figures of van Renesse et al. 1998. */
import {
  type CellSummary,
  detectionExcess,
  experiment,
  type Figure,
  type Finding,
  faults,
  GOSSIP_AXES,
  GOSSIP_BASE,
  GOSSIP_FIXED,
  type GossipCell,
  gossipGroup,
  gossipSeconds,
  groupOf,
  heartbeat,
  judge,
  qos,
  secondsToFail,
  simulate,
  variedIn,
} from '../src/index.ts';

const VICTIM = 0;
/** T_fail is only added to what comes on top, so stricter promises show nothing new on another clock or of others. */
const LAXEST = 1e-3;

const excessOf = (cell: GossipCell) => detectionExcess(groupOf(cell), cell.clock);
const failSeconds = (cell: GossipCell) => secondsToFail(groupOf(cell), cell.promised);

export default experiment<GossipCell>({
  name: 'gossip-failure-detection',
  question:
    'How long does it take until every member has noticed a crash, if mistakes must be rare?',
  claim:
    'A member detects a crash T_fail after the last news of it: m of them on average T_fail + (H(m - 1) - 1) T_gossip / q after the crash, where a call reaches a live member with probability q; with periodic gossip T_gossip / 2m more. So T_D grows as n log n where bandwidth is fixed, and by about 7 T_gossip / q for a promise a thousand times stricter.',
  source: 'van Renesse, Minsky, Hayden 1998, section 3 (T_fail); T_D is derived in the remarks',
  seed: 'gossip-failure-detection',
  axes: GOSSIP_AXES,
  grid: {
    n: [10, 20, 50, 100, 150],
    failed: [0, 10, 20, 30, 40],
    loss: [0, 0.05, 0.1, 0.2, 0.5],
    promised: [1e-3, 1e-6, 1e-9],
    clock: ['periodic', 'poisson'],
  },
  where: (cell) => variedIn(cell) <= 1 && (cell.clock === 'periodic' || cell.promised >= LAXEST),
  replicates: ({ promised }) => (promised === LAXEST ? 400 : 150),
  quick: {
    grid: { n: [10, 50], failed: [0, 40], loss: [0, 0.5], promised: [1e-3, 1e-9] },
    replicates: 30,
  },
  fixed: GOSSIP_FIXED,
  measures: {
    detected: 'whether all live members had noticed the crash by the end',
    fail_s: 'T_fail',
    t_first_s: 'time from the crash until the first member suspected for good',
    t_mean_s: 'the same, mean over the members',
    t_last_s: 'until the last one',
    excess_mean_periods: '(t_mean_s - fail_s) / T_gossip',
    excess_last_periods: '(t_last_s - fail_s) / T_gossip',
    mistakes: 'wrong suspicions during the run, pairs',
    bytes_per_member_s:
      'payload that a live member sends per second; its list loses the entry of who crashed',
  },
  events({ n, failed, loss, promised }) {
    const reaching = ((n - failed) / n) * (1 - loss);
    const messages = ((n - failed) * (70 - Math.log(promised))) / reaching;
    return messages * (14 + n / 20); // a list costs as much as so many small events
  },
  bytes: ({ n }) => 100 * n * n,
  run(cell, seed) {
    const { n, failed } = cell;
    const { scenario, options, failures, periodMs, settledPeriods } = gossipGroup(cell);
    // A moment that no clock of the group knows of.
    const crashMs = settledPeriods * periodMs;
    const horizonMs = crashMs + options.failMs + settledPeriods * periodMs;
    const meter = qos({ n, endMs: horizonMs });
    const { traffic } = simulate({
      ...scenario,
      seed,
      protocol: heartbeat(options),
      faults: faults.faults(failures, faults.crash({ nodes: [VICTIM], atMs: crashMs })),
      horizonMs,
      observers: [meter],
    });
    const { detection, mistakes } = meter.quality();
    const { undetected, firstMs, meanMs, lastMs } = detection.crashes.find(
      ({ subject }) => subject === VICTIM,
    )!;
    const inSeconds = (ms: number | null) => (ms === null ? null : ms / 1000);
    const excess = (ms: number | null) => (ms === null ? null : (ms - options.failMs) / periodMs);
    const memberMs = (n - failed) * horizonMs - (horizonMs - crashMs);
    return {
      detected: undetected === 0,
      fail_s: options.failMs / 1000,
      t_first_s: inSeconds(firstMs),
      t_mean_s: inSeconds(meanMs),
      t_last_s: inSeconds(lastMs),
      excess_mean_periods: excess(meanMs),
      excess_last_periods: excess(lastMs),
      mistakes,
      bytes_per_member_s: traffic.bytesSent / (memberMs / 1000),
    };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  remarks: [
    "Derivation: the last news of who crashes left it with its last call that reached a live member. On Poisson clocks that was 1/q T_gossip before the crash; in periodic gossip the last call was a uniform time ago and those before it a period each, which makes 1/q - 1/2. From that first of the m observers the news spreads as in the paper's analysis, from k to k + 1 at rate k (m - k) P_arrival / (n - 1): it reaches the mean observer H(m - 1)/q later and the last one twice that, less 1/2 for all but the first in periodic gossip (src/experiment/gossip-spread-theory.ts).",
    "The values of the paper's figures were not at hand. Its detection time is T_fail by the recurrence, drawn dashed; what comes on top, some T_gossip, it does not count.",
    'Partners are any of the n, dead or alive, as in the analysis. The protocol as published would call only members that it does not suspect; failed members would then cost nothing once they are suspected.',
    'Judged at the exact time. A member that judges at its own rounds is later by half a T_gossip in the mean, on a Poisson clock by a whole one. A gossip takes a microsecond here; a latency adds itself at each hop of the last news, which is little beside T_gossip = 0.3 to 4.8 s.',
    'An entry whose news is T_fail old is not gossiped any more. That touches news only that has been under way for T_fail, so the closed forms are off by less than P_mistake times a few T_gossip.',
  ],
  figures: [
    {
      ...detectionTime('n', 'members'),
      name: 'members',
      title: 'Detection time against members',
      where: ({ failed, loss, clock }) => clock === 'periodic' && failed === 0 && loss === 0,
    },
    {
      ...detectionTime('loss', 'loss'),
      name: 'loss',
      title: 'Detection time against loss, 50 members',
      where: ({ n, failed, clock }) => clock === 'periodic' && n === GOSSIP_BASE.n && failed === 0,
    },
    {
      ...detectionTime('failed', 'failed members, of 50'),
      name: 'failed',
      title: 'Detection time against failed members',
      where: ({ n, loss, clock }) => clock === 'periodic' && n === GOSSIP_BASE.n && loss === 0,
    },
    {
      name: 'excess',
      title: 'What comes on top of T_fail: the last news must arrive',
      caption:
        'Mean over the observers of a crash, no loss, nobody failed before; band: 95 % confidence interval; dashed: exact.',
      x: { field: 'n', title: 'members', scale: 'log' },
      y: { field: 'excess_mean_periods', title: '(T_D − T_fail) / T_gossip' },
      color: { field: 'clock', title: 'gossip' },
      where: ({ failed, loss, promised }) => failed === 0 && loss === 0 && promised === LAXEST,
      references: [
        {
          label: 'the way of the last news',
          mark: 'line',
          at: (cell) => excessOf(cell as GossipCell).mean,
        },
      ],
    },
  ],
});

function findingsOf({ cell, measures }: CellSummary<GossipCell>): Finding[] {
  const { n, failed, loss, promised, clock } = cell;
  const period = gossipSeconds(n);
  const fail = failSeconds(cell);
  const excess = excessOf(cell);
  const observers =
    promised === LAXEST ? (['first', 'mean', 'last'] as const) : (['mean'] as const);
  return observers.map((observer) =>
    judge({
      quantity: `T_D, ${observer} observer, ${clock} (s)`,
      at: `n = ${n}, failed ${failed}, loss ${loss}, P = ${promised}`,
      statistic: measures[`t_${observer}_s`],
      expected: fail + excess[observer] * period,
      tolerance: 0,
      basis: 'theory',
      source: 'exact: T_fail of vR98, and the way of the last news',
    }),
  );
}

/** Detection time against an axis, a line for each promise. */
function detectionTime(field: 'n' | 'loss' | 'failed', title: string) {
  return {
    caption:
      'Mean over the observers of a crash; band: 5 % to 95 % of the runs; dashed: T_fail of the analysis, at 250 B/s for each member.',
    x: { field, title },
    y: { field: 't_mean_s', title: 'detection time (s)' },
    color: { field: 'promised', title: 'P_mistake' },
    band: 'quantiles',
    references: [
      {
        label: 'T_fail (van Renesse et al. 1998)',
        mark: 'line',
        at: (cell) => failSeconds(cell as GossipCell),
      },
    ],
  } satisfies Omit<Figure, 'name' | 'title' | 'where'>;
}
