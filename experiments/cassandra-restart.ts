/** One node of a Cassandra cluster restarts: when is it back, in the eyes of others and in its own? */
import {
  at,
  type CassandraOptions,
  type CassandraVersionName,
  type CellSummary,
  type Command,
  clusterBytes,
  clusterEvents,
  constant,
  experiment,
  type Fault,
  type Finding,
  firstContactMs,
  judge,
  lossy,
  type Micros,
  type Observer,
  openCluster,
  restartSpread,
  type Settling,
  SUSPECTED,
  seesAllMs,
  settling,
  shadowMs,
  simulate,
  TRUSTED,
} from '../src/index.ts';

const SEEDS = 3; // nodes 0, 1 and 2; the last node restarts
const WARM_UP_S = 4;
const AFTER_S = 12; // watched after the start; more where work takes time or messages are lost
const LONGER_S = 20;
/** Nodes, at most: these runs cost most. */
const MOST = 1000;
const SETTLE_S = 8;
const ROUND_MS = 1000;
const ECHO_TIMEOUT_S = 10;
/** The kind of a SYN among the messages. */
const SYN = 0;
/** Guesses of stage-costs.ts for each endpoint of the first states: state, listeners of its STATUS, 16 tokens, echo. */
const STATE_S = 5e-6;
const PER_ENDPOINT_S = STATE_S + 1000e-6 + 16 * 10e-6 + 20e-6;

/** How long it was down, in s. */
const DOWN_S = { fast: 5, long: 60, graceful: 20 } as const;
type Kind = keyof typeof DOWN_S;

interface Restart extends Record<string, string | number> {
  kind: Kind;
  n: number;
  latency_ms: number;
  loss: number;
  version: CassandraVersionName;
  slowdown: number;
}

const BASE = { n: 100, latency_ms: 0.5, loss: 0, version: '4.1', slowdown: 0 } as const;
const varied = (cell: Restart) =>
  (['latency_ms', 'loss', 'version', 'slowdown'] as const).filter(
    (axis) => cell[axis] !== BASE[axis],
  );
const STOP: Command = { do: 'stop' };
const SHUTDOWN_S = 2;

const downS = ({ kind }: Restart) => DOWN_S[kind];
const startS = (cell: Restart) => WARM_UP_S + downS(cell);
const horizonS = (cell: Restart) =>
  startS(cell) + (cell.loss > 0 || cell.slowdown > 0 ? LONGER_S : AFTER_S);

interface Views extends Observer {
  /** [other] us: when it has the node up in its new life, and when the node has it up. */
  readonly seen: Float64Array;
  readonly sees: Float64Array;
  /** us: for how long each other showed it down since the start of its new life, together. */
  shownDown(): number;
  /** How many showed it down for longer than `us`. */
  shownLonger(us: number): number;
}

/** Who has whom up since the last node's start; the flag that was up until the news of the new life came is no news. */
function views(n: number, startUs: number): Views {
  const who = n - 1;
  const seen = new Float64Array(who).fill(Number.NaN);
  const sees = new Float64Array(who).fill(Number.NaN);
  const downSince = new Float64Array(who).fill(Number.NaN);
  const shown = new Float64Array(who); // [other] us
  return {
    seen,
    sees,
    shownDown: () => shown.reduce((a, b) => a + b, 0),
    shownLonger: (us) => shown.filter((one) => one > us).length,
    onFact(now, fact, node, about) {
      if (now < startUs || (fact !== TRUSTED && fact !== SUSPECTED)) return;
      if (node === who) {
        sees[about] = fact === TRUSTED ? now : Number.NaN;
      } else if (about === who && fact === SUSPECTED) downSince[node] = now;
      else if (about === who) {
        if (Number.isNaN(seen[node])) seen[node] = now;
        if (downSince[node] <= now) shown[node] += now - downSince[node];
        downSince[node] = Number.NaN;
      }
    },
  };
}

