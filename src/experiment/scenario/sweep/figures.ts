/** The figures of a sweep: its first axis below, the second by colour, the third side by side. */
import { UserError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';
import type { Figure, Value } from '../../model.ts';
import { NAMES } from '../about.ts';
import type { SweptAxis } from './model.ts';

/** What is shown and drawn unless the user says, as far as it is observed: how fast, how surely, at what cost. */
const USUAL = [
  'to_99_ms',
  'unreached_frac',
  'detect_mean_ms',
  'mistakes_per_pair_h',
  'dead_mean_ms',
  'false_deaths_per_pair_h',
  'causal_violations_frac',
  'lost_updates_frac',
  'divergent_frac',
  'job_ms',
  'stale_frac',
  'bytes_per_node_s',
];
const WIDE = 20; // times: two values that are drawn on a logarithmic axis

export function shownOf(asked: readonly string[], observed: readonly string[]): readonly string[] {
  const unknown = asked.find((name) => !observed.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `--measure ${unknown} is not measured here.${didYouMean(unknown, observed)} Measured: ${observed.join(', ')}`,
    );
  }
  if (asked.length > 0) return asked;
  const usual = USUAL.filter((name) => observed.includes(name));
  return usual.length > 0 ? usual : observed.slice(0, USUAL.length);
}

export function figuresOf(over: readonly SweptAxis[], shown: readonly string[]): Figure[] {
  if (over.length === 0 || over.length > 3) return [];
  const numeric = over.find(({ values }) => values.every((value) => typeof value === 'number'));
  const x = numeric ?? over[0];
  const [color, facet] = over.filter((axis) => axis !== x);
  return shown.map((name) => ({
    name: name.replaceAll('_', '-'),
    title: headed(`${NAMES[name].title.replace(/ \(\w+\)$/, '')} against ${x.path}`),
    caption: `${headed(NAMES[name].about)}. Mean over the replicates and its 95 % interval.`,
    x: { field: x.column, title: titleOf(x), scale: isWide(x.values) ? 'log' : 'linear' },
    y: { field: name, title: NAMES[name].title },
    ...(color === undefined ? {} : { color: { field: color.column, title: titleOf(color) } }),
    ...(facet === undefined ? {} : { facet: { field: facet.column, title: titleOf(facet) } }),
  }));
}

const headed = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const titleOf = ({ path, suffix }: SweptAxis): string =>
  suffix === '' ? path : `${path} (${suffix})`;

/** Whether the values stand more evenly by ratio than by difference; of two alone, if they are far apart. */
function isWide(values: readonly Value[]): boolean {
  const numbers = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const [least] = numbers;
  if (numbers.length < values.length || !(least > 0)) return false;
  const byRatio = evenness(numbers.map(Math.log));
  const byDifference = evenness(numbers);
  if (byRatio !== byDifference) return byRatio > byDifference;
  return numbers[numbers.length - 1] >= WIDE * least;
}

/** The smallest step over the largest, to a hundredth. */
function evenness(ascending: readonly number[]): number {
  const steps = ascending.slice(1).map((value, i) => value - ascending[i]);
  return Math.round((100 * Math.min(...steps)) / Math.max(...steps)) / 100;
}
