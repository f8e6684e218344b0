/** Findings as tables: by quantity, and each one beside what was expected. */
import type { Verdict } from '../../experiment/model.ts';
import { alike, significant, withInterval } from '../numbers.ts';
import { html, type Markup } from './markup.ts';
import type { Row } from './results.ts';
import { classOf, share, verdictOf, verdictText } from './verdict.ts';

/** Longer tables are folded, below one line a quantity. */
const SHORT_ROWS = 12;

export function findingsHtml(name: string, findings: readonly Row[]): Markup {
  const quantities = byQuantity(findings);
  const all = html`<div class="scroll" tabindex="0" role="region" aria-label="Findings of ${name}">
${findingsTable(name, quantities)}</div>`;
  if (findings.length <= SHORT_ROWS) return all;
  return html`${quantityTable(name, quantities)}
<details class="fold"><summary>All ${findings.length} findings</summary>
${all}</details>`;
}

export type Quantity = readonly [name: string, rows: readonly Row[]];

export function byQuantity(findings: readonly Row[]): Quantity[] {
  const names = [...new Set(findings.map(({ quantity }) => quantity))];
  return names.map((name) => [name, findings.filter(({ quantity }) => quantity === name)]);
}

const quantityTable = (experiment: string, quantities: readonly Quantity[]): Markup => html`
<div class="scroll" tabindex="0" role="region" aria-label="Quantities of ${experiment}">
<table class="quantities"><thead><tr><th scope="col">Quantity</th><th scope="col">Verdict</th>
<th scope="col" class="n">Reproduced</th></tr></thead>
<tbody>${quantities.map(
  ([name, rows]) => html`<tr><th scope="row">${name} <small>${origin(rows)}</small></th>
<td>${verdictText(verdictOf({ findings: rows })!)}</td><td class="n">${share(rows)}</td></tr>`,
)}</tbody></table></div>`;

const HEAD = ['At', 'Ours [95 % CI]', 'Expected', 'Difference', 'Tolerance', 'z', 'Verdict'];
const TEXT_COLUMNS = [0, 6];

/** A body a quantity, so that rows sort within it. */
const findingsTable = (experiment: string, quantities: readonly Quantity[]): Markup => html`
<table class="findings" aria-label="All findings of ${experiment}"><thead><tr>${HEAD.map(
  (title, i) => html`<th scope="col"${!TEXT_COLUMNS.includes(i) && html` class="n"`}>${title}</th>`,
)}</tr></thead>
${quantities.map(
  ([name, rows]) => html`<tbody><tr><th colspan="7" scope="rowgroup">${name}
<small>${origin(rows)}</small>${notesOf(rows).map((note) => html`<small>${note}</small>`)}</th></tr>
${rows.map(findingRow)}</tbody>
`,
)}</table>`;

const findingRow = (row: Row): Markup => {
  const [ours, expected, difference, tolerance, z] = numbersOf(row);
  return html`<tr><td>${row.at}</td><td class="n">${ours}</td><td class="n">${expected}</td><td class="n">${difference}</td><td class="n">${tolerance}</td><td class="n">${z}</td><td class="${classOf(row.verdict as Verdict)}">${row.verdict}</td></tr>
`;
};

/** Ours with its interval, expected, the difference, the tolerance and z, as precise as the interval allows. */
export function numbersOf(row: Row): string[] {
  const [ours, low, high, expected, tolerance, z] = [
    ...[row.ours, row.ci_low, row.ci_high, row.expected, row.tolerance, row.z].map(numberOf),
  ];
  const [difference] = alike([ours - expected], (high - low) / 2);
  return [
    withInterval(ours, low, high),
    significant(expected, 5),
    difference,
    Number.isNaN(tolerance) ? '–' : `± ${significant(tolerance, 2)}`,
    Number.isFinite(z) ? (Math.round(10 * z) / 10 + 0).toFixed(1) : '–',
  ].map(typeset);
}

/** With true minus signs; a line may break before an interval, but not in it. */
const typeset = (text: string): string =>
  text.replaceAll(/(^|\[|, )-/g, '$1−').replaceAll(', ', ',\u00a0');

/** NaN for what is missing. */
export const numberOf = (field: string | undefined): number =>
  field === undefined || field === '' ? Number.NaN : Number(field);

/** 'published: Demers et al. 1987, table 1' */
const origin = (rows: readonly Row[]): string =>
  [...new Set(rows.map(({ basis, source }) => [basis, source].filter(Boolean).join(': ')))].join(
    '; ',
  );

/** The same note once. */
export const notesOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.map(({ note }) => note).filter(Boolean)),
];
