/** Messages of Cassandra are lost one way: who sees whom DOWN, for how long, and does it heal without a restart? */
import {
  at,
  type Cell,
  type CellSummary,
  cassandraCluster,
  clusterBytes,
  clusterEvents,
  constant,
  datacentreOf,
  experiment,
  type Finding,
  faults,
  judge,
  type Micros,
  type NodeId,
  type Observer,
  partitioned,
  Stream,
  SUSPECTED,
  simulate,
  TRUSTED,
  tcp,
} from '../src/index.ts';

const START = 90; // s; the loss begins
const LASTS = 120; // s, and up to a second more, so that its end falls anywhere between rounds
const END = START + LASTS;
const AFTER = 30; // s watched after it
const CRASH = START + 40;
const RESTART = CRASH + 10;
/** s; by then a node that restarted is back, and has met everybody it can. */
const BACK = RESTART + 45;

interface Lossy extends Record<string, string | number> {
  lost: string;
  n: number;
  restarted: string;
  transport: string;
}

const A_TO_B = 'a to b';
const BOTH = 'a to b and back';
const TWO_DCS = 'DC 1 to DC 2 of 2';
const THREE_DCS = 'DC 1 to DC 2 of 3';
const datacentres = ({ lost }: Lossy) => (lost === TWO_DCS ? 2 : lost === THREE_DCS ? 3 : 0);

/** From whom to whom messages are lost. */
function sides(cell: Lossy): { from: NodeId[]; to: NodeId[] } {
  const count = datacentres(cell);
  if (count === 0) return { from: [0], to: [1] };
  const of = datacentreOf({ datacentres: count });
  const nodes = Array.from({ length: cell.n }, (_, node) => node);
  const within = (dc: number) => nodes.filter((node) => of(node, cell.n) === dc);
  return { from: within(0), to: within(1) };
}

/** One that every node can hear without the lossy way; of two nodes or two datacentres, one on each side. */
const seedsOf = (cell: Lossy): NodeId[] =>
  cell.n === 2 || datacentres(cell) > 0 ? [0, cell.n - 1] : [cell.n - 1];

const restarting = (cell: Lossy): NodeId[] => {
  if (cell.restarted === 'nobody') return [];
  return [cell.restarted === 'a' ? sides(cell).from[0] : sides(cell).to[0]];
};

/** Nobody else carries the news across. */
const isCut = (cell: Lossy) => cell.n === 2 || cell.lost === TWO_DCS;

/** Ordered pairs that do not see each other UP when the loss ends. */
function expectedDown(cell: Lossy): number {
  const { from, to } = sides(cell);
  if (isCut(cell)) return 2 * from.length * to.length;
  if (cell.restarted === 'nobody') return 0;
  return 2 * (cell.restarted === 'a' ? to.length : from.length);
}

/** Who sees whom UP, by the flag that coordinators go by. */
function watch(cell: Lossy, end: Micros): Observer & { result(): ReturnType<typeof measures> } {
  const { n } = cell;
  const up = new Uint8Array(n * n).fill(1); // [observer * n + subject]
  const runs = new Uint8Array(n).fill(1); // [node]
  const { from, to } = sides(cell);
  const across = new Uint8Array(n * n); // [pair] 1: one of each side
  for (const a of from) for (const b of to) across[a * n + b] = across[b * n + a] = 1;
  const seen = {
    verdicts: 0,
    strangers: 0,
    upWhile: 0,
    down: NaN,
    others: 0,
    healedAt: NaN,
    left: 0,
    verdictAt: NaN,
  };
  const restarted = restarting(cell);

  /** Pairs of running nodes that are not UP: those across, and others. */
  function count(): [number, number] {
    const counts: [number, number] = [0, 0];
    for (let pair = 0; pair < up.length; pair++) {
      const [observer, subject] = [Math.floor(pair / n), pair % n];
      if (observer === subject || up[pair] === 1) continue;
      if (runs[observer] === 1 && runs[subject] === 1) counts[across[pair] === 1 ? 0 : 1]++;
    }
    return counts;
  }
  function atEnd(now: Micros) {
    if (!Number.isNaN(seen.down) || now < end) return;
    [seen.down, seen.others] = count();
  }
  return {
    onFault(now, node, kind) {
      atEnd(now);
      if (kind === 'crash') {
        runs[node] = 0;
        up.fill(0, node * n, (node + 1) * n);
      }
      if (kind === 'restart') runs[node] = 1;
    },
    onFact(now, fact, node, about) {
      if (fact !== SUSPECTED && fact !== TRUSTED) return;
      atEnd(now);
      const pair = node * n + about;
      const touchesRestarted = restarted.includes(node) || restarted.includes(about);
      if (fact === SUSPECTED && now >= START * 1e6 && now < end && !touchesRestarted) {
        seen.verdicts++;
        if (across[pair] === 0) seen.strangers++;
        seen.verdictAt = now;
      }
      up[pair] = fact === TRUSTED ? 1 : 0;
      if (
        fact === TRUSTED &&
        across[pair] === 1 &&
        touchesRestarted &&
        now >= BACK * 1e6 &&
        now < end
      )
        seen.upWhile++;
      if (now >= end) {
        const [down, others] = count();
        seen.healedAt = down + others === 0 ? now : NaN;
      }
    },
    result() {
      atEnd(Infinity);
      const [down, others] = count();
      seen.left = down + others;
      return measures(seen, end);
    },
  };
}

