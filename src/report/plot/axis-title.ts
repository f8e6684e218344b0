/** The title of an axis from the name of its column: 't99_ms' is 't99 (ms)'. */
import { NAMES } from '../../experiment/scenario/about.ts';

/** End of a name -> its unit, the longer ones first. */
const UNITS: readonly (readonly [end: string, unit: string])[] = [
  ['per_node_s', 'per node and second'],
  ['per_pair_h', 'per hour of a pair'],
  ['frac', 'share'],
  ['share', 'share'],
  ['ratio', 'ratio'],
  ['pct', '%'],
  ['us', 'µs'],
  ['ns', 'ns'],
  ['ms', 'ms'],
  ['s', 's'],
  ['min', 'min'],
  ['h', 'h'],
  ['bytes', 'bytes'],
  ['kb', 'kB'],
  ['mb', 'MB'],
  ['rounds', 'rounds'],
  ['periods', 'periods'],
  ['msgs', 'messages'],
];

export function axisTitle(column: string): string {
  const known = Object.hasOwn(NAMES, column) ? NAMES[column].title : undefined;
  if (known !== undefined) return known;
  const unit = UNITS.find(([end]) => column.length > end.length + 1 && column.endsWith(`_${end}`));
  if (unit === undefined) return column.replaceAll('_', ' ');
  return `${column.slice(0, -unit[0].length - 1).replaceAll('_', ' ')} (${unit[1]})`;
}
