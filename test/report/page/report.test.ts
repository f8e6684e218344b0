import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportOf } from '../../../src/report/page/report.ts';
import { EVIL, tinyResults } from './folder.ts';

/** What a reader sees, roughly. */
const wordsOf = (html: string): string =>
  html
    .replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');

test('tells question, answer, claim, findings, remarks, command and provenance', () => {
  const { html, experiments, findings, problems } = reportOf([tinyResults()]);
  expect([experiments, findings, problems]).toEqual([1, 4, []]);
  const words = wordsOf(html);
  for (const part of [
    'How many?',
    'Five. Or seven.',
    'Claim Few. Source Pittel 1987',
    'n = 8 5.020 [5.000, 5.040] 5 0.020 ± 0.1 2.0 reproduced',
    'n = 16 −7.500 [−7.520, −7.480] 7 −14.500 ± 0.1 −1450.0 not reproduced',
    'Clocks differ.',
    'npx hearsay run tiny',
    'commit abc, with changes that were not committed',
    '2 cells, 3 replicates, 6 runs',
  ])
    expect(words).toContain(part);
});

test('the front counts verdicts, and says what differs and why', () => {
  const words = wordsOf(reportOf([tinyResults()]).html);
  expect(words).toContain('✓ 1 reproduced 25.0 % of the findings');
  expect(words).toContain('✗ 1 not reproduced 25.0 % of the findings');
  expect(words).toContain(
    'rounds : 1 of 2; at n = 16: −7.500 [−7.520, −7.480], expected 7 (Pittel 1987). Our own',
  );
  expect(words).toContain('What stays open: 2 findings in 1 experiment');
  expect(words).toContain(
    'misses : 2 of 2: 1 too wide an interval, 1 more than three standard errors off',
  );
});

test('a figure is a picture with what it is made of; its text is text of the page', () => {
  const { html } = reportOf([tinyResults()]);
  const [, figure] = /(<figure[\s\S]*<\/figure>)/.exec(html)!;
  expect(figure).toContain('width="200" height="100"');
  expect(figure).toContain('alt="Rounds: rounds over members; manner: push, pull"');
  expect(figure).toContain('<text>50 %25 %231%22</text>');
  expect(wordsOf(figure)).toContain('Rounds. Mean of all.');
  expect(figure.match(/aria-pressed="true"/g)).toHaveLength(2);
  expect(JSON.parse(/json">(.*)<\/script>/.exec(figure)![1]).data.values).toHaveLength(1);
});

test('what stands in results is text and no markup', () => {
  const { html } = reportOf([tinyResults()]);
  expect(html).not.toContain(EVIL);
  expect(html.match(/<script/g)).toHaveLength(3); // a figure's, the data, the code
});

test('the same folder gives the same bytes', () => {
  const root = tinyResults();
  const [first, second] = [reportOf([root]), reportOf([root])];
  expect(first.html === second.html).toBe(true);
});

test('an experiment that is there twice has two places', () => {
  const [a, b] = [tinyResults(), tinyResults()];
  const { html, experiments } = reportOf([a, join(b, 'tiny'), a]);
  expect(experiments).toBe(2);
  expect(html).toContain('<article id="tiny"');
  expect(html).toContain('<article id="tiny-2"');
});

test.each([
  [{ files: { 'findings.csv': null } }, 'findings.csv is missing, which run.json records'],
  [{ files: { 'findings.csv': 'a,b\n1,2\n' } }, 'findings.csv is not what run.json records'],
  [{ files: { 'findings.csv': 'a,b\n1,2\n' } }, 'findings.csv has no column "quantity"'],
  [{ files: { 'findings.csv': 'a,b\n"1,2\n' } }, 'findings.csv is damaged: '],
  [{ files: { 'figures/rounds.vl.json': '{' } }, 'rounds.vl.json is damaged: it is not JSON'],
  [{ files: { 'figures/rounds.vl.json': '{}' } }, 'rounds.vl.json is damaged: it is no figure'],
  [{ files: { 'figures/rounds.svg': null } }, 'rounds.svg is missing'],
  [{ files: { 'figures/rounds.svg': 'text' } }, 'rounds.svg is damaged: it is no SVG'],
  [{ run: { files: 7 } }, 'run.json records no files'],
])('what is damaged is said, and the rest is shown: %j', (spoiled, sentence) => {
  const { html, problems } = reportOf([tinyResults(spoiled)]);
  expect(problems.join()).toContain(sentence);
  expect(wordsOf(html)).toContain(sentence);
  expect(wordsOf(html)).toContain('How many?');
});

test('a run.json with fields of any kind, or few, is shown', () => {
  const odd = {
    question: 7,
    answer: 'Five.',
    remarks: null,
    request: null,
    git: 3,
    fixed: [[1]],
    axes: 'n',
  };
  expect(reportOf([tinyResults({ run: odd })]).experiments).toBe(1);
});

test('a folder that cannot be read, and one that is not finished, are said beside the others', () => {
  const root = tinyResults();
  mkdirSync(join(root, 'bad'));
  writeFileSync(join(root, 'bad', 'run.json'), '{"experiment":');
  mkdirSync(join(root, 'begun', '.cells'), { recursive: true });
  const { html, problems } = reportOf([root]);
  expect(problems).toEqual([
    expect.stringContaining('begun is not finished'),
    expect.stringMatching(/bad\/run\.json is damaged: it is not JSON/),
  ]);
  expect(wordsOf(html)).toContain('is not finished');
});

test('nothing to report is an error that says what there is', () => {
  expect(() => reportOf(['nowhere'])).toThrow('report: there is no folder nowhere');
  expect(() => reportOf(['package.json'])).toThrow('report: package.json is a file');
  expect(() => reportOf(['docs'])).toThrow(
    'report: docs holds no results; hearsay run writes them',
  );
});
