/** SWIM without loss: how soon does a ping meet a member that has crashed? */
import {
  at,
  type CellSummary,
  complete,
  constant,
  experiment,
  type FaultPlan,
  type Finding,
  judge,
  meanFind,
  meanNotice,
  millis,
  onProbe,
  type Probing,
  publishedNotice,
  type Scenario,
  SUSPECTED,
  type SwimMessage,
  simulate,
  swim,
  unfound,
  unnoticed,
  worstFind,
} from '../src/index.ts';

interface Detection extends Record<string, string | number> {
  targets: Probing['targets'];
  clocks: Probing['clocks'];
  n: number;
  crashed: number;
}

const PERIOD_MS = 1000;
const LATENCY_MS = 0.1;
const TOLERANCE = LATENCY_MS / PERIOD_MS; // a ping under way at the crash meets the dead
const TIMES = [0.5, 1, 1.5, 2, 3, 4, 5]; // periods
const LAPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const LARGE = 128; // in a larger group only the first ping is waited for
const LAST = 14; // nobody waits longer for the first ping: exp(-14) of them

const isOwn = ({ n, crashed }: Detection) => n < LARGE && crashed === 1;
const probingOf = ({ n, crashed, targets, clocks }: Detection): Probing => ({
  ...{ n, crashed, targets, clocks },
});

/** At a random place of the first lap; in step in the middle of a period. With random targets there are no laps. */
const crashOf =
  ({ n, crashed, targets, clocks }: Detection): FaultPlan =>
  (streams) => {
    const u = streams.stream('faults').draw(0) * (targets === 'random' ? 1 : n - 1);
    const atMs = (clocks === 'in step' ? Math.floor(u) + 0.5 : u) * PERIOD_MS;
    return Array.from({ length: crashed }, (_, i) => ({ atMs, node: n - 1 - i, kind: 'crash' }));
  };

function scenarioOf(cell: Detection, seed: string) {
  const { n, crashed, targets, clocks } = cell;
  const lap = n - 1; // periods
  const before = targets === 'random' ? 1 : lap;
  const after = isOwn(cell) ? 2 * lap : (LAST * n) / (n - crashed);
  return {
    ...{ seed, n, overlay: complete, link: constant({ ms: LATENCY_MS }) },
    rounds: { periodMs: PERIOD_MS, phase: clocks === 'in step' ? 'synchronised' : 'random' },
    // Who is suspected stays in the lists, so that each member finds it by itself.
    protocol: swim({ targets, suspicionPeriods: 1e6 }),
    faults: crashOf(cell),
    horizonMs: (before + after + 2) * PERIOD_MS,
    ...(isOwn(cell) || crashed > 1 ? {} : { stop: (count: Float64Array) => count[SUSPECTED] > 0 }),
  } satisfies Scenario<SwimMessage>;
}

