/**
 * The front of a tuning: its first two objectives against each other, diamonds around the front. Few settings have a colour each and
 * are named; of many the third objective is told by colour.
 */
import type { CellSummary, Drawable, Statistic, Value } from '../experiment/model.ts';
import type { MeanEstimate } from '../experiment/scenario/find/estimate.ts';
import { ABOUT } from '../experiment/scenario/index.ts';
import type { Outcome, Tuned } from '../experiment/scenario/tune/front.ts';
import { rounded, valueText } from './numbers.ts';
import type { Tuning } from './tune-table.ts';

const WIDE = 20; // times: a range that is drawn on a logarithmic axis
const LEVEL = 'level'; // what has a colour
const MOST_NAMED = 8; // settings: so many colours can be told apart

export interface Front {
  readonly drawable: Drawable;
  readonly summaries: readonly CellSummary[];
}

/** Undefined if there are not two objectives, or no setting has both. */
export function tuneFigure({ outcomes }: Tuned, tuning: Tuning): Front | undefined {
  const [x, y] = tuning.objectives;
  if (y === undefined) return undefined;
  const shown = outcomes.filter(({ estimates }) => isKnown(estimates[x]) && isKnown(estimates[y]));
  if (shown.length === 0) return undefined;
  const { title: levelTitle, of: levelOf } = coloursOf(shown, tuning);
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
        ...(levels.length > 1 ? { color: { field: LEVEL, title: levelTitle } } : {}),
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

interface Colours {
  readonly title: string;
  readonly of: (outcome: Outcome) => Value;
}

/** The value of the setting, or its values side by side; of many settings the third objective, to two digits. */
function coloursOf(shown: readonly Outcome[], { axes, cells, objectives }: Tuning): Colours {
  const third = objectives[2];
  if (shown.length > MOST_NAMED) {
    const of = ({ estimates }: Outcome) =>
      third === undefined || !isKnown(estimates[third]) ? 0 : rounded(estimates[third].mean!, 2);
    return { title: third ?? '', of };
  }
  const title = axes.map(({ path, suffix }) => (suffix === '' ? path : `${path} (${suffix})`));
  const of = ({ setting }: Outcome) => {
    const values = axes.map(({ column }) => cells[setting][column]);
    return values.length === 1 ? values[0] : values.map(valueText).join(', ');
  };
  return { title: title.join(', '), of };
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
