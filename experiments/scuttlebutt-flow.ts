/** How many updates can gossip carry, and does flow control find that out? */
import {
  at,
  type CellSummary,
  capacity,
  experiment,
  type Finding,
  FLOW,
  FLOW_ORDERS,
  flowControl,
  judge,
  meanOf,
  PRINTED_FLOW,
  ratio,
  restingTau,
  type Statistic,
  sdOf,
} from '../src/index.ts';

interface Flowing extends Record<string, string | number> {
  n: number;
  order: (typeof FLOW_ORDERS)[number];
  balance: number;
  step: number;
}

const BALANCE = 1;
const BALANCES = [0.5, BALANCE, 2];
const [FINE, STEP, HALF] = [0.02, 0.05, 0.5];
const RUNS: Readonly<Record<number, number>> = { 64: 8, 128: 5 };

const upTo = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
const AT = upTo(2, FLOW.afterS[1], 2);
const AT_REST = [60, 70, 80];
const PEAK_AT = upTo(FLOW.halvedAtS, FLOW.afterS[0], 1);
const MIDDLE = { before: 74, after: 144 } as const; // of the two spans over which tau is averaged, s

export default experiment<Flowing>({
  name: 'scuttlebutt-flow',
  question: 'How many updates a second can gossip carry, and does its flow control find that out?',
  claim:
    'Participants that raise their rate while what is missing fits, lower it when it does not, and share when they gossip, all settle at about 1.25 mtu / N updates a second, and follow when the mtu is halved.',
  source: 'van Renesse, Dumitriu, Gough, Thomas 2008, section 3, figure 3',
  seed: 'scuttlebutt-flow',
  axes: {
    n: 'participants',
    order: 'which updates go first',
    balance: 'increase / (1 - decrease), updates per second: a step up is a step down at this tau',
    step: '1 - decrease: the share of tau that is lost where not all fits',
  },
  grid: { n: [64, 128], order: FLOW_ORDERS, balance: BALANCES, step: [FINE, STEP, HALF] },
  where: ({ order, balance, step }) =>
    balance === BALANCE ? step !== HALF || order === 'depth' : step === STEP && order === 'depth',
  replicates: ({ n, step }) => (step === HALF ? 2 : (RUNS[n] ?? 5)),
  quick: {
    grid: { n: [16, 32], order: ['depth'], balance: [BALANCE], step: [STEP] },
    replicates: 8,
  },
  fixed: {
    keys: FLOW.keys,
    mtu: 'none until 15 s, then 100, from 90 s 50',
    rate: '1 update/s until 15 s, then as many as possible',
    periodMs: 1000,
    latencyMs: 1,
  },
  measures: {
    tau: 'series: tau, updates per second, mean of the participants',
    longest_s: 'series: longest staleness at a participant, mean of all',
    tau_before: 'tau, mean over 60 to 90 s',
    tau_after: 'the same, 130 to 160 s',
    fill: 'tau_before N / mtu',
    tau_spread_frac: 'standard deviation of tau between participants / mean, 60 to 90 s',
    made_per_s: 'updates made per participant, 60 to 90 s',
    news_per_s: 'updates received that were news, per participant, 60 to 90 s',
    news_frac:
      '(news_per_s + growth of the stale mappings per s) / (N - 1) made_per_s: what arrives of what is made',
    known_frac: 'share of the updates received that were not, 60 to 90 s',
    overflow_frac: 'share of the exchanges in which not all fitted, 60 to 90 s',
    rest_balance:
      'tau overflow / (1 - overflow), without what tau has drifted: the balance for which steps up and down cancel, updates/s',
    stale_frac: 'stale mappings / all of the others, 60 to 90 s',
    peak_s: 'longest staleness of a participant from 90 to 130 s, mean of all',
    peak_sd_s: 'standard deviation between participants',
  },
  series: {
    tau: { x: 't_s', at: AT },
    longest_s: { x: 't_s', at: PEAK_AT },
  },
  events: ({ n }) => 700 * n * n, // an exchange compares what two hold of n
  bytes: ({ n }) => 50e6 + 8 * n * n * FLOW.keys,
  run(cell, seed) {
    const { n, order, balance, step } = cell;
    const found = flowControl({ n, order, balance, step, seed }, AT, [...AT_REST, ...PEAK_AT]);
    const { rest, stale } = found;
    const peaking = stale.slice(AT_REST.length);
    const peak = peaking[0].longestMs.map((_, i) =>
      Math.max(...peaking.map(({ longestMs }) => longestMs[i])),
    );
    const counts = stale.slice(0, AT_REST.length + 1).map((rows) => meanOf(rows.counts));
    const [from, to] = FLOW.restS;
    const waiting = (counts[AT_REST.length] - counts[0]) / (to - from);
    // Per exchange, of which a participant has two a second.
    const drift = (found.tau[AT.indexOf(to)] - found.tau[AT.indexOf(from)]) / (2 * (to - from));
    return {
      tau: found.tau,
      longest_s: peaking.map(({ longestMs }) => meanOf(longestMs) / 1000),
      tau_before: rest.tau,
      tau_after: found.tauAfter,
      fill: (rest.tau * n) / FLOW.mtu,
      tau_spread_frac: rest.tauSpread,
      made_per_s: rest.made,
      news_per_s: rest.news,
      news_frac: (rest.news + waiting) / (n - 1) / rest.made,
      known_frac: rest.known,
      overflow_frac: rest.overflowing,
      rest_balance: (rest.tau * rest.overflowing + drift / step) / (1 - rest.overflowing),
      stale_frac: meanOf(Float64Array.from(counts)) / ((n - 1) * FLOW.keys),
      peak_s: meanOf(peak) / 1000,
      peak_sd_s: sdOf(peak) / 1000,
    };
  },
  findings: (all) => [
    ...all.flatMap(atRestFindings),
    ...all.flatMap((summary) => rates(summary, all)),
    ...scaled(all),
    ...FLOW_ORDERS.flatMap((order) => peaks(order, all)),
  ],
  answer,
  remarks: [
    'Capacity: an update must reach N - 1 participants, and a participant is in two exchanges a second, one of its own and in the mean one of another, with at most mtu updates to it in each: (N - 1) tau <= 2 mtu, tau N / mtu <= 2. It is not reached: exchanges are not equally far apart, so that some bring little while in others not all fits, and flow control sees to it that most fit. How unequal they are is taken from exchanges played by hand, with times in place of updates: that says where tau rests for given constants, within what is left behind in overflows, 6 to 18 %. Waste is a tenth of a per cent: two exchanges at the same time that bring the same.',
    'The constants of the paper are not known. Where tau rests depends on their ratio alone, c = increase / (1 - decrease): a share p of the exchanges overflows, with p / (1 - p) = c / tau. So the printed tau say something about them: they need overflows in a third to a half of the exchanges, so c of about 1 update/s, the tau at which a step up undoes a step down. That is our default, read off the printed tau at mtu 100, which are therefore not judged; those at mtu 50 are, with the range that half and twice of it leave open. Halving, as TCP does it, gives another picture (see the answer): tau then differs so much between participants, and changes so often, that it says little about the updates made.',
    'How fast tau follows depends on the step. The printed tau is at rest 40 s after the halving of the mtu, which steps of 2 to 5 % of tau allow, and news of an overload takes some ten exchanges to spread, in which tau must not fall much more than it has to. The peaks of staleness are held against both, where single participants differ by little enough for a verdict to mean something: printed are 14.2, 12.2 and 10.0 s (64 participants; newest, oldest, depth) and 21.3, 12.5 and 11.1 s (128). With 128 participants and a step of 5 % tau swings after each change, up and down by half in single runs, for tens of seconds: participants learn late of the load that they have made.',
  ],
  figures: [
    {
      name: 'tau',
      title: 'tau over time',
      caption:
        'All want as much as they can get from 15 s on, mtu 100, from 90 s 50; balance 1 update/s, step 5 %. Line: mean of the participants and runs, band: 5 % to 95 % of the runs; points: printed means over 60 to 90 s, and after 130 s.',
      x: { field: 't_s', title: 'time (s)' },
      y: { field: 'tau', title: 'tau (updates/s)' },
      color: { field: 'order', title: 'order' },
      facet: { field: 'n', title: 'participants' },
      band: 'quantiles',
      where: ({ balance, step }) => balance === BALANCE && step === STEP,
      references: [
        {
          label: 'printed',
          mark: 'points',
          at: ({ n, order, t_s }) => {
            const print = PRINTED_FLOW[Number(n)]?.[order as Flowing['order']];
            if (print === undefined) return null;
            if (t_s === MIDDLE.before) return print.before;
            return t_s === MIDDLE.after ? print.after : null;
          },
        },
      ],
    },
    {
      name: 'balance',
      title: 'Where tau rests depends on the ratio of the constants',
      caption:
        'Depth, step 5 %, mtu 100; mean over the runs, band: 5 % to 95 % of them; dotted: theory, dashed: what messages can carry at most.',
      x: { field: 'balance', title: 'increase / (1 - decrease) (updates/s)', scale: 'log2' },
      y: { field: 'fill', title: 'tau N / mtu' },
      band: 'quantiles',
      color: { field: 'n', title: 'participants' },
      where: ({ order, step }) => order === 'depth' && step === STEP,
      references: [
        {
          label: 'capacity',
          mark: 'line',
          at: ({ n }) => (capacity(Number(n), FLOW.mtu) * Number(n)) / FLOW.mtu,
        },
        {
          label: 'theory, middle of its range',
          mark: 'line',
          at: (cell) => {
            const [n, balance] = [Number(cell.n), Number(cell.balance)];
            const { tau, left } = restingTau({ n, mtu: FLOW.mtu, balance });
            return (tau * (1 - left / 2) * n) / FLOW.mtu;
          },
        },
      ],
    },
    {
      name: 'staleness',
      title: 'Staleness after the mtu is halved',
      caption:
        'Longest staleness at a participant, mean of all, balance 1 update/s, 128 participants. Line: mean over the runs, band: 5 % to 95 % of them.',
      x: { field: 't_s', title: 'time (s)' },
      y: { field: 'longest_s', title: 'longest staleness (s)' },
      color: { field: 'order', title: 'order' },
      facet: { field: 'step', title: 'step' },
      band: 'quantiles',
      where: ({ n, balance, step }) => n === 128 && balance === BALANCE && step !== HALF,
    },
  ],
});

