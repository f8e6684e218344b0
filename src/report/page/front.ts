/** The front of the page: how many findings were reproduced, where, and what differs. */
import { AREA_NAMES } from '../../experiment/areas.ts';
import type { Verdict } from '../../experiment/model.ts';
import { html, type Markup } from './markup.ts';
import { text } from './record-text.ts';
import { type Results, VERDICTS } from './results.ts';
import { classOf, counted, share, sign, verdictOf, withVerdict } from './verdict.ts';

export interface Entry {
  readonly id: string;
  readonly results: Results;
}

const BEST_FIRST = VERDICTS.toReversed();

const MEANING: Readonly<Record<Verdict, string>> = {
  reproduced:
    'Ours and the expected value agree within tolerance and three standard errors, and the interval is sharp enough to have shown a difference.',
  inconclusive:
    'Three to four standard errors off, or too wide an interval to tell: more runs decide.',
  'not reproduced':
    'Off by more than tolerance and four standard errors, which chance does once in 16,000 findings.',
};

export function tilesHtml(entries: readonly Entry[]): Markup {
  const findings = entries.flatMap(({ results }) => results.findings);
  const tile = (verdict: Verdict) => {
    const some = withVerdict(findings, verdict).length;
    const whole = entries.filter(({ results }) => verdictOf(results) === verdict).length;
    const percent = findings.length === 0 ? 0 : (100 * some) / findings.length;
    return html`<li class="${classOf(verdict)}"><p class="big">${sign(verdict)} ${counted(some)}</p>
<p><b>${verdict}</b> <span class="soft">${percent.toFixed(1)} % of the findings</span></p>
<p class="soft">${MEANING[verdict]}</p>
<p class="soft">${EXPERIMENTS[verdict](whole)}</p></li>
`;
  };
  return html`<ul class="tiles">${BEST_FIRST.map(tile)}</ul>
<div class="bar" aria-hidden="true">${BEST_FIRST.map(
    (verdict) =>
      html`<span class="${classOf(verdict)}" style="flex-grow:${withVerdict(findings, verdict).length}"></span>`,
  )}</div>`;
}

const experiments = (count: number) => `${count} experiment${count === 1 ? '' : 's'}`;
const EXPERIMENTS: Readonly<Record<Verdict, (count: number) => string>> = {
  reproduced: (count) => `${experiments(count)} with nothing else.`,
  inconclusive: (count) => `${experiments(count)} with some, and nothing worse.`,
  'not reproduced': (count) => `${experiments(count)} with some.`,
};

export const byArea = (entries: readonly Entry[]): [area: string, entries: Entry[]][] =>
  AREA_NAMES.map((area): [string, Entry[]] => [
    area,
    entries.filter(({ results }) => results.area === area),
  ]).filter(([, some]) => some.length > 0);

export const mapHtml = (
  entries: readonly Entry[],
): Markup => html`<nav class="map" aria-label="Experiments by area">
${byArea(entries).map(
  ([area, some]) => html`<section><h3>${area}</h3><ul>
${some.map(cardHtml)}</ul></section>
`,
)}</nav>`;

function cardHtml({ id, results }: Entry): Markup {
  const { name, findings, run } = results;
  const verdict = verdictOf(results);
  const width = (of: Verdict) => (100 * withVerdict(findings, of).length) / findings.length;
  return html`<li data-of="${id}"><a href="#${id}" title="${text(run, 'question')}">${
    verdict !== undefined && sign(verdict)
  }<span class="name">${name}</span>${
    verdict !== undefined &&
    html`<span class="of"><span class="hidden">${verdict}, </span>${share(findings)}</span>
<span class="bar" aria-hidden="true">${BEST_FIRST.filter((of) => width(of) > 0).map(
      (of) => html`<span class="${classOf(of)}" style="flex-grow:${width(of).toFixed(1)}"></span>`,
    )}</span>`
  }</a></li>
`;
}
