/** One experiment on the page: question, answer, claim, figures, findings, remarks, and how to have it again. */
import { figureHtml } from './figure.ts';
import { findingsHtml } from './findings.ts';
import { html, type Markup } from './markup.ts';
import { provenanceHtml, repeatHtml } from './provenance.ts';
import { text, texts } from './record-text.ts';
import type { Results } from './results.ts';
import { summaryHtml } from './summary.ts';
import { share, verdictOf, verdictText } from './verdict.ts';

export function experimentHtml(results: Results, id: string): Markup {
  const { name, run, findings, figures, problems, isSweep } = results;
  const verdict = verdictOf(results);
  const question = text(run, 'question') || name;
  const remarks = texts(run, 'remarks');
  return html`<article id="${id}" data-verdict="${verdict ?? 'none'}">
<header><p class="kicker"><a href="#${id}">${name}</a>${
    verdict !== undefined &&
    html` ${verdictText(verdict)} <span class="soft">${share(findings)} findings reproduced</span>`
  } <a class="up" href="#map">All experiments</a></p>
<h3>${question}</h3></header>
${answerHtml(texts(run, 'answer'))}
${!isSweep && claimHtml(run)}
${problems.length > 0 && problemsHtml(problems)}
<div class="figures">
${figures.map((figure) => figureHtml(`${id}--${figure.name}`, figure))}</div>
${findings.length > 0 && html`<h4>Findings</h4>${findingsHtml(name, findings)}`}
${isSweep && summaryHtml(results)}
${
  remarks.length > 0 &&
  html`<details class="fold remarks"><summary>What differs from the source, and why</summary>
${remarks.map((remark) => html`<p>${remark}</p>`)}</details>`
}
${repeatHtml(results)}
${provenanceHtml(results)}
</article>
`;
}

function answerHtml(answer: readonly string[]): Markup | undefined {
  if (answer.length === 0) return undefined;
  const [first, ...rest] = answer;
  return html`<div class="answer"><p>${first}</p>${
    rest.length > 0 && html`<ul>${rest.map((line) => html`<li>${line}</li>`)}</ul>`
  }</div>`;
}

const claimHtml = (run: Results['run']): Markup => html`<dl class="claim">
<dt>Claim</dt><dd>${text(run, 'claim') || 'not recorded'}</dd>
<dt>Source</dt><dd>${text(run, 'source') || 'not recorded'}</dd></dl>`;

export const problemsHtml = (problems: readonly string[]): Markup =>
  html`<div class="problems" role="note"><p><b>Missing or damaged</b></p><ul>${problems.map(
    (problem) => html`<li>${problem}</li>`,
  )}</ul></div>`;