export default experiment<Detection>({
  name: 'swim-detection',
  question:
    'A member of a SWIM group crashes: how soon does anybody ping it, and how soon does each?',
  claim:
    'Whatever the size of the group, the first ping comes within e / (e - 1) = 1.58 periods in the mean if all ping at the same time. On clocks of their own it is 1 period, and the death is declared a period after that ping. In random order a member may miss it for ever; in turn it finds it within two laps.',
  source:
    'Das, Gupta, Motivala, DSN 2002, sections 3.1 and 4.3; laws of finite groups derived here',
  seed: 'swim-detection',
  axes: {
    targets: 'whom a member pings: any at random, or all in turn, in an order drawn anew each lap',
    clocks: 'in step: all ping at the same time; random phases: each at a time of its own',
    n: 'members',
    crashed: 'members that crash at once',
  },
  grid: {
    targets: ['random', 'round-robin'],
    clocks: ['in step', 'random phases'],
    n: [8, 32, LARGE, 1024],
    crashed: [1, LARGE / 4, LARGE / 2, (3 * LARGE) / 4],
  },
  where: ({ targets, clocks, n, crashed }) =>
    crashed === 1
      ? n <= LARGE || (targets === 'random' && clocks === 'in step')
      : n === LARGE && targets === 'random' && clocks === 'in step',
  replicates: ({ crashed, clocks }) => (crashed > 1 ? 60 : clocks === 'in step' ? 1400 : 3700),
  quick: { grid: { n: [8, 32], crashed: [1] }, replicates: 60 },
  fixed: {
    periodMs: PERIOD_MS,
    latencyMs: LATENCY_MS,
    timeoutMs: 500,
    indirect: 1,
    loss: 0,
    suspicion: 'without end',
  },
  measures: {
    first_periods:
      'from the crash until the first ping that meets the dead: clocks in step: periods begun, otherwise time',
    declared_periods: 'from that ping until its prober says so',
    own_pings: 'pings until a given member finds it, mean of all of them; one crash, n below 128',
    own_max_pings:
      'the most that one of them took; those that have not found it after two laps count 2 L + 1',
    within_worst: 'whether all of them took 2 L - 1 pings at most, L = n - 1',
    noticed_frac: 'series: of the dead, the share that somebody has pinged',
    found_frac: 'series: of the members, the share that has pinged the dead itself; n below 128',
  },
  series: {
    noticed_frac: { x: 'periods', at: TIMES },
    found_frac: { x: 'laps', at: LAPS },
  },
  events: ({ n, crashed, targets }) => {
    const before = targets === 'random' ? 1 : n / 2;
    const after = crashed > 1 ? (14 * n) / (n - crashed) : n < LARGE ? 2.2 * n : 3;
    return 2.5 * n * (before + after) + (n * n) / 10;
  },
  bytes: ({ n }) => 6 * n * n + 2000 * n,
  run(cell, seed) {
    const { n, crashed, clocks } = cell;
    let crash = Number.NaN; // us
    const first = new Float64Array(crashed).fill(Infinity); // [dead] periods until the first ping
    const own = new Float64Array(n - 1).fill(2 * n - 1); // [member] pings, if one has crashed
    const made = new Float64Array(n); // [member] pings since the crash
    let firstPing = Number.NaN; // ms
    let declared = Number.NaN; // ms
    simulate({
      ...scenarioOf(cell, seed),
      observers: [
        {
          onFault(now) {
            crash = now;
          },
          onFact(now) {
            if (Number.isNaN(declared)) declared = millis(now);
          },
        },
        onProbe((now, node, target) => {
          if (Number.isNaN(crash)) return;
          made[node]++;
          if (target < n - crashed) return;
          const dead = n - 1 - target;
          const periods = millis(now - crash) / PERIOD_MS + (clocks === 'in step' ? 0.5 : 0);
          first[dead] = Math.min(first[dead], periods);
          if (Number.isNaN(firstPing)) firstPing = millis(now);
          if (crashed === 1) own[node] = Math.min(own[node], made[node]);
        }),
      ],
    });
    const pings = isOwn(cell) ? own : null;
    return {
      first_periods: mean(first),
      declared_periods: (declared - firstPing) / PERIOD_MS,
      own_pings: pings && mean(pings),
      own_max_pings: pings && Math.max(...pings),
      within_worst: pings?.every((count) => count <= worstFind(n)) ?? null,
      noticed_frac: TIMES.map((periods) => share(first, (time) => time <= periods)),
      found_frac: LAPS.map((laps) =>
        pings ? share(pings, (count) => count <= laps * (n - 1)) : Number.NaN,
      ),
    };
  },
  findings: (summaries) => summaries.flatMap(findingsOf),
  answer,
  remarks: [
    'The paper counts whole periods, in which all members ping at once: e / (e - 1) is the mean of a geometric law. Real members have clocks of their own: the first ping then comes after an exponential time, 1 period in the mean, and since a probe takes a period, the death is declared after 2 periods in the mean, where members in step need 1.58 + 1/2: the crash comes in the middle of a period.',
    'The paper bounds round-robin by 2 n - 1 periods. With n - 1 targets it is 2 (n - 1) - 1 = 2 n - 3 pings; it happens where a member has pinged the dead just before the crash, first in its lap, and comes to it last in the next one.',
    'Members that start together are at the same place of their laps at any time. It hardly matters for the first ping, as each goes through an order of its own; the law says how much.',
    'The dots of figure 3a (1.11 to 3.26 periods) are single crashes, of a law whose standard deviation is 0.96 periods; they are not held against ours, only the line is.',
    'Dead members stay in the lists here (a suspicion without end), so that each probe counts. A group that forgets the dead finds the next one sooner.',
  ],
  figures: [
    {
      name: 'noticed',
      title: 'Until somebody pings the dead member',
      caption:
        '32 members; share of the runs in which somebody has pinged it; the band is the 95 % confidence interval; dashed: theory.',
      x: { field: 'periods', title: 'periods since the crash' },
      y: { field: 'noticed_frac', title: 'share of the runs' },
      color: { field: 'targets', title: 'targets' },
      facet: { field: 'clocks', title: 'clocks' },
      where: ({ n, crashed }) => n === 32 && crashed === 1,
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => 1 - unnoticed(probingOf(cell as Detection), Number(cell.periods)),
        },
      ],
    },
    {
      name: 'size',
      title: 'The first ping does not wait longer in a larger group',
      caption:
        'One crash; in step: periods begun until the first ping, otherwise time in periods. Mean; the band is the 95 % confidence interval; dashed: theory.',
      x: { field: 'n', title: 'members', scale: 'log2' },
      y: { field: 'first_periods', title: 'first ping (periods)' },
      color: { field: 'clocks', title: 'clocks' },
      facet: { field: 'targets', title: 'targets' },
      where: ({ crashed }) => crashed === 1,
      references: [
        { label: 'theory', mark: 'line', at: (cell) => meanNotice(probingOf(cell as Detection)) },
      ],
    },
    {
      name: 'own',
      title: 'Until a given member finds out by itself',
      caption:
        'Random phases, 32 members; share of the members that have pinged the dead themselves; the band is the 95 % confidence interval; dashed: theory. In turn nobody takes two laps.',
      x: { field: 'laps', title: 'laps (n − 1 pings) since the crash' },
      y: { field: 'found_frac', title: 'share of the members' },
      color: { field: 'targets', title: 'targets' },
      where: ({ n, clocks }) => n === 32 && clocks === 'random phases',
      references: [
        {
          label: 'theory',
          mark: 'line',
          at: (cell) => {
            const { n } = cell as Detection;
            return 1 - unfound(cell as Detection, Math.floor(Number(cell.laps) * (n - 1)));
          },
        },
      ],
    },
  ],
});

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
const share = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.reduce((count, value) => count + Number(holds(value)), 0) / values.length;

