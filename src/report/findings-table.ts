/** What a run says at its end: ours beside the published values. */
import type { Finding } from '../experiment/model.ts';
import { type Column, columns, filled, LINE, type Row } from './columns.ts';
import { significant, withInterval } from './numbers.ts';
import { type TableOptions, verdictColumn } from './verdict-column.ts';

/** One row a finding, below its quantity and source; notes stand below the table. */
export function findingsTable(findings: readonly Finding[], options: TableOptions = {}): string {
  const shape: Column[] = [
    { title: 'at', wraps: true },
    { title: 'ours [95 % CI]', align: 'right' },
    { title: 'expected', align: 'right' },
    { title: '± tol.', align: 'right' },
    { title: 'z', align: 'right' },
    verdictColumn(options),
  ];
  const notes = [...new Set(findings.flatMap(({ note }) => note ?? []))]; // the same reason, once
  const headings = findings.map((finding) => headingOf(finding, notes));
  const rows = [...new Set(headings)].flatMap((heading): Row[] => [
    heading,
    ...findings.filter((_, i) => headings[i] === heading).map(cells),
  ]);
  const width = options.width ?? LINE;
  const lines = notes.flatMap((note, i) => filled(`${mark(i)} ${note}`, width));
  return [columns(shape, rows, width), ...lines].join('\n');
}

function headingOf({ quantity, basis, source, note }: Finding, notes: readonly string[]): string {
  const origin = basis === 'theory' ? `theory: ${source}` : source;
  return `${quantity} (${origin})${note === undefined ? '' : ` ${mark(notes.indexOf(note))}`}`;
}

const cells = (finding: Finding): Row => [
  `  ${finding.at}`,
  withInterval(finding.ours, finding.ciLow, finding.ciHigh),
  significant(finding.expected, 5),
  significant(finding.tolerance, 2),
  Number.isFinite(finding.z) ? finding.z.toFixed(1) : '–',
  finding.verdict,
];

const mark = (note: number): string => `[${note + 1}]`;
