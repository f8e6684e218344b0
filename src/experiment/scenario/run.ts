/** Replicates of a scenario, and what they say together. */
import { poissonInterval, shareStatistic, statistic, sum } from '../../base/statistics.ts';
import { simulate } from '../../engine/simulate.ts';
import { replicateSeed } from '../seeds.ts';
import { scenarioOf } from './build.ts';
import { metersOf } from './measures.ts';
import type { Count, Measure, Measured } from './meter.ts';
import type { Group } from './read.ts';

export interface Replicate {
  readonly replicate: number;
  readonly seed: string;
  /** Of the trace: the same run has the same. */
  readonly hash: string;
  readonly events: number;
  readonly measured: Measured;
}

/** A mean, a share or a rate with its 95 % interval; null where there is none. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Runs in which it is defined. */
  readonly runs: number;
}

export function runReplicate(scenario: Group, seed: string, replicate: number): Replicate {
  const own = replicateSeed(seed, replicate);
  return { replicate, seed: own, ...measure(scenario, own) };
}

/** One run, with that seed. */
export function measure(
  scenario: Group,
  seed: string,
): Pick<Replicate, 'hash' | 'events' | 'measured'> {
  const run = scenarioOf(scenario, seed);
  const meters = metersOf(scenario, run);
  const outcome = simulate({ ...run, observers: meters.map(({ observer }) => observer) });
  const measured: Measured = Object.assign({}, ...meters.map(({ measure }) => measure(outcome)));
  return { hash: outcome.hash, events: outcome.events, measured };
}

/** Student's t for means, Wilson for what is true or not, Poisson where nothing was counted. */
export function estimatesOf(runs: readonly Replicate[]): Readonly<Record<string, Estimate>> {
  const names = Object.keys(runs[0].measured);
  return Object.fromEntries(
    names.map((name) => [name, estimate(runs.map(({ measured }) => measured[name]))]),
  );
}

const isCount = (value: Measure): value is Count => typeof value === 'object' && value !== null;

function estimate(values: readonly Measure[]): Estimate {
  const counts = values.filter(isCount);
  if (counts.length > 0) return rate(counts);
  const isShare = values.some((value) => typeof value === 'boolean');
  const { count, mean, ciLow, ciHigh } = isShare
    ? shareStatistic(values as readonly (boolean | null)[])
    : statistic(values as readonly (number | null)[]);
  return { value: known(mean), low: known(ciLow), high: known(ciHigh), runs: count };
}

/** What is gossiped comes in bursts, wider than Poisson's law: so over runs it is Student's t, and of one run there is no
 *  interval. Where nothing was counted, Poisson's tells how much there may be. */
function rate(counts: readonly Count[]): Estimate {
  const per = sum(counts.map((of) => of.per));
  const runs = counts.length;
  if (per === 0) return { value: null, low: null, high: null, runs };
  if (counts.some(({ count }) => count > 0)) {
    return estimate(counts.map((of) => (of.per === 0 ? null : of.count / of.per)));
  }
  return { value: 0, low: 0, high: poissonInterval(0, 0.95).high / per, runs };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
