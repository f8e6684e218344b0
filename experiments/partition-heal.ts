/** A group is cut in two for a while. Does it find together again, and how fast? */
import {
  type CellSummary,
  complete,
  constant,
  exactPushRounds,
  experiment,
  exponentFor,
  type Finding,
  type HeartbeatOptions,
  healing,
  heartbeat,
  judge,
  longerPush,
  type Micros,
  type Observer,
  PERIOD_MS,
  partitioned,
  reunion,
  SUSPECTED,
  simulate,
  TRUSTED,
  UserError,
} from '../src/index.ts';

const CLEANUPS = 2; // T_cleanup / T_fail, as in the paper
const LONG = 40; // periods of T_fail: the paper's analysis gives P_mistake below 1e-9 for 100 nodes
const CUT = 30; // periods before the cut, which comes in the middle between two rounds
const AFTER = 60; // periods watched after it
const HALF = 0.5;
const BROADCAST = { everyMs: PERIOD_MS, mostMs: 20_000, expectedMs: 10_000 }; // as in the paper

const RECOVERIES: Record<string, Partial<HeartbeatOptions>> = {
  none: { partners: 'members' },
  broadcast: { partners: 'members', broadcast: BROADCAST },
  'static addresses': { partners: 'overlay' },
};

interface Parting extends Record<string, string | number> {
  recovery: string;
  n: number;
  minority: number;
  fail_periods: number;
  cut_periods: number;
}

function sidesOf({ n, minority }: Parting): [number, number] {
  const few = Math.round(minority * n);
  if (few >= 1 && few < n) return [few, n - few];
  throw new UserError(
    `partition-heal: minority must leave nodes on both sides; got ${minority} of ${n} nodes`,
  );
}
/** Pairs of members of different sides. */
const across = (cell: Parting) => 2 * sidesOf(cell)[0] * sidesOf(cell)[1];
const where = ({ recovery, n, minority, cut_periods }: Parting) =>
  `${recovery}, n = ${n}, ${100 * minority} % cut off for ${cut_periods} periods`;

/** When, after the cut, everybody suspects everybody of the other side; null if that does not happen. */
function parting(pairs: number, cut: Micros): Observer & { allMs(): number | null } {
  let suspected = 0;
  let all = Number.NaN;
  return {
    onFact(now, fact) {
      if (fact === SUSPECTED) suspected++;
      if (fact === TRUSTED) suspected--;
      if (suspected === pairs && Number.isNaN(all)) all = now;
    },
    allMs: () => (Number.isNaN(all) ? null : (all - cut) / 1000),
  };
}

/** [period] bytes sent in each period since the partition healed. */
function bill(healed: Micros): Observer & { bytes: Float64Array } {
  const bytes = new Float64Array(AFTER + 1);
  return {
    bytes,
    onSend(now, _from, _to, _message, size) {
      if (now >= healed) bytes[Math.floor((now - healed) / (PERIOD_MS * 1000))] += size;
    },
  };
}

/** The mean time from the healing until all is well, after broadcasts; each toss is half a period off the healing. */
function broadcastMs(cell: Parting): number {
  const { n, cut_periods } = cell;
  const [few, many] = sidesOf(cell);
  const { steps, only } = reunion({
    sides: [few, many],
    before: CUT,
    during: cut_periods,
    most: BROADCAST.mostMs / BROADCAST.everyMs,
    exponent: exponentFor(n, BROADCAST),
  });
  // One side has heard the other's broadcast: it knows both now, and must tell the other one of itself.
  const rounds = only[0] * exactPushRounds(n, many) + only[1] * exactPushRounds(n, few);
  return (steps - 0.5 + rounds) * PERIOD_MS;
}

function findingsOf({ cell, measures }: CellSummary<Parting>): Finding[] {
  const { recovery, n, fail_periods, cut_periods } = cell;
  if (fail_periods < LONG || cell.minority < HALF) return []; // ghosts, and a minority that starves: see the remarks
  const base = { at: where(cell), basis: 'theory' as const };
  const lost = cut_periods > CLEANUPS * fail_periods;
  const findings: Finding[] = [];
  if (lost) {
    findings.push(
      judge({
        ...base,
        quantity: 'pairs that suspect each other when it heals',
        statistic: measures.wrong_pairs,
        expected: across(cell),
        tolerance: 0,
        source: 'every pair of different sides',
      }),
    );
  }
  if (lost || cut_periods < fail_periods) {
    findings.push(
      judge({
        ...base,
        quantity: 'share of partitions that heal',
        statistic: measures.healed,
        expected: lost && recovery === 'none' ? 0 : 1,
        tolerance: 0.1,
        source: 'van Renesse et al. 1998: who has failed the other side never calls it again',
      }),
    );
  }
  if (lost && recovery === 'broadcast') {
    const expected = broadcastMs(cell);
    findings.push(
      judge({
        ...base,
        quantity: 'broadcast: time until all is well (ms)',
        statistic: measures.clear_ms,
        expected,
        tolerance: 0.02 * expected,
        source: 'age of the last broadcast as a Markov chain on each side, then push from one side',
      }),
    );
  }
  if (lost && recovery === 'static addresses') {
    findings.push(
      judge({
        ...base,
        quantity: 'static addresses: time until all is well (ms)',
        statistic: measures.clear_ms,
        expected: (longerPush(n, sidesOf(cell)) - 0.5) * PERIOD_MS,
        tolerance: 0.1 * PERIOD_MS, // the two directions share the calls
        source: 'the longer of two pushes, one from each side',
      }),
    );
  }
  return findings;
}

