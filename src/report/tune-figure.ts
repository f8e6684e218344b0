/** The front of a tuning: its first two objectives against each other, the third by colour, diamonds around the front. */
import type { CellSummary, Drawable, Statistic } from '../experiment/model.ts';
import type { MeanEstimate } from '../experiment/scenario/find/estimate.ts';
import { ABOUT } from '../experiment/scenario/index.ts';
import type { Outcome, Tuned } from '../experiment/scenario/tune/front.ts';
import { rounded } from './numbers.ts';
import type { Tuning } from './tune-table.ts';

const WIDE = 20; // times: a range that is drawn on a logarithmic axis
const LEVEL = 'level'; // the third objective to two digits: a colour for each

export interface Front {
  readonly drawable: Drawable;
  readonly summaries: readonly CellSummary[];
}

/** Undefined if there are not two objectives, or no setting has both. */
export function tuneFigure({ outcomes }: Tuned, { objectives }: Tuning): Front | undefined {
  const [x, y, third] = objectives;
  if (y === undefined) return undefined;
  const shown = outcomes.filter(({ estimates }) => isKnown(estimates[x]) && isKnown(estimates[y]));
  if (shown.length === 0) return undefined;
  const levelOf = ({ estimates }: Outcome) =>
    third === undefined || !isKnown(estimates[third]) ? 0 : rounded(estimates[third].mean!, 2);
  const levels = [...new Set(shown.map(levelOf))];
  const onFront = new Map(shown.map((of) => [of.setting, of.status === 'front']));
  const title = (name: string) => `${ABOUT[name] ?? name} (${name})`;
  const drawable: Drawable = {
    name: 'tune',
    grid: { setting: shown.map(({ setting }) => setting), [LEVEL]: levels },
    measures: { [x]: title(x), [y]: title(y) },
    figures: [
      {
        name: 'front',
        title: `What ${x} costs: each point is a setting`,
        caption:
          'Mean over the replicates and its 95 % interval. What was dominated or over the budget beyond doubt was left out early, and is known less well.',
        x: { field: x, title: title(x), scale: scaleOf(shown, x) },
        y: { field: y, title: title(y), scale: scaleOf(shown, y) },
        ...(levels.length > 1 ? { color: { field: LEVEL, title: third } } : {}),
        joined: false,
        references: [
          {
            label: 'on the Pareto front',
            mark: 'points',
            x: ({ setting }) => meanAt(shown, Number(setting), x),
            at: ({ setting }) =>
              onFront.get(Number(setting)) ? meanAt(shown, Number(setting), y) : null,
          },
        ],
      },
    ],
  };
  const summaries = shown.map((of) => ({
    cell: { setting: of.setting, [LEVEL]: levelOf(of) },
    replicates: of.runs,
    measures: { [x]: statisticOf(of, x), [y]: statisticOf(of, y) },
    series: {},
  }));
  return { drawable, summaries };
}

/** A log axis has no zero. */
function scaleOf(outcomes: readonly Outcome[], name: string): 'linear' | 'log' {
  const ends = outcomes.flatMap(({ estimates }) => [estimates[name].mean!, estimates[name].low]);
  const least = Math.min(...ends.filter(Number.isFinite));
  return least > 0 && Math.max(...ends) >= WIDE * least ? 'log' : 'linear';
}

const isKnown = ({ mean }: MeanEstimate): boolean => mean !== null && mean < Infinity;

const meanAt = (outcomes: readonly Outcome[], setting: number, name: string): number | null =>
  outcomes.find((of) => of.setting === setting)?.estimates[name].mean ?? null;

/** What a figure shows of it; quantiles it does not. */
function statisticOf({ estimates, runs }: Outcome, name: string): Statistic {
  const { mean, low, high, missing } = estimates[name];
  const [ciLow, ciHigh] = [low, high].map((end) => (Number.isFinite(end) ? end : mean!));
  const none = { sd: NaN, se: NaN, p05: NaN, p25: NaN, p50: NaN, p75: NaN, p95: NaN };
  return {
    ...none,
    count: runs - missing,
    missing,
    mean: mean!,
    ciLow,
    ciHigh,
    min: ciLow,
    max: ciHigh,
  };
}