// ---- findings ----

const SOURCE = 'van Renesse et al. 2008, figure 3';
const LUCK_SD = 3;
/** Of what is printed. */
const ROUNDING = 0.005;

/** Not of large steps, with which tau differs too much between participants for its mean to say anything. */
function atRestFindings({ cell, measures }: CellSummary<Flowing>): Finding[] {
  const { n, order, balance, step } = cell;
  if (step > STEP) return [];
  const base = {
    at: `n = ${n}, ${order}, c = ${balance}, step ${step}`,
    basis: 'theory' as const,
  };
  const overwritten = measures.stale_frac.mean;
  const theory = restingTau({ n, mtu: FLOW.mtu, balance });
  const [low, high] = [theory.tau * (1 - theory.left), theory.tau / measures.news_frac.mean];
  return [
    judge({
      ...base,
      quantity: 'tau at rest (updates/s)',
      statistic: measures.tau_before,
      expected: (low + high) / 2,
      tolerance: (high - low) / 2,
      range: true,
      source: 'overflows as often as steps up and down cancel, by how unequal exchanges are',
      note: 'range: less by the share that does not fit, which comes again; more by what is overwritten before it is received',
    }),
    judge({
      ...base,
      quantity: 'balance for which steps up and down cancel with so many overflows (updates/s)',
      statistic: measures.rest_balance,
      expected: balance,
      tolerance: balance * measures.tau_spread_frac.mean,
      source: 'steps up and down cancel: tau p / (1 - p) = c',
      note: 'tolerance: those who overflow may have a tau that is a standard deviation off the mean',
    }),
    judge({
      ...base,
      quantity: 'news received, and more that waits / updates that the others have made',
      statistic: measures.news_frac,
      expected: 1 - overwritten / 2,
      tolerance: overwritten / 2,
      source: 'each is received once, or not at all if its key is overwritten first',
      note: 'tolerance: a share of those that are on their way is overwritten, at most as many as are stale',
    }),
  ];
}