// ---- findings ----

function findingsOf(summary: CellSummary<Detection>): Finding[] {
  const { cell, measures, series } = summary;
  const { n, targets, clocks, crashed } = cell;
  const probing = probingOf(cell);
  const base = {
    at: `${targets}, ${clocks}, n = ${n}${crashed > 1 ? `, ${crashed} crashed` : ''}`,
    basis: 'theory' as const,
    tolerance: TOLERANCE,
  };
  const findings = [
    judge({
      ...base,
      quantity: 'first ping that meets the dead (periods)',
      statistic: measures.first_periods,
      expected: meanNotice(probing),
      source: 'n - 1 probers that choose among n - 1 targets',
    }),
  ];
  if (clocks === 'in step' && targets === 'random') findings.push(...published(summary));
  // Sharp where they are many: shares of 3700 runs.
  const judged = clocks === 'in step' || crashed > 1 ? [] : [1, 2, 3];
  for (const periods of judged) {
    findings.push(
      judge({
        ...base,
        quantity: `P(somebody has pinged it within ${periods} periods)`,
        statistic: series.noticed_frac[TIMES.indexOf(periods)],
        expected: 1 - unnoticed(probing, periods),
        source: 'n - 1 probers that choose among n - 1 targets',
      }),
    );
  }
  if (crashed === 1) {
    findings.push(
      judge({
        ...base,
        quantity: 'from that ping until it is declared (periods)',
        statistic: measures.declared_periods,
        expected: 1,
        source: 'a probe ends with the period of its prober',
      }),
    );
  }
  return isOwn(cell) ? [...findings, ...ownFindings(summary)] : findings;
}

