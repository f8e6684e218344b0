/** The report: a page of all results below some folders. The same folders give the same bytes. */
import { UserError } from '../../base/errors.ts';
import { config } from '../figure-style.ts';
import { differencesHtml } from './differences.ts';
import { experimentHtml, problemsHtml } from './experiment.ts';
import { byArea, type Entry, mapHtml, tilesHtml } from './front.ts';
import { html, type Markup } from './markup.ts';
import { pageText } from './page.ts';
import { text } from './record-text.ts';
import { readResults, resultFolders, VERDICTS } from './results.ts';
import { counted, sign } from './verdict.ts';

export interface Report {
  readonly html: string;
  readonly experiments: number;
  readonly findings: number;
  /** What is missing or damaged, a sentence each; the page says so, too. */
  readonly problems: readonly string[];
}

/** Throws a `UserError` if a root is not there, or none holds results. */
export function reportOf(roots: readonly string[]): Report {
  const { entries, problems } = read(roots);
  if (entries.length === 0)
    throw new UserError(
      [`report: ${roots.join(', ')} holds no results; hearsay run writes them`, ...problems].join(
        '. ',
      ),
    );
  const findings = entries.reduce((sum, { results }) => sum + results.findings.length, 0);
  return {
    html: pageText({
      title: `hearsay: ${entries.length === 1 ? entries[0].id : `${entries.length} experiments`}`,
      viewer: 'report',
      body: body(entries, problems).text,
      data: { config },
    }),
    experiments: entries.length,
    findings,
    problems: [...problems, ...entries.flatMap(({ results }) => results.problems)],
  };
}

function read(roots: readonly string[]): { entries: Entry[]; problems: string[] } {
  const found = roots.map(resultFolders);
  const problems = found.flatMap((of) => of.problems);
  const entries: Entry[] = [];
  const used = new Set<string>();
  for (const folder of new Set(found.flatMap(({ folders }) => folders))) {
    try {
      const results = readResults(folder);
      entries.push({ id: freeId(results.name, used), results });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
    }
  }
  return { entries, problems };
}

/** For links to it; the second of a name, from another folder, gets a number. */
function freeId(name: string, used: Set<string>): string {
  const stem = name.replace(/[^\w.-]+/g, '-') || 'experiment';
  let id = RESERVED.includes(stem) ? `${stem}-1` : stem;
  for (let i = 2; used.has(id); i++) id = `${stem}-${i}`;
  used.add(id);
  return id;
}

const RESERVED = ['map', 'differences', 'differs', 'data', 'theme', 'search', 'found'];

function body(entries: readonly Entry[], problems: readonly string[]): Markup {
  const findings = entries.reduce((sum, { results }) => sum + results.findings.length, 0);
  return html`<a class="skip" href="#map">To the experiments</a>
<header class="top"><div><p class="brand">hearsay</p><h1>What was reproduced</h1>
<p class="lead">${lead(entries.length, findings)}</p></div>
<button type="button" id="theme" class="js"></button></header>
<main>
${problems.length > 0 && problemsHtml(problems)}
${findings > 0 && tilesHtml(entries)}
${filterHtml()}
<section id="map" aria-label="All experiments">
${mapHtml(entries)}</section>
${differencesHtml(entries)}
${byArea(entries).map(
  ([area, some]) => html`<section class="area"><h2>${area}</h2>
${some.map(({ id, results }) => experimentHtml(results, id))}</section>
`,
)}</main>
<footer><p>Made by hearsay ${versions(entries)}: same seeds, same bytes. <code>npx hearsay reproduce</code> runs all again and compares. Figures are drawn by Vega and Vega-Lite (BSD-3-Clause, University of Washington Interactive Data Lab).</p></footer>
`;
}

const lead = (experiments: number, findings: number): string =>
  `${experiments} experiment${experiments === 1 ? '' : 's'} on gossip protocols, ${counted(findings)} findings held against published values and theory.`;

const versions = (entries: readonly Entry[]): string =>
  [...new Set(entries.map(({ results }) => text(results.run, 'hearsay')).filter(Boolean))].join(
    ', ',
  );

const filterHtml = (): Markup => html`<search class="filter js"><label for="search">Search</label>
<input id="search" type="search" placeholder="question, claim, paper, quantity" autocomplete="off" aria-keyshortcuts="/">
<div role="group" aria-label="Verdicts shown">${VERDICTS.toReversed().map(
  (verdict) =>
    html`<button type="button" aria-pressed="true" data-verdict="${verdict}">${sign(verdict)} ${verdict}</button>`,
)}</div><p id="found" role="status"></p></search>`;