/** When the node, back in gossip, is first called, or calls itself: in its first round, a second after the shadow round. */
function firstContact(who: number, startMs: number, gossipsMs: () => number | null) {
  let calledMs = Infinity;
  return {
    onMessage(now: Micros, node: number, _from: number, message: { readonly kind: number }) {
      if (node !== who || message.kind !== SYN || calledMs < Infinity) return;
      if (now > startMs * 1000 && gossipsMs() !== null) calledMs = now / 1000;
    },
    atMs: () => Math.min(calledMs, (gossipsMs() ?? Number.NaN) + ROUND_MS),
  };
}

function optionsOf({ version, slowdown }: Restart): CassandraOptions {
  const stage = slowdown > 0 ? { stage: { slowdown: () => slowdown } } : {};
  return { version, commands: [STOP], shortRun: true, ...stage };
}

function run(cell: Restart, seed: string) {
  const { n, kind, latency_ms, loss } = cell;
  const who = n - 1;
  const startMs = startS(cell) * 1000;
  const wire = constant({ ms: latency_ms });
  const { scenario, ground } = openCluster(
    n,
    horizonS(cell) * 1000,
    optionsOf(cell),
    loss > 0 ? lossy(loss, wire) : wire,
  );
  const graceful = kind === 'graceful';
  const crashMs = (WARM_UP_S + (graceful ? SHUTDOWN_S : 0)) * 1000;
  const faults: Fault[] = [
    { atMs: crashMs, node: who, kind: 'crash' },
    { atMs: startMs, node: who, kind: 'restart' },
  ];
  const seen = views(n, startMs * 1000);
  const settle = settling(ground, who);
  const contact = firstContact(who, startMs, () => settle.gossipsMs());
  simulate({
    ...scenario,
    seed,
    faults,
    workload: graceful ? [{ atMs: WARM_UP_S * 1000, node: who, input: 0 }] : [],
    observers: [settle, seen, contact],
  });
  return measured(cell, seen, settle, contact.atMs());
}

function measured(cell: Restart, views: Views, settle: Settling, contactMs: number) {
  const { n, kind, latency_ms } = cell;
  const since = (ms: number | null) => (ms === null ? null : ms / 1000 - startS(cell));
  const seen = views.seen.map((us) => since(us / 1000)!).sort(); // NaN goes last
  const sees = views.sees.map((us) => since(us / 1000)!).sort();
  const known = (s: number) => (Number.isNaN(s) ? null : s);
  const peers = n - 1;
  const settledS = since(settle.settledMs());
  const share = (times: Float64Array) =>
    settledS === null ? null : times.filter((s) => s <= settledS).length / peers;
  const [upShare, seenShare] = [share(sees), share(seen)];
  const last = Math.max(seen[peers - 1], sees[peers - 1]);
  const contactS = since(contactMs)!;
  return {
    gossips_s: since(settle.gossipsMs()),
    contact_s: known(contactS),
    after_contact_s: known(sees[peers - 1] - contactS),
    sees_all_s: known(sees[peers - 1]),
    seen_half_s: known(seen[Math.ceil(peers / 2) - 1]),
    seen_last_s: known(seen[peers - 1]),
    both_s: known(last),
    settle_s: settledS,
    up_at_settle: upShare,
    seen_at_settle: seenShare,
    ready: settledS !== null && last <= settledS,
    shown_down_ms: kind === 'fast' ? views.shownDown() / 1000 / peers : null,
    shown_long: kind === 'fast' ? views.shownLonger(2000 * latency_ms) / peers : null,
  };
}

const workS = ({ n, slowdown }: Restart) => (n - 1) * PER_ENDPOINT_S * slowdown;

const theories = new Map<string, ReturnType<typeof restartSpread>>();
/** Drawn once for all findings and figures. */
function theoryOf({ n, latency_ms, kind }: Restart) {
  const convicted = kind !== 'fast';
  const key = `${n}/${latency_ms}/${convicted}`;
  const known =
    theories.get(key) ?? restartSpread({ n, seeds: SEEDS, oneWayMs: latency_ms, convicted });
  theories.set(key, known);
  return known;
}