/** tau as printed; what the constants leave open is read from the runs with depth. */
function rates({ cell, measures }: CellSummary<Flowing>, all: readonly CellSummary<Flowing>[]) {
  const { n, order, balance, step } = cell;
  const print = PRINTED_FLOW[n]?.[order];
  if (print === undefined || balance !== BALANCE || step !== STEP) return [];
  const depth = (c: number, measure: string) =>
    at(all, { n, order: 'depth', balance: c, step: STEP })?.measures[measure].mean ?? Number.NaN;
  const measure = 'tau_after'; // of tau before the halving the balance was read off
  const statistic = measures[measure];
  const [low, high] = [depth(BALANCES[0], measure), depth(BALANCES[2], measure)];
  const open = ((high - low) / (2 * depth(BALANCE, measure))) * statistic.mean;
  return [
    judge({
      quantity: 'tau at mtu 50 (updates/s)',
      at: `n = ${n}, ${order}`,
      statistic,
      expected: print.after,
      tolerance: (Number.isFinite(open) ? open : 0) + LUCK_SD * luck(statistic) + ROUNDING,
      range: true,
      basis: 'published',
      source: SOURCE,
      note: 'tolerance: half and twice of our balance, and 3 sd of single runs',
    }),
  ];
}

/** Between runs. */
const luck = ({ sd }: Statistic): number => (Number.isFinite(sd) ? sd : 0);

