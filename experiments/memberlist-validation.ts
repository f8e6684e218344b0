/** Does our memberlist behave as the real one does? */
import {
  at,
  type CellSummary,
  countedS,
  type Experiment,
  experiment,
  type Finding,
  HEALTH_TIMES_S,
  MEMBERLIST_QUANTITIES,
  type MemberlistConfiguration,
  type MemberlistKind,
  type MemberlistPlace,
  type MemberlistReference,
  memberlistRates,
  memberlistReference,
  memberlistTrials,
  NO_TRIALS,
  OBSERVERS_PCT,
  PERCENTILES,
  placeKey,
  RATE_COLUMNS,
  rateFindings,
  trialFindings,
} from '../src/index.ts';

interface Validation extends Record<string, string | number> {
  kind: MemberlistKind;
  n: number;
  setup: string;
  loss_frac: number;
  blocked: number;
  blocked_s: number;
}

const BATCH = 25; // trials of a replicate
const QUICK_N = [16, 32];
const LIBRARY = 'memberlist 0.2.2';
const LIFEGUARDS = ['Lifeguard', 'no health', 'fixed suspicion', 'neither'];
const COLUMNS = Object.keys(MEMBERLIST_QUANTITIES);

/** Every configuration that the folder holds, and no other. */
function validation(reference: MemberlistReference): Experiment {
  const isOwn = reference.folder === '';
  const configurations = new Map(
    reference.configurations.map((found) => [placeKey(found.place), found]),
  );
  const of = (cell: Validation) => configurations.get(placeKey(cell))!;
  return experiment<Validation>({
    name: 'memberlist-validation',
    question: 'Does the simulated memberlist behave as the real HashiCorp memberlist does?',
    claim:
      'From the rules in its source, and a coin for what happens at one instant, the distributions of dissemination and failure detection are those of the real library, and so are the rates of suspicions under loss and with blocked members.',
    source: 'HashiCorp memberlist 0.2.2, unmodified, measured on a virtual clock',
    seed: 'memberlist-validation',
    withReference: (folder) => validation(memberlistReference(folder)),
    axes: {
      kind: 'update, join, leave, crash: one member does so; loss: packets are lost; slow: members are blocked again and again',
      n: 'members',
      setup:
        'base: LAN without periodic push/pull, 1 ms one way; pp: with it; lat50: 50 ms; local, wan: those configurations. loss and slow: LAN, and which parts of Lifeguard are on (the buddy system always is)',
      loss_frac: 'loss: share of the packets that are lost',
      blocked: 'slow: members that are blocked, in step',
      blocked_s: 'slow: for so long, then they are open for 1 s, and so on',
    },
    grid: gridOf(reference),
    where: (cell) => configurations.has(placeKey(cell)),
    replicates: ({ kind }) => (kind === 'slow' ? 16 : kind === 'crash' ? 80 : 40),
    quick: {
      ...(isOwn
        ? { grid: { kind: ['update', 'crash', 'loss'], n: QUICK_N, setup: ['base', 'Lifeguard'] } }
        : {}),
      replicates: 2,
    },
    fixed: {
      trialsPerReplicate: BATCH,
      ...(isOwn ? {} : { reference_sha256: reference.sha256 }),
    },
    measures: MEASURES,
    series: {
      observers_ms: { x: 'observers_pct', at: OBSERVERS_PCT },
      after_first_ms: { x: 'observers_pct', at: OBSERVERS_PCT },
      observers_upto: { x: 'measured_pct', at: PERCENTILES },
      after_first_upto: { x: 'measured_pct', at: PERCENTILES },
      unwell_score: { x: 'since_crash_s', at: HEALTH_TIMES_S },
      sum_score: { x: 'since_crash_s', at: HEALTH_TIMES_S },
      max_score_then: { x: 'since_crash_s', at: HEALTH_TIMES_S },
      ...Object.fromEntries(
        COLUMNS.map((name) => [`${name}_upto`, { x: 'measured_pct', at: PERCENTILES }]),
      ),
    },
    events: (cell) => {
      if (isTrial(cell)) return BATCH * 130 * cell.n;
      return cell.n * countedS(of(cell)) * (cell.kind === 'slow' ? 30 : 18);
    },
    bytes: () => 60e6,
    run: (cell, seed) => ({
      ...NO_RATES,
      ...NO_TRIALS,
      ...(isTrial(cell)
        ? memberlistTrials(of(cell), seed, BATCH)
        : memberlistRates(of(cell), seed)),
    }),
    findings: (summaries) =>
      summaries.flatMap((summary): Finding[] =>
        isTrial(summary.cell)
          ? trialFindings(of(summary.cell), summary, BATCH)
          : rateFindings(of(summary.cell), summary),
      ),
    answer: (summaries) => answer(summaries, of),
    remarks: [...REMARKS, ...reference.leftOut],
    figures: figuresOf(reference),
  });
}