/** Only that axis, if any, is not as usual. */
const isAlong = (cell: Restart, axis: string) => varied(cell).every((one) => one === axis);

const where = (cell: Restart) => {
  const extras = varied(cell).map((axis) => `${axis} ${cell[axis]}`);
  return [`${cell.kind}`, `n = ${cell.n}`, ...extras].join(', ');
};

function findingsOf({ cell, measures }: CellSummary<Restart>): Finding[] {
  const base = { at: where(cell), basis: 'theory' as const };
  if (cell.slowdown > 0) return slowFindings({ cell, measures } as CellSummary<Restart>);
  if (cell.loss > 0) return lossFindings({ cell, measures } as CellSummary<Restart>);
  const { n, latency_ms, kind } = cell;
  const theory = theoryOf(cell);
  const exact = { ...base, tolerance: 1e-6, source: 'exact: each message takes as long' };
  const findings = [
    judge({
      ...exact,
      quantity: 'end of the settle (s)',
      statistic: measures.settle_s,
      expected: SETTLE_S + shadowMs(latency_ms) / 1000,
    }),
    judge({
      ...exact,
      quantity: 'from its first contact until it sees all peers up (s)',
      statistic: measures.after_contact_s,
      expected: (4 * latency_ms) / 1000,
    }),
    ...(['half', 'last'] as const).map((which) =>
      judge({
        ...base,
        quantity: `until ${which === 'half' ? 'half of the peers see' : 'the last peer sees'} it up (s)`,
        statistic: measures[`seen_${which}_s`],
        expected: theory[which].ours / 1000,
        tolerance: (3 * theory[which].se) / 1000, // the theory is itself drawn
        source: 'a rumour by push and pull, and an echo: cassandra-restart-theory.ts',
      }),
    ),
    judge({
      ...exact,
      quantity: 'share of peers up in its view when it has settled',
      statistic: measures.up_at_settle,
      expected: 1,
    }),
  ];
  if (n < BASE.n) {
    findings.push(
      judge({
        ...base,
        quantity: 'until it is called, or calls (s)',
        statistic: measures.contact_s,
        expected: (shadowMs(latency_ms) + firstContactMs(n)) / 1000,
        tolerance: 0,
        source:
          'shadow round, then the first of n - 1 calls with probability 1/(n - 1) each, or 1 s',
      }),
    );
  }
  if (kind === 'fast') {
    findings.push(
      judge({
        ...exact,
        quantity: 'a peer shows it down for (ms)',
        statistic: measures.shown_down_ms,
        expected: 2 * latency_ms,
      }),
    );
  }
  return findings;
}

/** An echo or its answer is lost: the next news about the node asks again. */
function lossFindings({ cell, measures }: CellSummary<Restart>): Finding[] {
  const { loss, kind } = cell;
  if (kind !== 'fast') return [];
  return [
    judge({
      quantity: 'share of peers that show it down for longer than a round trip',
      at: where(cell),
      statistic: measures.shown_long,
      expected: 1 - (1 - loss) ** 2,
      tolerance: 0,
      basis: 'theory',
      source: 'the first echo, or its answer, is lost',
    }),
  ];
}

/** The first states are applied one after the other, with their listeners; then come the answers to the echoes. */
function slowFindings({ cell, measures }: CellSummary<Restart>): Finding[] {
  const { n, slowdown, latency_ms } = cell;
  const work = workS(cell);
  const inTime = seesAllMs(n, latency_ms) / 1000 + work < SETTLE_S + shadowMs(latency_ms) / 1000;
  const source = 'the guessed work for each endpoint; echoes are answered when it is done';
  const base = { at: where(cell), basis: 'theory' as const, source };
  const first = judge({
    ...base,
    quantity: 'from its first contact until it sees all peers up (s)',
    statistic: measures.after_contact_s,
    expected: (2 * latency_ms) / 1000 + work,
    // The first round asks two peers, and the states come once more with each ACK that is in the line before.
    tolerance: (2 * latency_ms) / 1000 + 2 * (n - 1) * STATE_S * slowdown,
  });
  return [
    // Answers that have waited for longer do not count, and it takes another round of echoes or more.
    ...(work < ECHO_TIMEOUT_S ? [first] : []),
    judge({
      ...base,
      quantity: 'share of peers up in its view when it has settled',
      statistic: measures.up_at_settle,
      expected: inTime ? 1 : 0,
      tolerance: 1e-6,
    }),
  ];
}