function measures(
  seen: {
    verdicts: number;
    strangers: number;
    upWhile: number;
    down: number;
    others: number;
    healedAt: number;
    left: number;
    verdictAt: number;
  },
  end: Micros,
) {
  const { down, others, verdicts, strangers, upWhile, healedAt, left, verdictAt } = seen;
  const healed = down + others === 0 || !Number.isNaN(healedAt);
  return {
    verdicts,
    strangers,
    last_verdict_ms: verdicts === 0 ? null : (verdictAt - START * 1e6) / 1000,
    up_again: upWhile,
    down,
    others_down: others,
    still_down: left,
    heal_ms: down + others === 0 || !healed ? null : (healedAt - end) / 1000,
  };
}

function run(cell: Lossy, seed: string) {
  const { lost, n, transport } = cell;
  const endMs = (END + new Stream(seed, 'end of the loss', 1).draw(0)) * 1000;
  const packets = partitioned(
    [{ ...sides(cell), startMs: START * 1000, endMs, oneWay: lost !== BOTH }],
    constant({ ms: 0.5 }),
  );
  const watcher = watch(cell, endMs * 1000);
  simulate({
    ...cassandraCluster(
      n,
      endMs + AFTER * 1000,
      { version: '4.1', shortRun: true, seeds: seedsOf(cell) },
      transport === 'TCP' ? tcp({}, packets) : packets,
    ),
    seed,
    faults: faults.crash({
      nodes: restarting(cell),
      atMs: CRASH * 1000,
      restartMs: RESTART * 1000,
    }),
    observers: [watcher],
  });
  return watcher.result();
}

/** ms; the mean time between two news of a node, 100 nodes at rest or fewer. */
const BETWEEN_NEWS: Record<number, number> = { 3: 1000, 10: 1220, 100: 1480 };
/** ms; a connection given up just before the end, and one second until the next SYN. */
const RECONNECT = 3000;
/** SYN, ACK, and an echo with its answer for each side: the last answer comes five ways after the SYN. */
const WAYS_MS = 5 * 0.5;

/**
 * ms; two nodes, one of which hears of the other at each of its rounds, phases uniform: from the beginning of the loss
 * until both have said DOWN, each at its first round after 18.42 means of silence.
 */
function bothDownMs(): number {
  const limit = 8 * Math.LN10 * ((2 + START) / (1 + START));
  const steps = 500;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const [a, b] = [(i + 0.5) / steps, (j + 0.25) / steps]; // since their last rounds
      const down = (own: number, other: number) => Math.ceil(limit - other + own) - own;
      sum += Math.max(down(a, b), down(b, a));
    }
  }
  return (sum / steps ** 2) * 1000;
}

type Row = CellSummary<Lossy>;
const name = ({ lost, n, restarted, transport }: Lossy) =>
  `${lost} lost, n = ${n}, ${restarted === 'nobody' ? 'no restart' : `${restarted} restarts`}, ${transport}`;

const theory = 'theory' as const;
const count = (rows: readonly Row[]) =>
  rows.reduce((sum, { measures: of }) => sum + of.down.count, 0);
/** A finding that something comes to nothing in all these runs. */
const nothing = (quantity: string, where: string, ours: number, source: string): Finding =>
  judge({
    quantity,
    at: where,
    statistic: { ours, se: 0 },
    expected: 0,
    tolerance: 0,
    basis: theory,
    source,
  });