/** In the order in which they come in the folder. */
function gridOf({ configurations }: MemberlistReference) {
  const values = <Axis extends keyof MemberlistPlace>(axis: Axis) => [
    ...new Set(configurations.map(({ place }) => place[axis])),
  ];
  const ascending = (numbers: number[]) => numbers.sort((a, b) => a - b);
  return {
    kind: values('kind'),
    n: ascending(values('n')),
    setup: values('setup'),
    loss_frac: ascending(values('loss_frac')),
    blocked: ascending(values('blocked')),
    blocked_s: ascending(values('blocked_s')),
  };
}

const isTrial = ({ kind }: { readonly kind: string }) => kind !== 'loss' && kind !== 'slow';

const MEASURES = {
  first_ms: 'first observer that knows, or says dead; ms since the event',
  mean_ms: 'mean of the observers',
  last_ms: 'last observer that was reached',
  missed: 'observers that were not reached in 20 s',
  call_ms: 'join: until the contacted member knows; leave: until the call returns',
  timeout_ms: 'crash: first direct ping given up',
  suspect_ms: 'crash: first suspicion',
  half_suspect_ms: 'crash: half of the members suspect',
  spread_ms: 'crash: from the first to the last declaration',
  accusers: 'crash: members whose own probes failed before the first declaration',
  confirmations: 'crash: confirmations of the first declaration',
  max_score: 'crash: highest health score, sampled every half second',
  peak_score: 'crash: highest sum of health scores, sampled every half second',
  observers_ms: 'series: quantiles over all observers',
  after_first_ms: 'series, crash: the same since the first declaration',
  observers_upto: 'series: share of all observers up to percentiles of the measured',
  after_first_upto: 'series, crash: the same since the first declaration',
  unwell_score: 'series, crash: members with a health score above 0, until all know',
  sum_score: 'series, crash: sum of health scores',
  max_score_then: 'series, crash: highest health score',
  ping_timeouts: 'loss: direct pings unanswered, per member-hour',
  accusations: 'loss: probes that failed, per member-hour',
  refutations: 'loss: refutations, per member-hour',
  saved: 'loss: probes saved by the ping on a connection, per member-hour',
  suspicions_per_accusation: 'members that come to suspect, per probe that failed',
  suspicions:
    'times that a member came to suspect another; crash and slow: in a run, loss: per member-hour',
  expiries:
    'crash: members whose own suspicion ran out; loss: suspicions that did, per member-hour',
  by_slow: 'slow: probes of others by blocked members that failed',
  by_healthy: 'slow: probes of others by others that failed',
  of_slow: 'slow: probes of blocked members that failed',
  false_deaths:
    'times that a member held one to be dead that was up and never blocked; loss: per member-hour',
  slow_deaths: 'slow: times that a member held a blocked one to be dead',
  health: 'loss: mean score of all; slow: of the blocked members',
  health_of_others: 'slow: mean score of the others',
  health_before: 'health, sampled every half second just before what happens then',
  health_after: 'and just after',
  packets_per_s: 'loss and slow: packets per member and second',
  ...Object.fromEntries(
    COLUMNS.map((name) => [
      `${name}_upto`,
      `series: share of trials with ${name} up to percentiles of the measured`,
    ]),
  ),
};

const NO_RATES = Object.fromEntries(RATE_COLUMNS.map((name) => [name, null]));

