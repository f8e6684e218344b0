/** A tuning: the settings with what they cost, the best ones first, and in sentences which one to take and why. */
import { csv, type Field } from '../experiment/csv.ts';
import type { Cell } from '../experiment/model.ts';
import type { MeanEstimate } from '../experiment/scenario/find/estimate.ts';
import { ABOUT } from '../experiment/scenario/index.ts';
import type { SweptAxis } from '../experiment/scenario/sweep/model.ts';
import type { Outcome, Status, Tuned } from '../experiment/scenario/tune/front.ts';
import { amountText } from './amounts.ts';
import { type Column, columns, LINE } from './columns.ts';
import { everyDigit, significant, valueText, withInterval } from './numbers.ts';

/** What was tuned. */
export interface Tuning {
  readonly axes: readonly SweptAxis[];
  /** [setting] value of each axis. */
  readonly cells: readonly Cell[];
  readonly objectives: readonly string[];
  readonly prefer: readonly string[];
  /** Conditions as they were written. */
  readonly budgets: readonly string[];
}

const MOST_ROWS = 40;
const ORDER: readonly Status[] = ['front', 'tied', 'dominated', 'above', 'over'];
const SAID: Readonly<Record<Status, string>> = {
  front: 'front',
  tied: 'tied',
  dominated: 'dominated',
  above: 'above budget',
  over: 'over budget',
};

export function tuneTable(
  { outcomes, best }: Tuned,
  { axes, cells, objectives }: Tuning,
  width: number = LINE,
): string {
  const titles = [...axes.map(titleOf), 'runs', ...objectives];
  const shape: Column[] = [
    ...titles.map((title) => ({ title, align: 'right' as const })),
    { title: 'is' },
  ];
  const [first] = objectives;
  const meanOf = ({ estimates }: Outcome) => estimates[first].mean ?? Infinity;
  const sorted = [...outcomes].sort(
    (a, b) =>
      ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || compareNumbers(meanOf(a), meanOf(b)),
  );
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map((of) => [
      ...axes.map(({ column }) => valueText(cells[of.setting][column])),
      String(of.runs),
      ...objectives.map((name) => estimateText(of.estimates[name], of.runs)),
      of === best ? 'front, to be taken' : SAID[of.status],
    ]);
  const left = outcomes.length - rows.length;
  return [
    columns(shape, rows, width),
    ...(left > 0 ? [`... and ${left} more settings; --out DIR writes all`] : []),
    '',
    ...objectives.map((name) => `${name}: ${ABOUT[name] ?? name}`),
  ].join('\n');
}

const titleOf = ({ path, suffix }: SweptAxis): string =>
  suffix === '' ? path : `${path} (${suffix})`;

/** Infinity - Infinity is NaN. */
const compareNumbers = (x: number, y: number): number => (x === y ? 0 : x - y);

function estimateText({ mean, low, high, never, missing }: MeanEstimate, runs: number): string {
  if (never > 0) return `never, in ${never} of ${runs}`;
  if (mean === null) return '–';
  if (mean === 0 && high > 0) return `0, below ${significant(high, 2)}`;
  const text = Number.isFinite(low) ? withInterval(mean, low, high) : significant(mean);
  return missing > 0 ? `${text} (${runs - missing})` : text;
}