/** How many ordered pairs are not UP at the end of the loss: what the theory says, in each run of each cell. */
function downFindings(all: readonly Row[]): Finding[] {
  const groups = new Map<string, Row[]>();
  for (const row of all) {
    const { lost, n, restarted } = row.cell;
    const key = `${lost} lost, n = ${n}, ${restarted === 'nobody' ? 'no restart' : 'a or b restarts'}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].map(([key, rows]) => {
    const said = [...new Set(rows.map(({ cell }) => expectedDown(cell)))].join(' or ');
    const off = rows.map(({ cell, measures: { down } }) =>
      Math.max(Math.abs(down.min - expectedDown(cell)), Math.abs(down.max - expectedDown(cell))),
    );
    return nothing(
      `ordered pairs across not UP at the end of the loss: worst difference from the predicted ${said}`,
      `${key}, ${count(rows)} runs`,
      Math.max(...off),
      'states travel in answers only; UP needs an echo and its answer',
    );
  });
}

/** What does not happen in any cell. */
function nothingFindings(all: readonly Row[]): Finding[] {
  const total = (rows: readonly Row[], measure: string) =>
    rows.reduce((sum, { measures: of }) => sum + of[measure].mean * of[measure].count, 0);
  const quiet = all.filter(({ cell }) => !isCut(cell) && cell.restarted === 'nobody');
  const restarts = all.filter(({ cell }) => cell.restarted !== 'nobody');
  return [
    nothing(
      'DOWN said of anybody while the loss lasted, no restart',
      `3 nodes and more, not cut in two, ${count(quiet)} runs`,
      total(quiet, 'verdicts'),
      'third nodes carry the news',
    ),
    nothing(
      'UP between the restarted node and one across while the loss lasted',
      `${count(restarts)} runs with a restart`,
      total(restarts, 'up_again'),
      'an echo or its answer is lost each time',
    ),
    nothing(
      'other ordered pairs not UP at the end of the loss',
      `all ${count(all)} runs`,
      total(all, 'others_down'),
      'their messages are not lost',
    ),
    nothing(
      'ordered pairs not UP 30 s after the loss',
      `all ${count(all)} runs`,
      total(all, 'still_down'),
      'the next news starts the echo that failed until then',
    ),
  ];
}

/** One way is both ways, to the microsecond: seeds are common. */
function alikeFinding(all: readonly Row[]): Finding[] {
  const pairs = all
    .filter(({ cell }) => cell.lost === A_TO_B)
    .flatMap((row) => {
      const both = at(all, { ...row.cell, lost: BOTH });
      return both === undefined ? [] : [{ one: row.measures, both: both.measures }];
    });
  if (pairs.length === 0) return [];
  const off = pairs.flatMap(({ one, both }) => [
    Math.abs(one.down.mean - both.down.mean),
    one.heal_ms.count === 0 ? 0 : Math.abs(one.heal_ms.mean - both.heal_ms.mean),
  ]);
  return [
    nothing(
      'loss one way less loss both ways: worst difference in pairs not UP, and in the time to heal (ms)',
      `a and b, ${pairs.length} pairs of cells`,
      Math.max(...off),
      'what is lost one way stops states both ways',
    ),
  ];
}

function timeFindings(all: readonly Row[]): Finding[] {
  const oneWay = all.filter(({ cell }) => cell.lost === A_TO_B);
  const two = oneWay.filter(({ cell }) => cell.n === 2);
  const findings: Finding[] = [];
  const quiet = two.find(
    ({ cell }) => cell.restarted === 'nobody' && cell.transport === 'datagrams',
  );
  if (quiet !== undefined) {
    findings.push(
      judge({
        quantity: 'from the beginning of the loss until both have said DOWN (ms)',
        at: 'n = 2, a to b lost',
        statistic: quiet.measures.last_verdict_ms,
        expected: bothDownMs(),
        tolerance: 20, // what is said in the first second is in the windows, too
        basis: theory,
        source: 'news once a second; the first round after 18.42 means of silence',
      }),
    );
    findings.push(
      judge({
        quantity: 'from the end of the loss until all is UP (ms)',
        at: 'n = 2, a to b lost, datagrams, no restart',
        statistic: quiet.measures.heal_ms,
        expected: 1000 / 3 + WAYS_MS,
        tolerance: WAYS_MS,
        basis: theory,
        source: 'the first round of either, phases uniform: 1/3 s',
      }),
    );
  }
  for (const { cell, measures: of } of oneWay) {
    if (cell.restarted !== 'b' || cell.n === 2) continue;
    const most = 2 * BETWEEN_NEWS[cell.n] + (cell.transport === 'TCP' ? RECONNECT : 0);
    findings.push(
      judge({
        quantity: 'from the end of the loss until all is UP (ms)',
        at: name(cell),
        statistic: of.heal_ms,
        expected: most / 2,
        tolerance: most / 2,
        range: true,
        basis: theory,
        source:
          'two waits for news, each below the mean time between news; TCP: and up to 3 s to connect',
      }),
    );
  }
  return findings;
}

function answer(all: readonly Row[]): string[] {
  const row = (values: Partial<Lossy>) => at(all, values);
  const quiet = all.filter(({ cell }) => !isCut(cell) && cell.restarted === 'nobody');
  const after = all.filter(({ cell }) => !isCut(cell) && cell.restarted !== 'nobody');
  const verdicts = quiet.reduce((sum, { measures: of }) => sum + of.verdicts.max, 0);
  const lines = [
    `A third node that both reach hides the loss: ${verdicts} DOWN in ${quiet.reduce((sum, { measures: of }) => sum + of.down.count, 0)} runs of two minutes of loss with 3 nodes and more.`,
    `Restart one of the two, and neither sees the other UP while the loss lasts, whichever restarts (${after.reduce((sum, { measures: of }) => sum + of.down.count, 0)} runs, UP again in ${after.reduce((sum, { measures: of }) => sum + of.up_again.mean * of.up_again.count, 0).toFixed(0)}); no other pair is touched: nodetool status differs between nodes, and that is the sign to look for.`,
  ];
  const two = row({ n: 2, restarted: 'nobody', lost: A_TO_B, transport: 'TCP' });
  if (two !== undefined) {
    lines.push(
      `Two nodes say DOWN of each other ${(two.measures.last_verdict_ms.mean / 1000).toFixed(1)} s into the loss, both of them, though only one way is lost.`,
    );
  }
  const healing = [10, 100].flatMap((n) =>
    ['datagrams', 'TCP'].flatMap((transport) => {
      const found = row({ n, restarted: 'b', lost: A_TO_B, transport });
      return found === undefined
        ? []
        : [`${(found.measures.heal_ms.mean / 1000).toFixed(1)} s at ${n} nodes over ${transport}`];
    }),
  );
  if (healing.length > 0) {
    lines.push(
      `No restart is needed when the loss is over; all is UP again after ${healing.join(', ')}.`,
    );
  }
  const dcs = ['datagrams', 'TCP'].flatMap((transport) => {
    const found = all
      .filter(({ cell }) => cell.lost === TWO_DCS && cell.transport === transport)
      .toSorted((a, b) => b.cell.n - a.cell.n)[0];
    if (found === undefined) return [];
    const { heal_ms, last_verdict_ms } = found.measures;
    return [
      `${(last_verdict_ms.mean / 1000).toFixed(0)} s into it all have said so, and all is UP ${(heal_ms.mean / 1000).toFixed(1)} s after it (${found.cell.n} nodes, ${transport}${transport === 'TCP' ? ': an upper limit, see the remarks' : ''})`,
    ];
  });
  if (dcs.length > 0) {
    lines.push(
      `With two datacentres one lossy direction of the link parts them whole, both ways: ${dcs.join('; ')}. With a third datacentre that reaches both it is as with three nodes.`,
    );
  }
  return lines;
}

export default experiment<Lossy>({
  name: 'cassandra-one-way-loss',
  question:
    'Messages between two Cassandra nodes are lost one way: who sees whom DOWN, for how long, and does it heal without a restart?',
  claim:
    'With a third node nobody notices: it carries the news. Restart one of the two, and they stay mutually not UP while all others see both UP, as long as the loss lasts. It heals by itself within seconds of its end. Two nodes, or two datacentres, say DOWN of each other, both ways.',
  source: 'Cassandra 4.1, org.apache.cassandra.gms: Gossiper.markAlive, GossipDigestSynVerbHandler',
  seed: 'cassandra-one-way-loss',
  axes: {
    lost: 'messages that are lost for 120 s',
    n: 'nodes',
    restarted:
      'who crashes 40 s into the loss, and starts again 10 s later; of datacentres, the first node of DC 1 or 2',
    transport: 'TCP, or datagrams',
  },
  grid: {
    lost: [A_TO_B, BOTH, TWO_DCS, THREE_DCS],
    n: [2, 3, 10, 100],
    restarted: ['nobody', 'a', 'b'],
    transport: ['TCP', 'datagrams'],
  },
  where: ({ lost, n, restarted }) => {
    if (lost === TWO_DCS) return n >= 10 && restarted === 'nobody';
    if (lost === THREE_DCS) return n >= 10;
    return n < 100 || lost === A_TO_B || restarted === 'b';
  },
  replicates: ({ n, restarted, transport }) => {
    if (n === 2) return restarted === 'nobody' && transport === 'datagrams' ? 1800 : 100;
    return n >= 100 ? 12 : 100;
  },
  quick: {
    grid: { lost: [A_TO_B, BOTH], n: [2, 3, 10], restarted: ['nobody', 'b'] },
    replicates: 6,
  },
  fixed: {
    version: '4.1',
    latencyMs: 0.5,
    warmUpS: START,
    lossS: LASTS,
    crashS: CRASH,
    restartS: RESTART,
    watchedAfterS: AFTER,
  },
  measures: {
    verdicts: 'DOWN said while the loss lasted, but of or by the node that restarts',
    strangers: 'of these, of pairs that do not straddle the loss',
    last_verdict_ms: 'from the beginning of the loss to the last of them',
    up_again:
      'UP between the restarted node and one across, from 45 s after the restart to the end of the loss',
    down: 'ordered pairs across that are not UP when the loss ends',
    others_down: 'other ordered pairs that are not UP then',
    still_down: 'ordered pairs that are not UP 30 s after the loss',
    heal_ms: 'from the end of the loss until all was UP, where it was not',
  },
  events: ({ n }) => clusterEvents(n, END + AFTER),
  bytes: ({ n }) => clusterBytes(n),
  run,
  findings: (all) => [
    ...downFindings(all),
    ...nothingFindings(all),
    ...alikeFinding(all),
    ...timeFindings(all),
  ],
  answer,
  remarks: [
    'Why one way is both ways: states travel in ACK and ACK2 only, which are answers. If what a sends to b is lost, b hears neither the ACK to its SYN nor an ACK2, and a, whose SYN is lost, is never answered. The runs with loss one way and both ways are the same to the microsecond, over TCP, too, but for what is said in the first 200 ms.',
    'UP needs an echo and its answer, directly between the two. It is asked for once, when a new life of a node is noticed, and again at any news of that life, stale or not: while the loss lasts each is lost, and the first after it works.',
    'A restarted node is not among the unreachable ones of its counterpart: away for no more than 10 s it was never convicted, and it is not alive. So its counterpart does not look for it; third nodes bring the news that starts the echo. The restarted one has all peers of its disk as unreachable.',
    'TCP: data that are not acknowledged end a connection after 30 s, and one that cannot be opened is given up after 2 s with what waits for it; so the answer to an echo may be lost for up to 2 s after the end of the loss, and the next news has to come. Or an echo that was sent up to a second before the end is still waiting for its connection, and needs no next news.',
    'Two datacentres over TCP: a connection that was idle when the loss began, and was first used shortly before its end, still waits for its next retransmission, up to 13 s of backoff. Cassandra closes its connections to a node when it says DOWN, of which our TCP does not hear: it would open a new one, so that this time is an upper limit, and that over datagrams a lower one.',
    'The node that restarts needs a seed that it can hear. Here there is one on its side of the loss. If all its seeds are across, its shadow round fails and it does not start, unless it is a seed itself, as both of two nodes are here: then it goes on alone after 30 s.',
  ],
  figures: [
    {
      name: 'heal',
      title: 'After the loss: how long until all is UP again, without a restart',
      caption:
        'Mean over the runs; band: 5 % to 95 % of the runs. b has restarted during the loss; with two datacentres nobody has, all of both had said DOWN. TCP there: an upper limit, see the remarks.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'heal_ms', title: 'from the end of the loss (ms)', scale: 'log' },
      color: { field: 'transport', title: 'transport' },
      facet: { field: 'lost', title: 'lost' },
      band: 'quantiles',
      where: ({ lost, restarted }: Cell) =>
        lost === TWO_DCS || (lost !== BOTH && restarted === 'b'),
    },
  ],
});