const REMARKS = [
  'No number is fitted; two rules were added after a look at the measured data: which of two events of one instant comes first, when a probe ends and when a block ends, is decided by a coin (below). With the tick always first, the spread and the number of suspicions that run out were rejected. Members start somewhere in their rounds, all known to all, which stands for the settling of the measured cluster.',
  "A failed probe ends on the instant of the member's own gossip tick. The measured clock stands still while the program computes, so that either may come first; so it is here (races). On a real clock the tick comes first, and the others hear of the suspicion a gossip interval later: at 16 members half of them suspect after 47 ms more, and fewer suspicions run out by themselves (6.7 for 7.7).",
  'Measured updates share a cluster by fifties, so that their phases are not independent; the distances take them to be.',
  'All observers pooled: those of a trial share its luck, above all after a crash, where they know within 0.3 s of each other. The Kolmogorov-Smirnov distance of a hundred thousand observers is then no sharper than that of their trials: its critical value is that of sample sizes divided by the design effect, which our batches tell. Taken as independent draws, 34 of 45 pairs of sets of 50 of our own crashes at 16 members are told apart at 0.001, and 11 of 15 pairs of 40 joins at 64.',
  'Configurations that are in no table of ours, of which only means are known (32 and 128 members, 30 % loss), and laws by hand (2 to 4 members, other multipliers of suspicion, nobody asked to ping) are held against ours in test/experiment/memberlist-holdout.slow.test.ts.',
  'Observers that were never told have used up all transmissions without meeting the news; without push/pull they never hear of it. After a crash such a member waits for its own suspicion, the longest if nobody confirms it.',
  'Blocked members: what they send waits and so do their loops, while timers go on; so a probe that a block catches has failed before its ping has left, and the member accuses a healthy one each time it goes on. What has arrived meanwhile is answered before or after that, either by chance: answers use up transmissions of the accusation, so that it reaches more members if they come first.',
  'Blocked for 8 s: 2.7 % fewer suspicions are counted here, 6,200 for 6,370 in the mean of eight measured runs; after 2 s and 16 s they agree. In part that is luck: a blocked member accuses a healthy one at the end of each of 13 blocks if its target is one, 60 times in 63, which makes 49.5 for four members; measured were 49.9, ours at this seed 48.6. What is left is how many members an accusation reaches before its refutation does: 55 of 63 here, 57 in the library. We forced each order of what happens when a block ends, 10 runs each: 56.1 if all is read before the loops go on, 54.3 if after; 56.4 if only the probe waits for the reading, 54.6 if only gossip does; 56.3 and 53.8 if news is worked off with each packet that is read; 55.9 if the probe goes on before gossip. Blocked members held to be dead are 18.6 a run with the coin and 18.4 measured, but 5 if the probe always waits for the reading. So no order gives both, and the coin is kept.',
  'The scores of blocked members jump when a block ends, so that their mean hangs on when within that moment they are sampled: the tolerance allows for either side of it.',
  'Packets are counted, not bytes: the library compresses them, and ours are not.',
  'False deaths are rare and come in bursts: one declaration may reach everybody. Two to eight runs say nothing of their mean, which is not held against anything.',
];

// ---- figures ----

type Where = Readonly<Record<string, unknown>>;