function published({ cell, measures }: CellSummary<Detection>): Finding[] {
  const { n, crashed } = cell;
  if (n < LARGE) return [];
  const notFaulty = (n - crashed) / n;
  const expected = publishedNotice(crashed === 1 ? 1 : notFaulty);
  return [
    judge({
      quantity: 'periods until the first detection',
      at: `random, in step, n = ${n}, q_f = ${crashed === 1 ? 1 : notFaulty}`,
      statistic: measures.first_periods,
      expected,
      tolerance: (1.5 * expected) / n, // n probers and targets for n - 1: the limit of large n, to first order
      basis: 'published',
      source: "Das et al. 2002, section 3.1: T' / (1 - exp(-q_f))",
    }),
  ];
}

function ownFindings({ cell, measures, series }: CellSummary<Detection>): Finding[] {
  const { n, targets, clocks } = cell;
  const base = { at: `${targets}, ${clocks}, n = ${n}`, basis: 'theory' as const };
  const inTurn = targets === 'round-robin';
  const findings = [1, 1.5].map((laps) =>
    judge({
      ...base,
      quantity: `share of the members that have found it within ${laps} laps`,
      statistic: series.found_frac[LAPS.indexOf(laps)],
      expected: 1 - unfound(cell, Math.floor(laps * (n - 1))),
      tolerance: 0,
      source: inTurn ? 'r places left of L, the target among them with r / L' : '(1 - 1 / L)^pings',
    }),
  );
  if (!inTurn) return findings;
  return [
    ...findings,
    judge({
      ...base,
      quantity: 'pings until a given member finds it',
      statistic: measures.own_pings,
      expected: meanFind(n),
      tolerance: 0,
      source: 'r places left of L, the target among them with r / L',
    }),
    judge({
      ...base,
      quantity: 'P(nobody takes more than 2 L - 1 pings)',
      statistic: measures.within_worst,
      expected: 1,
      tolerance: 0,
      source: 'last in the next lap, L = n - 1 targets; Das et al. 2002, section 4.3: 2 n - 1',
    }),
  ];
}

// ---- for who runs a group ----

function answer(all: readonly CellSummary<Detection>[]): string[] {
  const lines: string[] = [];
  const cell = { n: LARGE, crashed: 1, targets: 'round-robin' } as const;
  const first = at(all, { ...cell, clocks: 'random phases' })?.measures.first_periods;
  const step = at(all, { ...cell, clocks: 'in step' })?.measures.first_periods;
  if (first !== undefined && step !== undefined) {
    lines.push(
      `A member of ${LARGE} crashes: the first ping meets it after ${first.mean.toFixed(2)} periods in the mean, in one run of twenty after more than ${first.p95.toFixed(1)}; its prober suspects it a period later. It does not depend on the size of the group. If all clocks were in step, it would be in the ${step.mean.toFixed(2)}th period begun.`,
    );
  }
  for (const n of [32, 8]) {
    const of = (targets: Probing['targets']) =>
      at(all, { n, crashed: 1, targets, clocks: 'random phases' });
    const [turn, random] = [of('round-robin'), of('random')];
    if (turn === undefined || random === undefined) continue;
    const missing = 1 - random.series.found_frac[LAPS.indexOf(2)].mean;
    lines.push(
      `A given member of ${n} finds it by itself after ${turn.measures.own_pings.mean.toFixed(1)} pings if it goes round in turn, ${turn.measures.own_max_pings.max} at most of ${worstFind(n)} possible; with random targets ${(100 * missing).toFixed(0)} % have not found it after two laps.`,
    );
    break;
  }
  const half = at(all, { n: LARGE, crashed: LARGE / 2, targets: 'random' })?.measures;
  if (half !== undefined) {
    lines.push(
      `If half of the members crash at once, each of them is found after ${half.first_periods.mean.toFixed(2)} periods in step.`,
    );
  }
  return lines;
}