/** 64 participants and half of the mtu: tau is that of 128 and all of it. */
function scaled(all: readonly CellSummary<Flowing>[]): Finding[] {
  const ns = [...new Set(all.map(({ cell }) => cell.n))].sort((a, b) => a - b);
  return all.flatMap(({ cell, measures }) => {
    const { n, order, balance, step } = cell;
    const half = at(all, { n: n / 2, order, balance, step });
    if (!ns.includes(n / 2) || half === undefined || balance !== BALANCE || step !== STEP)
      return [];
    const [few, many] = [half.measures.tau_after, measures.tau_before];
    const print = {
      few: PRINTED_FLOW[n / 2]?.[order].after,
      many: PRINTED_FLOW[n]?.[order].before,
    };
    const base = {
      quantity: 'tau of N / 2 at mtu 50 / tau of N at mtu 100',
      at: `N = ${n}, ${order}`,
      statistic: ratio(few, many),
    };
    const theory = judge({
      ...base,
      expected: (n - 1) / (n - 2),
      tolerance: Math.LN2 / Math.log(n),
      basis: 'theory',
      source: 'the same load of messages, and the same tau beside the balance',
      note: 'tolerance: news takes ln 2 / ln N longer among twice as many',
    });
    if (print.few === undefined || print.many === undefined) return [theory];
    const open = Math.hypot(luck(few) / few.mean, luck(many) / many.mean);
    const published = judge({
      ...base,
      expected: print.few / print.many,
      tolerance: LUCK_SD * open + (2 * ROUNDING) / print.many,
      range: true,
      basis: 'published',
      source: SOURCE,
      note: 'tolerance: 3 sd of single runs, and rounding',
    });
    return [theory, published];
  });
}

/** Peaks of staleness after the halving, between those of the two steps. */
/** A verdict that could hardly be another is left out: where the tolerance is more than so much of what is printed. */
const BLUNT = 1 / 2;

function peaks(order: Flowing['order'], all: readonly CellSummary<Flowing>[]): Finding[] {
  return Object.entries(PRINTED_FLOW).flatMap(([key, print]) => {
    const n = Number(key);
    const [fine, coarse] = [FINE, STEP].map(
      (step) => at(all, { n, order, balance: BALANCE, step })?.measures,
    );
    if (fine === undefined || coarse === undefined) return [];
    const single = [fine, coarse].map((m) => Math.hypot(m.peak_sd_s.mean, luck(m.peak_s)));
    const tolerance =
      Math.abs(fine.peak_s.mean - coarse.peak_s.mean) / 2 + LUCK_SD * Math.max(...single);
    if (tolerance > BLUNT * print[order].peakS) return [];
    return [
      judge({
        quantity: 'peak of the longest staleness after the halving (s), mean of both steps',
        at: `n = ${n}, ${order}`,
        statistic: {
          ours: (fine.peak_s.mean + coarse.peak_s.mean) / 2,
          se: Math.hypot(fine.peak_s.se, coarse.peak_s.se) / 2,
          count: fine.peak_s.count,
        },
        expected: print[order].peakS,
        tolerance,
        range: true,
        basis: 'published',
        source: SOURCE,
        note: 'tolerance: steps of 2 or 5 %, and 3 sd of single participants',
      }),
    ];
  });
}

// ---- for who runs such a system ----

function answer(all: readonly CellSummary<Flowing>[]): string[] {
  const lines: string[] = [];
  for (const { cell, measures } of all) {
    const { n, order, balance, step } = cell;
    if (order !== 'depth') continue;
    const most = capacity(n, FLOW.mtu);
    lines.push(
      `${n} participants, balance ${balance}, step ${step}: of ${most.toFixed(2)} updates/s that an mtu of ${FLOW.mtu} can carry for each, ${measures.made_per_s.mean.toFixed(2)} are made (tau ${measures.tau_before.mean.toFixed(2)}, ${measures.fill.mean.toFixed(2)} mtu / N); ${(100 * measures.overflow_frac.mean).toFixed(0)} % of the exchanges overflow, ${(100 * measures.known_frac.mean).toFixed(2)} % of what is sent is known already. With half of the mtu tau is ${measures.tau_after.mean.toFixed(2)}; until then mappings are stale for up to ${measures.peak_s.mean.toFixed(0)} s.`,
    );
  }
  lines.push(
    'Rule: with m updates in each message, N participants can make about m / N updates each per round if one exchange in five may overflow, 1.25 m / N if it may be four in ten, and never 2 m / N.',
  );
  return lines;
}
