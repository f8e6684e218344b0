/** What a sweep measured, a row a cell: the table of an experiment that claims nothing. */
import { significant, withInterval } from '../numbers.ts';
import { numberOf } from './findings.ts';
import { html, type Markup } from './markup.ts';
import { pairs } from './record-text.ts';
import type { Results, Row } from './results.ts';

const SHORT_ROWS = 20;

export function summaryHtml({ name, run, summary }: Results): Markup | undefined {
  if (summary.length === 0) return undefined;
  const axes = pairs(run, 'axes').map(([axis]) => axis);
  const measures = [...new Set(summary.map(({ measure }) => measure))];
  const cells = [...new Set(summary.map(({ cell }) => cell))];
  const title = (column: string) => html`<th scope="col" class="n">${column}</th>`;
  const rows = cells.map((cell) => {
    const own = summary.filter((row) => row.cell === cell);
    const found = (measure: string) => own.find((row) => row.measure === measure);
    return html`<tr>${axes.map((axis) => html`<td class="n">${own[0][axis]}</td>`)}${measures.map(
      (measure) => html`<td class="n">${estimate(found(measure))}</td>`,
    )}</tr>
`;
  });
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Measures of ${name}">
<table class="findings flat"><thead><tr>${axes.map(title)}${measures.map(title)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="soft">Means over the runs of a cell, and their 95 % intervals.</p>`;
  if (cells.length <= SHORT_ROWS) return table;
  return html`<details class="fold"><summary>All ${cells.length} cells</summary>${table}</details>`;
}

function estimate(row: Row | undefined): string {
  const [mean, low, high] = [row?.mean, row?.ci_low, row?.ci_high].map(numberOf);
  return Number.isNaN(low) ? significant(mean) : withInterval(mean, low, high);
}
