/** What a run says at its end: ours beside the published values. */
import type { Finding } from '../experiment/model.ts';
import { type Column, columns, filled, LINE } from './columns.ts';
import { significant, withInterval } from './numbers.ts';
import { type TableOptions, verdictColumn } from './verdict-column.ts';

/** One row a finding; notes stand below the table. */
export function findingsTable(findings: readonly Finding[], options: TableOptions = {}): string {
  const shape: Column[] = [
    { title: 'quantity', wraps: true },
    { title: 'at', wraps: true },
    { title: 'ours [95 % CI]', align: 'right' },
    { title: 'expected', align: 'right' },
    { title: '± tol.', align: 'right' },
    { title: 'z', align: 'right' },
    verdictColumn(options),
    { title: 'source', wraps: true },
  ];
  const notes = [...new Set(findings.flatMap(({ note }) => note ?? []))]; // the same reason, once
  const rows = findings.map((finding) => [
    finding.quantity,
    finding.at,
    withInterval(finding.ours, finding.ciLow, finding.ciHigh),
    significant(finding.expected, 5),
    significant(finding.tolerance, 2),
    Number.isFinite(finding.z) ? finding.z.toFixed(1) : '–',
    finding.verdict,
    `${finding.source}${finding.basis === 'theory' ? ' (theory)' : ''}${mark(notes.indexOf(finding.note ?? ''))}`,
  ]);
  const width = options.width ?? LINE;
  const lines = notes.flatMap((note, i) => filled(`${mark(i).trim()} ${note}`, width));
  return [columns(shape, rows, width), ...lines].join('\n');
}

const mark = (note: number): string => (note < 0 ? '' : ` [${note + 1}]`);