function answerOf(summaries: readonly CellSummary<Restart>[]): string[] {
  const usual = summaries.filter(({ cell }) => varied(cell).length === 0);
  const most = Math.max(...usual.map(({ cell }) => cell.n));
  const large = at(usual, { kind: 'fast', n: most });
  const slow = summaries.filter(({ cell }) => cell.slowdown > 0);
  const swift = summaries.filter(({ cell }) => cell.slowdown === 0 && cell.loss === 0);
  const s = (value: number) => `${value.toFixed(1)} s`;
  const lines: string[] = [];
  if (large !== undefined) {
    const { sees_all_s, seen_half_s, seen_last_s } = large.measures;
    lines.push(
      `In a cluster of ${most} nodes a restarted one sees all its peers up ${s(sees_all_s.mean)} after its process has started; half of them see it up after ${s(seen_half_s.mean)} and the last one after ${s(seen_last_s.mean)}. The first does not depend on the size, the last grows as its logarithm, and it hardly matters how the node went down.`,
    );
  }
  const late = swift.filter(({ measures }) => measures.ready.mean < 1);
  lines.push(
    late.length === 0
      ? `The settle of 8 s was enough: in all ${swift.reduce((sum, { replicates }) => sum + replicates, 0)} runs in which messages are not lost and the gossip stage is fast, everybody had everybody up by then.`
      : `The settle of 8 s was not always enough: ${late.map((one) => `${(100 * (1 - one.measures.ready.mean)).toFixed(0)} % of the runs of ${where(one.cell)}`).join(', ')} were not ready.`,
  );
  const wan = swift.find(({ cell }) => cell.kind === 'fast' && cell.latency_ms === 100);
  if (wan !== undefined) {
    lines.push(
      `A restart faster than the failure detector is hardly seen: each peer shows the node down for one round trip (${wan.measures.shown_down_ms.mean.toFixed(0)} ms at 100 ms one way). But until the news comes it still has it up, while the node is not there.`,
    );
  }
  const leaky = summaries.filter(({ cell }) => cell.loss > 0);
  if (leaky.length > 0) {
    const shares = leaky.map(
      ({ cell, measures }) =>
        `${(100 * measures.ready.mean).toFixed(0)} % of the runs at ${(100 * cell.loss).toFixed(0)} % loss`,
    );
    lines.push(
      `An echo that is lost is made up for by the next news only: where messages are lost for good, everybody had everybody up at the end of the settle in ${shares.join(', ')}.`,
    );
  }
  const worst = slow.reduce<CellSummary<Restart> | undefined>(
    (a, b) => (a !== undefined && workS(a.cell) >= workS(b.cell) ? a : b),
    undefined,
  );
  if (worst !== undefined) {
    const { sees_all_s, up_at_settle, shown_down_ms } = worst.measures;
    const work = `${(1000 * PER_ENDPOINT_S * worst.cell.slowdown).toFixed(0)} ms of work for each of ${worst.cell.n} endpoints`;
    lines.push(
      `A slow gossip stage delays it, and the settle does not look: with ${work} (a guess, ${worst.cell.slowdown} times) the node sees its peers up after ${s(sees_all_s.mean)} and has ${(100 * up_at_settle.mean).toFixed(0)} % of them up when its settle is over; each peer shows it down for ${s(shown_down_ms.mean / 1000)} in the mean.`,
    );
  }
  return lines;
}

