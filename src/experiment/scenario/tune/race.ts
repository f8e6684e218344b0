/**
 * A race of settings: all are run with the same luck, and those that cannot win are left out as soon as that is beyond
 * doubt, so that the others get the runs.
 * Sources: Birattari, Stuetzle, Paquete, Varrentrapp, GECCO 2002 (racing in blocks of common luck); Maron and Moore, NIPS 6,
 * 1993. Successive halving (Jamieson and Talwalkar, AISTATS 2016) leaves out half of them whatever the evidence. Dominance is
 * Pareto's, with an indifference zone (Kim and Nelson, ACM TOMACS 11, 2001): differences below a share are none.
 */
import { signTest } from '../../../base/exact-share.ts';
import { difference } from '../../../base/paired.ts';
import type { Measures } from '../../model.ts';
import { answer, type Condition } from '../condition.ts';
import { meanEstimate } from '../find/estimate.ts';
import { looks } from '../find/search.ts';
import { sampleOf } from '../samples.ts';

/** Chance that anything was left out wrongly: half for domination, half for budgets. */
const ALPHA = 0.05;

export interface Race {
  readonly settings: number;
  /** Measures of which less is better. */
  readonly objectives: readonly string[];
  readonly budgets: readonly Condition[];
  readonly exposures: Readonly<Record<string, string>>;
  /** Differences below this share of a mean are none. */
  readonly indifference: number;
  /** Runs of a setting: at first, then twice as many, and so on. */
  readonly first: number;
  readonly most: number;
  /** Of all settings together. */
  readonly mostRuns: number;
  /** Replicates from .. to-1 of some settings: [as asked for][replicate - from]. */
  readonly ask: (
    settings: readonly number[],
    from: number,
    to: number,
  ) => Promise<readonly (readonly Measures[])[]>;
}

export interface Runner {
  readonly setting: number;
  readonly runs: readonly Measures[];
  /** Left out: over the budget that is named, or worse than that setting, beyond doubt. */
  readonly out?: { readonly budget: string } | { readonly by: number };
}

/** In the order of the settings. */
export async function race(of: Race): Promise<Runner[]> {
  const runners: Runner[] = Array.from({ length: of.settings }, (_, setting) => ({
    setting,
    runs: [],
  }));
  let [done, spent] = [0, 0];
  for (const size of looks(of)) {
    const left = runners.filter(({ out }) => out === undefined);
    const cost = left.length * (size - done);
    if (left.length === 0 || (done > 0 && spent + cost > of.mostRuns)) break;
    const fresh = await of.ask(
      left.map(({ setting }) => setting),
      done,
      size,
    );
    const longer = left.map((runner, i) => ({ ...runner, runs: [...runner.runs, ...fresh[i]] }));
    for (const runner of judged(of, longer)) runners[runner.setting] = runner;
    [done, spent] = [size, spent + cost];
  }
  return runners;
}

function judged(of: Race, runners: readonly Runner[]): Runner[] {
  const within = runners.map((runner) => {
    const over = of.budgets.find((budget) => isOver(of, runner, budget));
    return over === undefined ? runner : { ...runner, out: { budget: over.text } };
  });
  const able = within.filter(({ out }) => out === undefined);
  const level = 1 - ALPHA / (of.settings * Math.max(1, of.settings - 1) * looks(of).length);
  return within.map((runner) => {
    if (runner.out !== undefined) return runner;
    const better = able.find((other) => other !== runner && beats(of, other, runner, level));
    return better === undefined ? runner : { ...runner, out: { by: better.setting } };
  });
}

function isOver(of: Race, { runs }: Runner, budget: Condition): boolean {
  const looked = of.settings * of.budgets.length * looks(of).length;
  const { measure } = budget;
  const estimate = meanEstimate(runs, measure, of.exposures[measure], 1 - ALPHA / looked);
  return answer(budget, estimate) === false;
}

/**
 * Whether one is better than another in some objective and as good in the others, beyond doubt. All of it has to hold, so
 * that each part may be tested at the level of the whole (intersection-union, Berger, Technometrics 24, 1982).
 */
export function beats(
  of: Pick<Race, 'objectives' | 'exposures' | 'indifference'>,
  one: Runner,
  other: Runner,
  level: number,
): boolean {
  const parts = of.objectives.map((name) => {
    const [x, y] = pairs(one, other, name);
    const seldom = Object.hasOwn(of.exposures, name);
    // Nothing seen on either side says nothing of which has less.
    if (x.length < 2 || (seldom && [...x, ...y].every((value) => value === 0)))
      return { asGood: false, better: false };
    const { mean, high, low } = difference(y, x, level);
    const up = x.filter((value, i) => value > y[i]).length;
    const down = x.filter((value, i) => value < y[i]).length;
    const lumpy = seldom || low === high;
    const sure = !lumpy || signTest(up, down) <= 1 - level;
    const usual = y.reduce((sum, value) => sum + Math.abs(value), 0) / y.length;
    return {
      asGood: high <= of.indifference * usual,
      better: high < 0 && -mean > of.indifference * usual && sure,
    };
  });
  return parts.every(({ asGood }) => asGood) && parts.some(({ better }) => better);
}

/** Values of both in the runs in which both have one. */
export function pairs(one: Runner, other: Runner, measure: string): [number[], number[]] {
  const [x, y] = [sampleOf(one.runs, measure), sampleOf(other.runs, measure)];
  const both = x.map((_, i) => i).filter((i) => x[i] !== null && (y[i] ?? null) !== null);
  return [both.map((i) => Number(x[i])), both.map((i) => Number(y[i]))];
}
