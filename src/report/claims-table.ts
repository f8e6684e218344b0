/** The verdicts, for the terminal and for the README: one row per experiment and quantity. */
import type { ClaimRow, QuantityRow } from '../experiment/claims-table.ts';
import { type Column, columns, LINE } from './columns.ts';
import { type TableOptions, verdictColumn } from './verdict-column.ts';

export function claimsTable(rows: readonly ClaimRow[], options: TableOptions = {}): string {
  const shape: Column[] = [
    { title: 'experiment' },
    { title: 'quantity', wraps: true },
    verdictColumn(options),
    { title: 'findings', align: 'right' },
    { title: 'source', wraps: true },
  ];
  const texts = rows.flatMap(({ experiment, quantities }) =>
    quantities.map((row, i) => [
      i === 0 ? experiment : '',
      row.quantity,
      row.verdict,
      share(row),
      row.source,
    ]),
  );
  return columns(shape, texts, options.width ?? LINE);
}

/** The table of claims for README.md, each linked to its results. */
export function readmeClaims(rows: readonly ClaimRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const safe = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
  const body = rows.flatMap(({ experiment, quantities }) =>
    quantities.map((row, i) => [
      i === 0 ? `[${experiment}](results/${experiment}/)` : '',
      safe(row.quantity),
      safe(row.source),
      row.verdict === 'reproduced' ? row.verdict : `**${row.verdict}**`,
      share(row),
    ]),
  );
  const head = ['experiment', 'quantity', 'source', 'verdict', 'findings reproduced'];
  return `${[head, head.map(() => '---'), ...body].map(line).join('\n')}\n`;
}

const share = ({ reproduced, findings }: QuantityRow): string => `${reproduced} of ${findings}`;
