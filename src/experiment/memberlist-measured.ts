/** Quantities of memberlist that were measured, and findings that hold ours against them. */
import { normalQuantile } from '../base/quantiles.ts';
import { poissonInterval, type Statistic, statistic } from '../base/statistics.ts';
import { judge } from './claims.ts';
import { heldAgainst } from './distributions.ts';
import { column, measured } from './measured.ts';
import type { Cell, CellSummary, Finding } from './model.ts';

export type MemberlistTrialKind = 'update' | 'join' | 'leave' | 'crash';

/** [column] what it is; a series COLUMN_upto goes with each that is compared as a distribution. */
export const MEMBERLIST_QUANTITIES: Readonly<Record<string, string>> = {
  first_ms: 'first observer that knows (ms)',
  mean_ms: 'mean of the observers (ms)',
  last_ms: 'last observer (ms)',
  call_ms: 'return of the call of Leave (ms)',
  suspect_ms: 'first suspicion (ms)',
  half_suspect_ms: 'half of the members suspect (ms)',
  spread_ms: 'from the first to the last declaration (ms)',
  accusers: 'members whose own probes failed before',
  expiries: 'members whose own suspicion ran out',
  peak_score: 'highest sum of health scores',
};

const SOURCE = 'HashiCorp memberlist 0.2.2, measured on a virtual clock';
const LEVEL = 0.99;
const Z = normalQuantile((1 + LEVEL) / 2);
const TRIALS = 'memberlist-trials';
export const MEMBERLIST_UNWELL = 'memberlist-unwell';
export const MEMBERLIST_OBSERVERS = 'memberlist-observers';

/** What was measured of a quantity in trials of that kind; a join's call takes three latencies, always. */
export const trialsOf = (kind: string, variant: string, n: number, name: string): Float64Array =>
  kind === 'join' && name === 'call_ms'
    ? new Float64Array(0)
    : column(measured(TRIALS), name, { kind, variant, n });

/** Ours against the trials of one kind, quantity by quantity. */
export function trialFindings(
  kind: string,
  variant: string,
  n: number,
  { measures, series }: CellSummary<Cell>,
  batch: number,
): Finding[] {
  const at = `${kind}, ${variant}, N = ${n}`;
  const trials = measures.first_ms.count * batch;
  const found = Object.entries(MEMBERLIST_QUANTITIES).flatMap(([name, quantity]) =>
    heldAgainst({
      ...{ quantity, at, trials, source: SOURCE, measured: trialsOf(kind, variant, n, name) },
      ...{ mean: measures[name], shares: series[`${name}_upto`] },
    }),
  );
  const missed = column(measured(TRIALS), 'missed', { kind, variant, n });
  const pairs = missed.length * targetsOf(kind, n);
  const count = missed.reduce((sum, one) => sum + one, 0);
  if (pairs === 0) return found;
  found.push(
    judge({
      ...{ at, basis: 'published', source: SOURCE },
      quantity: 'observers that were never told, share',
      statistic: scaled(measures.missed, 1 / targetsOf(kind, n)),
      expected: count / pairs,
      tolerance: (poissonInterval(count, LEVEL).high - count) / pairs,
      note: `${count} of ${pairs} were measured; tolerance: upper end of the 99 % interval of that count`,
    }),
  );
  return found;
}

const targetsOf = (kind: string, n: number): number => (kind === 'join' ? n - 2 : n - 1);

const scaled = ({ mean, se, count }: Statistic, by: number) => ({
  ours: mean * by,
  se: se * by,
  count,
});

export interface UnwellHeld {
  readonly quantity: string;
  readonly at: string;
  readonly column: string;
  readonly where: Readonly<Record<string, unknown>>;
  readonly ours: Statistic;
  /** Ours per what is measured: 1 / member-hours of ours where the measured ones are counts. */
  readonly perHours?: boolean;
  readonly memberHours: number;
  /** What the moment of sampling leaves open. */
  readonly leftOpen?: number;
}

/** Ours against few long runs: how much they vary is told by ours, in proportion to the length of the runs. */
export function unwellFinding(held: UnwellHeld): Finding[] {
  const { quantity, at, where, ours, memberHours, leftOpen = 0 } = held;
  const table = measured(MEMBERLIST_UNWELL);
  const values = column(table, held.column, where);
  const hours = column(table, 'member_h', where).reduce((sum, h) => sum + h, 0);
  if (values.length === 0 || ours.count < 2) return [];
  const total = values.reduce((sum, value) => sum + value, 0);
  const expected = held.perHours === true ? total / hours : statistic([...values]).mean;
  const spread = Z * ours.sd * Math.sqrt(memberHours / hours);
  return [
    judge({
      ...{ quantity, at, statistic: ours, expected, basis: 'published', source: SOURCE },
      tolerance: spread + leftOpen,
      note: `tolerance: 99 % interval of ${values.length} measured runs of ${hours.toFixed(1)} member-hours in all, by the spread of ours${leftOpen > 0 ? ', and what the moment of sampling leaves open' : ''}`,
    }),
  ];
}
