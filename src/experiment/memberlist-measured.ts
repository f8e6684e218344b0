/** Our trials of memberlist held against measured ones: means, distributions, quantiles over observers, health over time. */
import { normalQuantile } from '../base/quantiles.ts';
import { poissonInterval } from '../base/statistics.ts';
import { judge } from './claims.ts';
import { heldAgainst } from './distributions.ts';
import type { MemberlistConfiguration } from './memberlist-configurations.ts';
import { pooledFindings } from './memberlist-pooled.ts';
import type { Cell, CellSummary, Finding } from './model.ts';

/** [column] what it is; a series COLUMN_upto goes with each, to compare it as a distribution. */
export const MEMBERLIST_QUANTITIES: Readonly<Record<string, string>> = {
  first_ms: 'first observer that knows (ms)',
  mean_ms: 'mean of the observers (ms)',
  last_ms: 'last observer (ms)',
  call_ms: 'return of the call of Leave (ms)',
  timeout_ms: 'first direct ping given up (ms)',
  suspect_ms: 'first suspicion (ms)',
  half_suspect_ms: 'half of the members suspect (ms)',
  spread_ms: 'from the first to the last declaration (ms)',
  accusers: 'members whose own probes failed before',
  suspicions: 'times that a member came to suspect',
  confirmations: 'confirmations of the first declaration',
  expiries: 'members whose own suspicion ran out',
  max_score: 'highest health score',
  peak_score: 'highest sum of health scores',
};

const SOURCE = 'HashiCorp memberlist, measured';
const LEVEL = 0.99;
const Z = normalQuantile((1 + LEVEL) / 2);
/** Of the health over time: this share of the trials must still run, and no more moments are compared. */
const LEAST_RUNNING = 0.4;
const MOST_MOMENTS = 8;

/** When health scores are read after a crash, in s. */
export const HEALTH_TIMES_S: readonly number[] = Array.from({ length: 60 }, (_, i) => (i + 1) / 2);

/** Their mean over the trials that still run -> the series of ours. */
const HEALTH = { unwell: 'unwell_score', sum: 'sum_score', max: 'max_score_then' } as const;

export const valuesOf = (
  { columns }: MemberlistConfiguration,
  name: string,
): Float64Array<ArrayBuffer> => Float64Array.from(columns.get(name) ?? []).sort();

/** Ours against the trials of a configuration. */
export function trialFindings(
  configuration: MemberlistConfiguration,
  summary: CellSummary<Cell>,
  batch: number,
): Finding[] {
  const { measures, series } = summary;
  const { kind, n, setup } = configuration.place;
  const at = `${kind}, ${setup}, N = ${n}`;
  const trials = measures.first_ms.count * batch;
  const found = Object.entries(MEMBERLIST_QUANTITIES).flatMap(([name, quantity]) =>
    heldAgainst({
      ...{ quantity, at, trials, source: SOURCE, measured: valuesOf(configuration, name) },
      ...{ mean: measures[name], shares: series[`${name}_upto`] },
    }),
  );
  return [
    ...found,
    ...missedFinding(configuration, summary, at),
    ...pooledFindings(configuration, summary, batch, SOURCE),
    ...healthFindings(configuration, summary, batch, at),
  ];
}

export const targetsOf = (kind: string, n: number): number => (kind === 'join' ? n - 2 : n - 1);

function missedFinding(
  configuration: MemberlistConfiguration,
  { measures }: CellSummary<Cell>,
  at: string,
): Finding[] {
  const { kind, n } = configuration.place;
  const missed = valuesOf(configuration, 'missed');
  const targets = targetsOf(kind, n);
  const pairs = missed.length * targets;
  if (pairs === 0) return [];
  const count = missed.reduce((sum, one) => sum + one, 0);
  const { mean, se, count: runs } = measures.missed;
  return [
    judge({
      ...{ at, basis: 'published', source: SOURCE },
      quantity: 'observers that were never told, share',
      statistic: { ours: mean / targets, se: se / targets, count: runs },
      expected: count / pairs,
      tolerance: (poissonInterval(count, LEVEL).high - count) / pairs,
      note: `${count} of ${pairs} were measured; tolerance: upper end of the 99 % interval of that count`,
    }),
  ];
}

/** Health over time, while enough of the trials run; how much the measured mean varies is told by our batches. */
function healthFindings(
  { health, columns }: MemberlistConfiguration,
  { series }: CellSummary<Cell>,
  batch: number,
  at: string,
): Finding[] {
  const trials = columns.get('first_ms')?.length ?? 0;
  const moments = [...health.keys()].filter(
    (t) =>
      Number.isInteger(t) &&
      health.get(t)!.running >= LEAST_RUNNING * trials &&
      health.get(t)!.sum > 0,
  );
  const step = Math.ceil(moments.length / MOST_MOMENTS);
  return moments
    .filter((t, i) => i % step === 0 && HEALTH_TIMES_S.includes(t))
    .flatMap((t) =>
      (
        [
          ['members with a score above 0', 'unwell'],
          ['sum of health scores', 'sum'],
          ['highest health score', 'max'],
        ] as const
      ).flatMap(([what, name]) => {
        const ours = series[HEALTH[name]][HEALTH_TIMES_S.indexOf(t)];
        if (ours === undefined || ours.count < 2) return [];
        return [
          judge({
            ...{ at, statistic: ours, basis: 'published', source: SOURCE },
            quantity: `${what} ${t} s after the crash`,
            expected: health.get(t)![name],
            tolerance: Z * ours.sd * Math.sqrt(batch / trials) + 0.005,
            note: `tolerance: 99 % interval of the mean of ${health.get(t)!.running} trials that still ran, by the spread of our batches, and the print`,
          }),
        ];
      }),
    );
}