export default experiment<Parting>({
  name: 'partition-heal',
  question: 'A group is cut in two for a while: does it find together again, and how fast?',
  claim:
    'Members that are picked from the list never meet the other side again once all have failed it, 10 to 30 periods after T_fail, unless T_fail is too short for the group or a side too small to feed itself. Broadcasts bring the sides together: the first one comes 4 s after the healing in the mean, and all is well within 20 s and the time of a push. Static addresses do so at once.',
  source: 'van Renesse, Minsky, Hayden 1998, on catastrophe recovery; waiting time derived here',
  seed: 'partition-heal',
  axes: {
    recovery:
      'none: partners are members that are trusted, as in the paper; broadcast: with its broadcasts; static addresses: partners are any nodes of the plan',
    n: 'nodes',
    minority: 'share of the nodes that are cut off from the others',
    fail_periods: 'T_fail in periods of 1000 ms; T_cleanup is twice as long',
    cut_periods: 'length of the cut in periods',
  },
  grid: {
    recovery: Object.keys(RECOVERIES),
    n: [20, 60, 200],
    minority: [0.1, HALF],
    fail_periods: [20, LONG],
    cut_periods: [10, 20, 25, 30, 40, 45, 50, 55, 60, 70, 100],
  },
  where: ({ recovery, minority, fail_periods, cut_periods }) =>
    recovery === 'none'
      ? minority === HALF || fail_periods === LONG
      : fail_periods === LONG && cut_periods === 100,
  replicates: ({ recovery, n, minority }) => {
    if (recovery === 'none' || minority < HALF) return n === 200 ? 50 : 100;
    return recovery === 'broadcast' ? 600 : 400;
  },
  quick: {
    grid: { n: [20, 60], minority: [HALF], fail_periods: [LONG], cut_periods: [30, 45, 60, 100] },
    replicates: 60,
  },
  fixed: {
    exchange: 'push',
    fanout: 1,
    rounds: 'synchronised',
    periodMs: PERIOD_MS,
    cleanupOverFail: CLEANUPS,
    loss: 0,
    latencyMs: 1,
    broadcastEveryMs: BROADCAST.everyMs,
    broadcastMostMs: BROADCAST.mostMs,
    broadcastExpectedMs: BROADCAST.expectedMs,
    cutAfterPeriods: CUT,
    watchedPeriods: AFTER,
  },
  measures: {
    healed: 'whether nobody suspected or missed a live node 60 periods after the cut',
    wrong_pairs: 'pairs that suspected or had dropped each other when the cut ended',
    all_suspected_ms: 'from the cut until everybody suspected all of the other side',
    clear_ms: 'from the healing until nobody suspected or missed a live node',
    settled_ms: 'from the healing until the last such suspicion was taken back',
    bytes_per_node: 'bytes sent per node from the healing until then, headers included',
  },
  events: ({ n, cut_periods }) => n * (CUT + cut_periods + AFTER) * (8 + n / 60),
  bytes: ({ n }) => 5_000_000 + 20 * n * n,
  run(cell, seed) {
    const { recovery, n, fail_periods, cut_periods } = cell;
    const [few] = sidesOf(cell);
    const startMs = (CUT + 0.5) * PERIOD_MS;
    const endMs = startMs + cut_periods * PERIOD_MS;
    const apart = parting(across(cell), startMs * 1000);
    const together = healing({ n, healsMs: [endMs] });
    const cost = bill(endMs * 1000);
    const isFew = (node: number) => node < few;
    const isMany = (node: number) => node >= few;
    simulate({
      seed,
      n,
      protocol: heartbeat({
        failMs: fail_periods * PERIOD_MS,
        cleanupMs: CLEANUPS * fail_periods * PERIOD_MS,
        ...RECOVERIES[recovery],
      }),
      link: partitioned([{ from: isFew, to: isMany, startMs, endMs }], constant({ ms: 1 })),
      overlay: complete,
      rounds: { periodMs: PERIOD_MS, phase: 'synchronised' },
      horizonMs: endMs + AFTER * PERIOD_MS,
      observers: [apart, together, cost],
    });
    const [{ wrong, clearMs, settledMs }] = together.recoveries();
    const periods = clearMs === null ? 0 : Math.ceil(clearMs / PERIOD_MS);
    return {
      healed: settledMs !== null,
      wrong_pairs: wrong,
      all_suspected_ms: apart.allMs(),
      clear_ms: clearMs,
      settled_ms: settledMs,
      bytes_per_node:
        clearMs === null ? null : cost.bytes.slice(0, periods).reduce((a, b) => a + b, 0) / n,
    };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  remarks: [
    'Whom to call: a member that is suspected is on the list until T_cleanup, but it is not called (our reading of the paper: it is considered failed). So the sides lose each other T_fail after the last news, not only at T_cleanup. For 10 to 30 periods after T_fail single pairs still trust each other, since the last news is still on its way; one call between them brings all together again.',
    'The wait for a broadcast: the paper says 10 s in the mean and 20 s at most, for one group whose members all heard the last one. When a partition heals, each side has broadcasts of its own, with fewer members than the exponent is made for, and the silence of neither is fresh: what remains of the two is computed from the age of the last broadcast on each side, from the cut on. It is 4 s, not 10: the silence is older.',
    'After the broadcast the side that heard it knows both sides; the other one learns by push, in as many rounds as push needs from so many informed nodes (Markov chain).',
    'A minority starves. For T_fail nine tenths of its calls go to the other side and are lost, so its members hear too little of each other and suspect each other as well. Who suspects all turns to its contacts again, which is an addition of ours to the paper; these are the nodes of both sides here, so when the cut is over it calls the majority at once, and the larger the minority, the surer. With static addresses the lost calls never end; then its members have dropped some of each other, and all is well later than by push alone. The theory supposes sides that are well in themselves: it is held against halves.',
    'Static addresses: what either side knows of itself spreads by push to the other from the first round on, at once in both directions; the theory is the longer of the two, as if they were independent.',
    'T_fail must suit the group. With 20 periods for 200 nodes, T_cleanup = 2 T_fail does not keep the dead away: the last news of a member reaches some observers more than T_fail after others, so that one still gossips what another has already forgotten and takes for a new member. Each then has it for another T_fail. Such ghosts of the other side live on through a long partition, and by them it heals. The paper chooses T_fail so that this has probability P_mistake; at 40 periods it is below 1e-9 for 100 nodes.',
  ],
  figures: [
    {
      name: 'healed',
      title: 'Whoever is cut off for longer than T_fail is lost, if T_fail suits the group',
      caption:
        'Share of runs in which two halves find together again without broadcasts; band: 95 % confidence interval (Wilson). At T_fail 20 ghosts survive.',
      x: { field: 'cut_periods', title: 'length of the cut (periods)' },
      y: { field: 'healed', title: 'share of partitions that heal' },
      color: { field: 'n', title: 'nodes' },
      facet: { field: 'fail_periods', title: 'T_fail (periods)' },
      where: ({ recovery, minority }) => recovery === 'none' && minority === HALF,
    },
    {
      name: 'minority',
      title: 'A minority that starves turns to its contacts again, T_fail 40 periods',
      caption:
        'Share of runs in which two sides find together again without broadcasts; band: 95 % confidence interval (Wilson).',
      x: { field: 'cut_periods', title: 'length of the cut (periods)' },
      y: { field: 'healed', title: 'share of partitions that heal' },
      color: { field: 'n', title: 'nodes' },
      facet: { field: 'minority', title: 'share cut off' },
      where: ({ recovery, fail_periods }) => recovery === 'none' && fail_periods === LONG,
    },
    {
      name: 'time',
      title: 'How long until all is well again, after a cut of 100 periods',
      caption: 'Mean over the runs; band: 95 % confidence interval; dashed: theory of broadcasts.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'clear_ms', title: 'time until nobody is suspected (ms)' },
      color: { field: 'recovery', title: 'recovery' },
      facet: { field: 'minority', title: 'share cut off' },
      where: ({ recovery, cut_periods }) => recovery !== 'none' && cut_periods === 100,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) =>
            cell.recovery === 'broadcast' && cell.minority === HALF
              ? broadcastMs(cell as Parting)
              : null,
        },
      ],
    },
  ],
});
