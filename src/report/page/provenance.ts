/** How to have the results again, and what they are made of: run.json for readers. */
import { html, type Markup } from './markup.ts';
import { pairs, text } from './record-text.ts';
import type { Results } from './results.ts';

export const repeatHtml = ({ run }: Results): Markup | undefined => {
  const command = text(run, 'command');
  if (command === '') return undefined;
  return html`<p class="command"><code>${command}</code><button type="button" class="copy">Copy</button></p>`;
};

export function provenanceHtml(results: Results): Markup {
  const { run, folder } = results;
  const facts: [string, string][] = [
    ['folder', folder],
    ['seed', text(run, 'seed')],
    ['size', [text(run, 'size'), amounts(run)].filter(Boolean).join(': ')],
    ['hearsay', [text(run, 'hearsay'), commitOf(run.git)].filter(Boolean).join(', ')],
    ['Node.js', text(run, 'node')],
  ];
  return html`<details class="fold"><summary>Seed, settings, version and files</summary>
${list(facts.filter(([, value]) => value !== ''))}
${section('Axes of the grid', pairs(run, 'axes'))}
${section('Fixed', pairs(run, 'fixed'))}
${section('Columns', pairs(run, 'columns'))}
${section('Files, with their SHA-256', pairs(run, 'files'), 'hashes')}
</details>`;
}

const amounts = (run: Results['run']): string =>
  (['cells', 'replicates', 'runs'] as const)
    .filter((field) => text(run, field) !== '')
    .map((field) => `${text(run, field)} ${field}`)
    .join(', ');

function commitOf(git: unknown): string {
  const { commit, dirty } = (git ?? {}) as { commit?: unknown; dirty?: unknown };
  if (typeof commit !== 'string') return '';
  return `commit ${commit}${dirty === true ? ', with changes that were not committed' : ''}`;
}

const section = (title: string, facts: readonly (readonly [string, string])[], className = '') =>
  facts.length > 0 && html`<h4>${title}</h4>${list(facts, className)}`;

const list = (facts: readonly (readonly [string, string])[], className = ''): Markup =>
  html`<dl class="facts ${className}">${facts.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;