export default experiment<Restart>({
  name: 'cassandra-restart',
  question:
    'After a Cassandra node restarts, how long until all peers see it up and it sees all of them up, and is the settle of 8 s enough?',
  claim:
    'A node has all its peers up within two seconds and two round trips, whatever their number: one exchange tells it of all. The others learn of its new life by gossip, the last of them after a time that grows as log n. A peer that had not convicted it shows it down for one round trip only. The settle does not look at any of this; it is long enough unless the gossip stage is slow.',
  source: 'Apache Cassandra 3.11 to 5.0, Gossiper and StorageService; times derived here',
  seed: 'cassandra-restart',
  axes: {
    kind: 'fast: killed, down for 5 s, nobody convicts it; long: killed, down for 60 s, all convict it; graceful: shut down, started 20 s later',
    n: 'nodes',
    latency_ms: 'one way, ms',
    loss: 'share of messages lost',
    version: 'of Cassandra',
    slowdown: 'work on the gossip stage: 0 none, else the guesses of stage-costs.ts so many times',
  },
  grid: {
    kind: ['fast', 'long', 'graceful'],
    n: [10, 30, 100, 300, MOST],
    latency_ms: [0.5, 50, 100],
    loss: [0, 0.05, 0.2],
    version: ['3.11', '4.1', '5.0'],
    slowdown: [0, 1, 4, 7, 10],
  },
  where: (cell) => {
    const extras = varied(cell);
    if (extras.length > 1) return false;
    if (cell.n > BASE.n && cell.kind !== 'fast') return false; // what it costs
    if (cell.n === MOST && cell.slowdown > 0) return cell.slowdown >= 7 && extras.length === 1;
    if (extras[0] === 'slowdown') return cell.kind === 'fast' && cell.n >= BASE.n;
    if (extras.length === 0) return true;
    if (cell.n !== BASE.n) return false;
    return extras[0] === 'latency_ms' ? cell.kind !== 'graceful' : cell.kind === 'fast';
  },
  replicates: ({ n, slowdown, loss }) => {
    if (n === MOST) return slowdown > 0 ? 2 : 4;
    if (n === 300) return slowdown > 0 ? 4 : 16;
    if (slowdown > 0) return 20;
    if (loss > 0) return 200;
    return n < BASE.n ? 300 : 60;
  },
  quick: {
    grid: {
      n: [10, 30, 100],
      kind: ['fast'],
      latency_ms: [0.5, 100],
      loss: [0, 0.2],
      version: ['4.1'],
      slowdown: [0, 4],
    },
    replicates: 4,
  },
  fixed: {
    seeds: SEEDS,
    warmUpS: WARM_UP_S,
    fastDownS: DOWN_S.fast,
    longDownS: DOWN_S.long,
    gracefulDownS: DOWN_S.graceful,
    threshold: 8,
  },
  measures: {
    gossips_s: 'from the start of the process until its shadow round is over',
    contact_s: 'until a peer calls it, or its own first round begins',
    after_contact_s: 'from then on until it has all peers up',
    sees_all_s: 'from the start of the process until it has all peers up',
    seen_half_s: 'until half of the peers have it up in its new life',
    seen_last_s: 'until the last peer has',
    both_s: 'until both hold',
    settle_s: 'from the start of the process until the end of its settle',
    up_at_settle: 'share of the peers that are up in its view then',
    seen_at_settle: 'share of the peers that have it up then',
    ready: 'whether all had each other up by then',
    shown_down_ms:
      'fast: for how long a peer showed it down, from the news of its new life on; mean over peers',
    shown_long: 'fast: share of the peers that showed it down for longer than a round trip',
  },
  events: (cell) => clusterEvents(cell.n, horizonS(cell)),
  bytes: ({ n }) => clusterBytes(n),
  run,
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer: answerOf,
  remarks: [
    'Up: the flag that coordinators go by. A fast restart leaves the flag of the old life at true while the node is away, and until the news of the new life comes: this is not counted as up, but coordinators take it so. Only then is the flag false, for an echo.',
    'The shadow round is answered after a round trip, but the node looks only once a second (until 5.0), so gossip starts 1 s after the process, and the settle ends 9 s after it. What the shadow round tells is dropped. The node begins with peers from its disk, all unreachable, and the first exchange tells it of all. So its own view hangs on one contact and not on n; the theory of it is exact, but for the mean of the first contact, which is judged where many runs are cheap.',
    'The way of the news: generations are in every SYN, so that each exchange between one that has it and one that does not carries it, by ACK or ACK2. With Poisson clocks this would take (n - 1)/n H(n - 1) periods until the last; each node calls once a period here, nobody is left uncalled, and the last is sooner. There is no closed form of that at hand: the theory is the rumour alone, drawn 400 times without the protocol. Its tolerance is three of its own standard errors.',
    'Convicted or not makes no difference to the spread: of n - 1 peers that have it live each calls it with probability 1/(n - 1) a round, and of those that have it unreachable, too.',
    'Loss: what is lost is lost here, and nothing is sent again, as TCP would. An echo is not tried again either: the next news about the node does it. The mean that a peer shows it down is about 2 d + q/(1 - q) times the interval between two news, q = 1 - (1 - p)^2; the first interval of a life is longer than later ones, 1.6 s instead of 1.5 s at n = 100, as there are no more news under way. So the mean is not judged, but the share is.',
    'Slow stage: the times of work are guesses (stage-costs.ts), 1.2 ms for each endpoint of the first states, multiplied. The answers to the echoes wait in the same line, so all peers turn up together when the states are done; meanwhile the node answers no echo, and peers that have heard of its new life show it down. Where the states take longer than the 10 s of an echo timeout (10 times the guess at 1000 nodes) all these answers come too late, and are asked for again by later news: no closed form is given for that, and it is worse than the dashed line.',
    'The settle is that of 3.11 to 5.0: it counts endpoints, which a node with a disk knows from the beginning, so it takes 8 s from the start of gossip whatever happens.',
  ],
  figures: [
    {
      name: 'seen',
      title: 'Until the last peer sees the restarted node up',
      caption:
        'Mean of the runs, 0.5 ms one way, no loss, Cassandra 4.1; band: 5 % to 95 % of the runs; dashed: the rumour alone; the settle ends at 9 s.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'seen_last_s', title: 'time since the process started (s)' },
      color: { field: 'kind', title: 'restart' },
      band: 'quantiles',
      where: (cell) => varied(cell as Restart).length === 0,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => (cell.kind === 'fast' ? theoryOf(cell as Restart).last.ours / 1000 : null),
        },
      ],
    },
    {
      name: 'slow',
      title: 'A slow gossip stage: until the node sees all its peers up',
      caption:
        'Mean of the runs, fast restart; band: 95 % confidence interval; dashed: first contact, then n - 1 times the work for an endpoint. The settle ends at 9 s.',
      x: { field: 'n', title: 'nodes', scale: 'log' },
      y: { field: 'sees_all_s', title: 'time since the process started (s)' },
      color: { field: 'slowdown', title: 'guessed work, times' },
      where: (cell) => isAlong(cell as Restart, 'slowdown') && Number(cell.n) >= BASE.n,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => {
            const { n, latency_ms } = cell as Restart;
            return seesAllMs(n, latency_ms) / 1000 + workS(cell as Restart);
          },
        },
      ],
    },
    {
      name: 'latency',
      title: 'Each way of 100 ms adds little: it is rounds that take time, 100 nodes',
      caption:
        'Mean time until the last peer sees the restarted node up; band: 95 % confidence interval; dashed: the rumour alone.',
      x: { field: 'latency_ms', title: 'one way (ms)' },
      y: { field: 'seen_last_s', title: 'time since the process started (s)' },
      color: { field: 'kind', title: 'restart' },
      where: (cell) =>
        isAlong(cell as Restart, 'latency_ms') && cell.n === BASE.n && cell.kind !== 'graceful',
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => theoryOf(cell as Restart).last.ours / 1000,
        },
      ],
    },
  ],
});
