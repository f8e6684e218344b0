/** Two scenarios side by side: what differs beyond doubt first, then the rest; differences with their 95 % interval. */
import type { Comparison } from '../experiment/scenario/compare/compare.ts';
import { ABOUT } from '../experiment/scenario/index.ts';
import { type Column, columns, LINE, type Row } from './columns.ts';
import { significant, withInterval } from './numbers.ts';

const SHAPE: Column[] = [
  { title: 'measure' },
  { title: 'A', align: 'right' },
  { title: 'B', align: 'right' },
  { title: 'B - A [95 % CI]', align: 'right' },
  { title: 'B / A [95 % CI]', align: 'right' },
  { title: 'pairs', align: 'right' },
];

export function compareTable(comparisons: readonly Comparison[], width: number = LINE): string {
  const differing = comparisons.filter(({ differs }) => differs);
  const others = comparisons.filter(({ differs }) => !differs);
  const rows: Row[] = [
    ...(differing.length > 0 ? ['Different beyond doubt:'] : []),
    ...differing.map(row),
    ...(differing.length > 0 && others.length > 0
      ? ['', 'Not different, or not beyond doubt:']
      : []),
    ...others.map(row),
  ];
  const notes = comparisons.flatMap(noteOf);
  return [
    columns(SHAPE, rows, width),
    '',
    ...comparisons.map(({ measure }) => `${measure}: ${ABOUT[measure] ?? measure}`),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

function row({ measure, a, b, difference, ratio, pairs, both_below }: Comparison): string[] {
  const interval = (x: number, low: number, high: number) =>
    Number.isFinite(low) ? withInterval(x, low, high) : significant(x);
  return [
    measure,
    ...[a, b].map((value) =>
      both_below === null ? significant(value) : `0, below ${significant(both_below, 2)}`,
    ),
    difference === null || both_below !== null
      ? '–'
      : interval(difference.mean, difference.low, difference.high),
    ratio === null ? '–' : interval(ratio.value, ratio.low, ratio.high),
    String(pairs),
  ];
}

function noteOf({ measure, pairs, only_a, only_b, both_below }: Comparison): string[] {
  const one = only_a + only_b;
  return [
    ...(both_below === null
      ? []
      : [`${measure}: none was seen in A or in B, so that nothing is known of their difference.`]),
    ...(pairs === 0
      ? [`${measure}: no pair of runs has it on both sides.`]
      : one > 0
        ? [
            `${measure}: only A has it in ${only_a} runs, only B in ${only_b}; these are left out, which may favour either.`,
          ]
        : []),
  ];
}
