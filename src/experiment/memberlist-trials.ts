/** A batch of trials of one configuration of memberlist: means of what was measured, and shares up to measured percentiles. */
import { PERCENTILES, sharesUpTo } from './distributions.ts';
import type { MeasuredQuantiles, MemberlistConfiguration } from './memberlist-configurations.ts';
import { type MemberlistCrash, memberlistCrash } from './memberlist-crash.ts';
import { HEALTH_TIMES_S, MEMBERLIST_QUANTITIES, valuesOf } from './memberlist-measured.ts';
import { OBSERVERS_PCT } from './memberlist-pooled.ts';
import { memberlistSpread, type Spread } from './memberlist-spread.ts';
import type { Measures } from './model.ts';

const COLUMNS = Object.keys(MEMBERLIST_QUANTITIES);

/** What a batch tells beside the series. */
export const TRIAL_COLUMNS: readonly string[] = [...COLUMNS, 'missed', 'false_deaths'];

const nothing = (points: readonly number[]) => points.map(() => Number.NaN);

/** The columns of a batch where nothing was run: all undefined. */
export const NO_TRIALS: Measures = {
  ...Object.fromEntries(TRIAL_COLUMNS.map((name) => [name, null])),
  ...Object.fromEntries(COLUMNS.map((name) => [`${name}_upto`, nothing(PERCENTILES)])),
  observers_ms: nothing(OBSERVERS_PCT),
  after_first_ms: nothing(OBSERVERS_PCT),
  observers_upto: nothing(PERCENTILES),
  after_first_upto: nothing(PERCENTILES),
  unwell_score: nothing(HEALTH_TIMES_S),
  sum_score: nothing(HEALTH_TIMES_S),
  max_score_then: nothing(HEALTH_TIMES_S),
};

/** Runs a batch of trials of a configuration. */
export function memberlistTrials(
  configuration: MemberlistConfiguration,
  seed: string,
  batch: number,
): Measures {
  const { place, cluster, observers, afterFirst } = configuration;
  const { kind, n } = place;
  const values: Record<string, number[]> = Object.fromEntries(TRIAL_COLUMNS.map((c) => [c, []]));
  const crashes: MemberlistCrash[] = [];
  const all: number[] = [];
  const since: number[] = []; // the first declaration
  for (let i = 0; i < batch; i++) {
    const of = { ...cluster, n, seed: `${seed} ${i}` };
    const crashed = kind === 'crash' ? memberlistCrash(of) : undefined;
    if (crashed !== undefined) crashes.push(crashed);
    const spread = crashed ?? memberlistSpread(of, kind as 'update');
    for (const time of spread.times) {
      all.push(time);
      if (crashed !== undefined) since.push(time - spread.times[0]);
    }
    for (const [name, value] of Object.entries(quantitiesOf(spread, crashed))) {
      if (Number.isFinite(value)) values[name].push(value!);
    }
  }
  return {
    ...Object.fromEntries(TRIAL_COLUMNS.map((name) => [name, meanOf(values[name])])),
    ...Object.fromEntries(
      COLUMNS.map((name) => [
        `${name}_upto`,
        sharesUpTo(valuesOf(configuration, name), values[name]),
      ]),
    ),
    ...pooled('observers', observers, all),
    ...pooled('after_first', afterFirst, since),
    ...healthOf(crashes),
  };
}

function quantitiesOf(
  { times, missed, ...rest }: Spread | MemberlistCrash,
  crashed: MemberlistCrash | undefined,
): Record<string, number | null | undefined> {
  return {
    first_ms: times[0],
    mean_ms: meanOf(times),
    last_ms: times.at(-1),
    missed,
    call_ms: 'callMs' in rest ? rest.callMs : null,
    timeout_ms: crashed?.timeoutMs,
    suspect_ms: crashed?.suspectMs,
    half_suspect_ms: crashed?.halfSuspectMs,
    spread_ms: crashed && times.at(-1)! - times[0],
    accusers: crashed?.accusers,
    suspicions: crashed?.suspicions,
    confirmations: crashed?.confirmations,
    expiries: crashed?.expiries,
    false_deaths: crashed?.falseDeaths,
    max_score: crashed?.maxScore,
    peak_score: crashed?.peakScore,
  };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Quantiles of ours, and the shares of ours up to the measured percentiles, which are rounded to 1 ms. */
function pooled(name: string, { ms }: MeasuredQuantiles, ours: readonly number[]): Measures {
  if (ours.length === 0) {
    return {
      [`${name}_ms`]: nothing(OBSERVERS_PCT),
      [`${name}_upto`]: nothing(PERCENTILES),
    };
  }
  const sorted = Float64Array.from(ours).sort();
  const upTo = (value: number) => {
    let count = 0;
    while (count < sorted.length && Math.round(sorted[count]) <= value) count++;
    return count / sorted.length;
  };
  return {
    [`${name}_ms`]: OBSERVERS_PCT.map((pct) => sorted[Math.ceil((pct / 100) * sorted.length) - 1]),
    [`${name}_upto`]: PERCENTILES.map((pct) => {
      const value = ms.get(pct);
      return value === undefined ? Number.NaN : upTo(value);
    }),
  };
}

/** Of fewer trials no mean is taken. */
const FEWEST_RUNNING = 5;

/** At each moment, the mean over the crashes that are not known to all yet. */
function healthOf(crashes: readonly MemberlistCrash[]): Measures {
  const series = (of: 'unwell' | 'sum' | 'max') =>
    HEALTH_TIMES_S.map((_, i) => {
      const running = crashes.filter(({ health }) => i < health.length);
      if (running.length < FEWEST_RUNNING) return Number.NaN;
      return meanOf(running.map(({ health }) => health[i][of]))!;
    });
  return {
    unwell_score: series('unwell'),
    sum_score: series('sum'),
    max_score_then: series('max'),
  };
}
