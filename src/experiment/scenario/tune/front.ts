/** What a race has shown: which settings are on the Pareto front, which may be, which are not, and which one to take. */
import { difference } from '../../../base/paired.ts';
import { answer, type Condition, holds } from '../condition.ts';
import { type MeanEstimate, meanEstimate } from '../find/estimate.ts';
import { pairs, type Race, type Runner } from './race.ts';

const LEVEL = 0.95; // of each interval by itself

/**
 * front: no other is better in one objective and as good in the others, as far as seen. tied: one is, but not beyond
 * doubt. dominated: beyond doubt. over: the budget is not kept, beyond doubt; above: as far as seen.
 */
export type Status = 'front' | 'tied' | 'dominated' | 'above' | 'over';

export interface Outcome {
  readonly setting: number;
  readonly runs: number;
  readonly status: Status;
  /** The budget that is not kept, if it is that. */
  readonly budget?: string;
  /** Measure -> mean with its 95 % interval: objectives, then budgets, then what else is told. */
  readonly estimates: Readonly<Record<string, MeanEstimate>>;
}

export interface Tuned {
  /** In the order of the settings. */
  readonly outcomes: readonly Outcome[];
  /** What is to be taken; undefined if no setting keeps the budget. */
  readonly best: Outcome | undefined;
  /** The best keeps every budget beyond doubt. */
  readonly sure: boolean;
}

interface Of extends Pick<Race, 'objectives' | 'budgets' | 'exposures' | 'indifference'> {
  /** Measures that are told, beside those that decide. */
  readonly also: readonly string[];
}

/** @param prefer the objectives, what matters most first. */
export function judge(of: Of, prefer: readonly string[], runners: readonly Runner[]): Tuned {
  const deciding = [...of.objectives, ...of.budgets.map(({ measure }) => measure)];
  const names = [...new Set([...deciding, ...of.also])];
  const estimates = runners.map(({ runs }) =>
    Object.fromEntries(
      names.map((name) => [name, meanEstimate(runs, name, of.exposures[name], LEVEL)]),
    ),
  );
  const above = estimates.map((own) => of.budgets.find((budget) => !keeps(budget, own)));
  const able = runners.filter(({ out }, i) => out === undefined && above[i] === undefined);
  const front = frontOf(of, able, estimates);
  const outcomes = runners.map(({ setting, runs, out }, i): Outcome => {
    const budget = out !== undefined && 'budget' in out ? out.budget : above[i]?.text;
    return {
      ...{ setting, runs: runs.length, estimates: estimates[i] },
      status:
        out !== undefined
          ? 'budget' in out
            ? 'over'
            : 'dominated'
          : budget !== undefined
            ? 'above'
            : front.has(setting)
              ? 'front'
              : 'tied',
      ...(budget === undefined ? {} : { budget }),
    };
  });
  const best =
    outcomes[
      bestOf(
        prefer,
        runners.filter(({ setting }) => front.has(setting)),
        estimates,
      ) ?? -1
    ];
  return { outcomes, best, sure: best !== undefined && surely(of.budgets, best) };
}

type Estimates = Readonly<Record<string, MeanEstimate>>;

/** Undefined in all runs, or never: worse than anything. */
const meanOf = (estimates: Estimates, name: string): number => estimates[name].mean ?? Infinity;

const keeps = (budget: Condition, estimates: Estimates): boolean =>
  holds(budget, meanOf(estimates, budget.measure));

const surely = (budgets: readonly Condition[], { estimates }: Outcome): boolean =>
  budgets.every((budget) => answer(budget, estimates[budget.measure]) === true);

/** By estimates, small differences being none; these may go in a circle, and then every difference counts. */
function frontOf(of: Of, able: readonly Runner[], estimates: readonly Estimates[]): Set<number> {
  const undominated = (margin: number) =>
    able.filter(
      ({ setting }) =>
        !able.some((other) => better(of, estimates[other.setting], estimates[setting], margin)),
    );
  const front = undominated(of.indifference);
  return new Set((front.length > 0 ? front : undominated(0)).map(({ setting }) => setting));
}

function better(
  { objectives }: Pick<Of, 'objectives'>,
  one: Estimates,
  other: Estimates,
  margin: number,
): boolean {
  const asGood = (name: string) => meanOf(one, name) <= meanOf(other, name) * (1 + margin);
  const less = (name: string) => meanOf(one, name) < meanOf(other, name) * (1 - margin);
  return objectives.every(asGood) && objectives.some(less);
}

/**
 * What matters most decides first: of those that are left, those stay that cannot be told from the least (paired t, 95 %)
 * go on to the next objective; the last one is decided by the estimates.
 */
function bestOf(
  prefer: readonly string[],
  front: readonly Runner[],
  estimates: readonly Estimates[],
): number | undefined {
  let left = front;
  for (const name of prefer) {
    const least = leastOf(left, name, estimates);
    if (least === undefined) return undefined;
    left = left.filter((runner) => !isMore(runner, least, name, estimates));
  }
  return leastOf(left, prefer[prefer.length - 1], estimates)?.setting;
}

const leastOf = (runners: readonly Runner[], name: string, estimates: readonly Estimates[]) =>
  runners.reduce<Runner | undefined>(
    (least, runner) =>
      least === undefined ||
      meanOf(estimates[runner.setting], name) < meanOf(estimates[least.setting], name)
        ? runner
        : least,
    undefined,
  );

function isMore(
  runner: Runner,
  least: Runner,
  name: string,
  estimates: readonly Estimates[],
): boolean {
  if (runner === least) return false;
  const [own, lowest] = [runner, least].map(({ setting }) => meanOf(estimates[setting], name));
  if (own === Infinity && lowest < Infinity) return true;
  const [x, y] = pairs(least, runner, name);
  return x.length >= 2 && difference(x, y, LEVEL).low > 0;
}