/** Which to take, why, and what is not known. */
export function tuneSentences(tuned: Tuned, tuning: Tuning): string[] {
  const { outcomes, best, sure } = tuned;
  const { axes, cells, objectives, prefer, budgets } = tuning;
  const count = (status: Status) => outcomes.filter((of) => of.status === status).length;
  const kept = budgets.length > 0 ? ` and keeps ${budgets.join(' and ')}` : '';
  const settings = `${outcomes.length} settings: ${ORDER.filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${SAID[status]}`)
    .join(', ')}.`;
  if (best === undefined) {
    return [
      settings,
      `No setting keeps ${budgets.join(' and ')}, as far as seen; allow more, or vary more.`,
    ];
  }
  const place = placeText(axes, cells[best.setting]);
  return [
    settings,
    `Take ${place}: ${objectives.map((name) => amountAt(name, best)).join(', ')}. It is on the front (no other is better in one of these and as good in the rest)${kept}${sure || budgets.length === 0 ? '' : ', as far as seen, but not beyond doubt'}; ${whyText(prefer)}`,
    ...doubt(tuned, tuning),
    ...objectives.flatMap((name) => unseen(name, best, outcomes)),
    ...missed(best),
  ];
}

const whyText = ([first, ...others]: readonly string[]): string =>
  others.length === 0
    ? `of the front it has the least ${first}.`
    : `of those on the front that cannot be told from the one with the least ${first} it has the least ${others.join(', then ')}.`;

/** On the front, others may have been seen with less of what matters most, if it is not beyond doubt: nothing is settled then. */
export function seenWithLess({ outcomes, best }: Tuned, [first]: readonly string[]): Outcome[] {
  const meanOf = ({ estimates }: Outcome) => estimates[first].mean ?? Infinity;
  if (best === undefined) return [];
  return outcomes.filter((own) => own.status === 'front' && meanOf(own) < meanOf(best));
}

function doubt(tuned: Tuned, { axes, cells, prefer }: Tuning): string[] {
  const [first] = prefer;
  const less = seenWithLess(tuned, prefer);
  if (less.length === 0) return [];
  const seen = less.map(
    ({ setting, estimates }) =>
      `${placeText(axes, cells[setting])} (${amountText(first, estimates[first].mean ?? Infinity)})`,
  );
  return [
    `Less ${first} was seen with ${seen.join(' and ')}, but not beyond doubt: so no configuration is given; more --replicates tell more.`,
  ];
}

/** Nothing is not proof of nothing; and where no setting had any, nothing is known of which has less. */
function unseen(name: string, best: Outcome, outcomes: readonly Outcome[]): string[] {
  const { mean, high } = best.estimates[name];
  if (mean !== 0 || !(high > 0 && high < Infinity)) return [];
  const none = outcomes.every(({ estimates }) => estimates[name].mean === 0);
  return [
    `Nothing was seen of ${name}, of which there may be up to ${significant(high, 2)} (95 %).${
      none && outcomes.length > 1
        ? ' No setting had any, so that the other objectives decide: a slower setting may bear more than this scenario does to it. Make what goes wrong worse, or let it run for longer.'
        : ''
    }`,
  ];
}

/** Times of those that noticed look well where many did not. */
function missed({ estimates: { detected_all } }: Outcome): string[] {
  if (detected_all?.mean == null || detected_all.mean === 1) return [];
  const share = amountText('detected_all', 1 - detected_all.mean);
  return [
    `In ${share} of its runs not all noticed each crash before it was over: detection times are of those that did. A longer duration, or --budget 'detected_all >= 99%', leaves such settings out.`,
  ];
}

const placeText = (axes: Tuning['axes'], cell: Cell): string =>
  axes.map(({ path, column, suffix }) => `${path} = ${textOf(cell[column])}${suffix}`).join(', ');

const textOf = (value: Cell[string]): string =>
  typeof value === 'number' ? everyDigit(value) : String(value);

function amountAt(name: string, { estimates }: Outcome): string {
  const { mean } = estimates[name];
  if (mean === null) return `${name} undefined`;
  return mean === Infinity ? `${name} never` : `${name} ${amountText(name, mean)}`;
}

/** A row per setting, in grid order. */
export function tuneCsv({ outcomes, best }: Tuned, { axes, cells }: Tuning): string {
  const measures = Object.keys(outcomes[0].estimates);
  const known = (value: number | null): Field =>
    value === null || !Number.isFinite(value) ? null : value;
  const rows = outcomes.map((of) => [
    ...axes.map(({ column }) => cells[of.setting][column]),
    ...[of.runs, of.status, of === best],
    ...measures.flatMap((name) => {
      const { mean, low, high, missing } = of.estimates[name];
      return [known(mean), known(low), known(high), missing];
    }),
  ]);
  const ends = ['', '_ci_low', '_ci_high', '_missing'];
  const head = measures.flatMap((name) => ends.map((end) => `${name}${end}`));
  return csv([...axes.map(({ column }) => column), 'runs', 'status', 'best', ...head], rows);
}
