/** The verdicts, for the terminal and for the README: one row per experiment and quantity. */
import type { ClaimRow, QuantityRow } from '../experiment/claims-table.ts';
import { type Column, columns, LINE } from './columns.ts';
import { grouped } from './numbers.ts';
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

/** For README.md: all in a sentence. */
export function readmeClaims(rows: readonly ClaimRow[]): string {
  const sum = (of: 'findings' | 'reproduced' | 'notReproduced' | 'inconclusive') =>
    grouped(String(rows.reduce((before, { quantities }) => before + total(quantities, of), 0)));
  return `${rows.length} experiments, ${sum('findings')} findings: ${sum('reproduced')} reproduced, ${sum('inconclusive')} inconclusive, ${sum('notReproduced')} not reproduced.\n`;
}

/** For docs/findings.md: a row per experiment, with what was not reproduced. */
export function findingsClaims(rows: readonly ClaimRow[]): string {
  const body = rows.map(({ experiment, question, quantities }) => [
    `[${experiment}](../results/${experiment}/)`,
    safe(question),
    share({
      reproduced: total(quantities, 'reproduced'),
      findings: total(quantities, 'findings'),
    }),
    (['not reproduced', 'inconclusive'] as const)
      .map((verdict) => [verdict, quantities.filter((row) => row.verdict === verdict)] as const)
      .filter(([, some]) => some.length > 0)
      .map(([verdict, some]) => `**${verdict}**: ${some.map(named).join('; ')}`)
      .join('. '),
  ]);
  return markdown(['experiment', 'question', 'findings reproduced', 'what else'], body);
}

/** For results/README.md: a row per experiment and quantity. */
export function resultsClaims(rows: readonly ClaimRow[]): string {
  const body = rows.flatMap(({ experiment, quantities }) =>
    quantities.map((row, i) => [
      i === 0 ? `[${experiment}](${experiment}/)` : '',
      safe(row.quantity),
      safe(row.source),
      row.verdict === 'reproduced' ? row.verdict : `**${row.verdict}**`,
      share(row),
    ]),
  );
  return markdown(['experiment', 'quantity', 'source', 'verdict', 'findings reproduced'], body);
}

function markdown(head: readonly string[], body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[head, head.map(() => '---'), ...body].map(line).join('\n')}\n`;
}

const safe = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

const share = ({ reproduced, findings }: Pick<QuantityRow, 'reproduced' | 'findings'>): string =>
  `${reproduced} of ${findings}`;

const named = (row: QuantityRow): string => `${safe(row.quantity)} (${share(row)})`;

const total = (
  rows: readonly QuantityRow[],
  of: 'findings' | 'reproduced' | 'notReproduced' | 'inconclusive',
): number => rows.reduce((sum, row) => sum + row[of], 0);