function figuresOf({ configurations }: MemberlistReference): Experiment['figures'] {
  const measuredAt = (where: Where) =>
    configurations.find(({ place }) =>
      Object.entries(where).every(
        ([axis, value]) => place[axis as keyof MemberlistPlace] === value,
      ),
    );
  const quantile = ({ kind = 'crash', n, observers_pct }: Where) =>
    measuredAt({ kind, n, setup: 'base' })?.observers.ms.get(observers_pct as number) ?? null;
  const score = ({ n, since_crash_s }: Where) =>
    measuredAt({ kind: 'crash', n, setup: 'base' })?.health.get(since_crash_s as number)?.sum ??
    null;
  const accused = ({ setup, blocked_s }: Where) =>
    meanOf(
      measuredAt({ kind: 'slow', n: 64, blocked: 4, setup, blocked_s })?.columns.get('by_slow'),
    );
  const quantiles =
    'Quantiles over all observers; line: ours, with the 95 % interval of the mean over batches of 25 trials; diamonds: the library.';
  return [
    {
      name: 'news',
      title: 'When members know',
      caption: quantiles,
      x: { field: 'observers_pct', title: 'observers (%)' },
      y: { field: 'observers_ms', title: 'since the event (ms)' },
      color: { field: 'kind', title: 'event' },
      facet: { field: 'n', title: 'members' },
      where: ({ kind, setup }) =>
        ['update', 'join', 'leave'].includes(kind as string) && setup === 'base',
      references: [{ label: LIBRARY, mark: 'points', at: quantile }],
    },
    {
      name: 'crash',
      title: 'When members hold a crashed one to be dead',
      caption: quantiles,
      x: { field: 'observers_pct', title: 'observers (%)' },
      y: { field: 'observers_ms', title: 'since the crash (ms)' },
      color: { field: 'n', title: 'members' },
      where: ({ kind, setup }) => kind === 'crash' && setup === 'base',
      references: [{ label: LIBRARY, mark: 'points', at: quantile }],
    },
    {
      name: 'health',
      title: 'Health scores after a crash',
      caption:
        'Sum of the scores of all members, mean over the trials in which somebody does not know yet; line: ours, with the 95 % interval of the mean over batches of 25 trials, while 5 of them run; diamonds: the library, at the end of few trials.',
      x: { field: 'since_crash_s', title: 'since the crash (s)' },
      y: { field: 'sum_score', title: 'sum of scores' },
      color: { field: 'n', title: 'members' },
      where: ({ kind, setup }) => kind === 'crash' && setup === 'base',
      references: [{ label: LIBRARY, mark: 'points', at: score }],
    },
    {
      name: 'blocked',
      title: 'Healthy members accused by blocked ones',
      caption:
        '4 of 64 members are blocked in step, open for a second in between, 120 s long; mean over runs and its 95 % interval; diamonds: the library.',
      x: { field: 'blocked_s', title: 'blocked for (s)' },
      y: { field: 'by_slow', title: 'accusations in 120 s' },
      color: { field: 'setup', title: 'Lifeguard' },
      where: ({ kind, n, blocked, setup }) =>
        kind === 'slow' && n === 64 && blocked === 4 && LIFEGUARDS.includes(setup as string),
      references: [{ label: LIBRARY, mark: 'points', at: accused }],
    },
  ];
}

// ---- the answer ----

function answer(
  all: readonly CellSummary<Validation>[],
  of: (cell: Validation) => MemberlistConfiguration,
): string[] {
  const lines: string[] = [];
  const found = (cell: Partial<Validation>) => at(all, cell);
  for (const n of [16, 64]) {
    const crash = found({ kind: 'crash', setup: 'base', n });
    const update = found({ kind: 'update', setup: 'base', n });
    if (crash === undefined || update === undefined) continue;
    const both = ({ cell, measures }: CellSummary<Validation>, name: string, unit: number) => {
      const theirs = meanOf(of(cell).columns.get(name)) ?? Number.NaN;
      const digits = unit === 1 ? 0 : 2;
      return [measures[name].mean, theirs].map((ms) => (ms / unit).toFixed(digits)) as [
        string,
        string,
      ];
    };
    const [told, toldTheirs] = both(update, 'last_ms', 1);
    const [suspect, suspectTheirs] = both(crash, 'suspect_ms', 1000);
    const [first, firstTheirs] = both(crash, 'first_ms', 1000);
    const [last, lastTheirs] = both(crash, 'last_ms', 1000);
    lines.push(
      `${n} members: an update has reached all after ${told} ms (the library: ${toldTheirs}); a crash is suspected after ${suspect} s (${suspectTheirs}), first declared after ${first} s (${firstTheirs}) and known to all after ${last} s (${lastTheirs}).`,
    );
  }
  const loss = found({ kind: 'loss', n: 32, loss_frac: 0.1, setup: 'Lifeguard' })?.measures;
  if (loss !== undefined) {
    lines.push(
      `With 10 % of packets lost and no ping on a connection ${loss.accusations.mean.toFixed(1)} probes per member-hour fail, each of which makes ${loss.suspicions_per_accusation.mean.toFixed(0)} of 31 others suspect.`,
    );
  }
  const [full, none] = ['Lifeguard', 'no health'].map(
    (setup) => found({ kind: 'slow', n: 64, blocked: 4, blocked_s: 2, setup })?.measures,
  );
  if (full !== undefined && none !== undefined) {
    lines.push(
      `Four members that are blocked for 2 s in 3 accuse healthy ones ${none.by_slow.mean.toFixed(0)} times in two minutes, and ${full.by_slow.mean.toFixed(0)} times with local health.`,
    );
  }
  return lines;
}

const meanOf = (values: readonly number[] | undefined): number | null =>
  values === undefined || values.length === 0
    ? null
    : values.reduce((sum, value) => sum + value, 0) / values.length;

export default validation(memberlistReference());
