/** What was not reproduced or stayed open: where, by how much, and why as far as the experiment says. */
import type { Verdict } from '../../experiment/model.ts';
import { byQuantity, notesOf, numberOf, numbersOf } from './findings.ts';
import type { Entry } from './front.ts';
import { html, type Markup } from './markup.ts';
import { text, texts } from './record-text.ts';
import type { Row } from './results.ts';
import { counted, sign, withVerdict } from './verdict.ts';

/** Undefined where all is reproduced. */
export function differencesHtml(entries: readonly Entry[]): Markup | undefined {
  const off = listOf(entries, 'not reproduced');
  const open = listOf(entries, 'inconclusive');
  if (off.items.length + open.items.length === 0) return undefined;
  return html`<section id="differences" aria-labelledby="differs">
<h2 id="differs">What differs, and why</h2>
${off.items.length > 0 ? html`<ul class="differences">${off.items}</ul>` : html`<p>Nothing is off beyond doubt.</p>`}
${
  open.items.length > 0 &&
  html`<details class="fold"><summary>What stays open: ${counted(open.findings)} findings in ${counted(open.items.length)} ${open.items.length === 1 ? 'experiment' : 'experiments'}</summary>
<ul class="differences">${open.items}</ul></details>`
}</section>`;
}

function listOf(entries: readonly Entry[], verdict: Verdict) {
  const having = entries.filter(({ results }) => withVerdict(results.findings, verdict).length > 0);
  return {
    items: having.map((entry) => itemHtml(entry, verdict)),
    findings: having.reduce(
      (sum, { results }) => sum + withVerdict(results.findings, verdict).length,
      0,
    ),
  };
}

function itemHtml({ id, results }: Entry, verdict: Verdict): Markup {
  const remarks = texts(results.run, 'remarks');
  return html`<li data-of="${id}"><p>${sign(verdict)} <a href="#${id}">${results.name}</a> <span class="soft">${text(results.run, 'question')}</span></p>
<ul>${byQuantity(results.findings)
    .filter(([, rows]) => withVerdict(rows, verdict).length > 0)
    .map(([name, rows]) => quantityHtml(name, rows, verdict))}</ul>
${
  verdict === 'not reproduced' &&
  remarks.length > 0 &&
  html`<details><summary>Remarks of the experiment</summary>${remarks.map((remark) => html`<p>${remark}</p>`)}</details>`
}</li>
`;
}

function quantityHtml(name: string, rows: readonly Row[], verdict: Verdict): Markup {
  const some = withVerdict(rows, verdict);
  const worst = some.reduce((a, b) => (farOff(b) > farOff(a) ? b : a));
  const [ours, expected] = numbersOf(worst);
  const how = verdict === 'inconclusive' ? `: ${openBecause(some)}` : '';
  return html`<li><b>${name}</b>: ${counted(some.length)} of ${counted(rows.length)}${how}${
    some.length > 1 ? '; furthest off' : '; at'
  } ${worst.at}: ${ours}, expected ${expected} (${worst.source}).${notesOf(some).map(
    (note) => html` <span class="why">${sentence(note)}</span>`,
  )}</li>
`;
}

const sentence = (note: string): string =>
  `${note[0].toUpperCase()}${note.slice(1)}${/[.!?]$/.test(note) ? '' : '.'}`;

/** In standard errors, or where there are none relative to the tolerance. */
function farOff(row: Row): number {
  const off = Math.abs(numberOf(row.ours) - numberOf(row.expected));
  const scale = numberOf(row.se) || numberOf(row.tolerance) || 1;
  return off / scale || 0;
}

/** What kept findings from a verdict: an interval too wide, or a difference that may be chance. */
function openBecause(rows: readonly Row[]): string {
  const apart = rows.filter((row) => {
    const off = Math.abs(numberOf(row.ours) - numberOf(row.expected));
    return off > numberOf(row.tolerance) + 3 * numberOf(row.se);
  }).length;
  const wide = rows.length - apart;
  return [
    ...(wide > 0 ? [`${wide === rows.length ? '' : `${wide} `}too wide an interval`] : []),
    ...(apart > 0
      ? [
          `${apart === rows.length ? '' : `${apart} `}more than three standard errors off, which may be chance`,
        ]
      : []),
  ].join(', ');
}
