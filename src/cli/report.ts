/** `hearsay report [FOLDER...]`: results as a page that holds all it needs. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import { DONE, type Given, type Verb } from './verb.ts';
import { count } from './wording.ts';

export const report: Verb = {
  name: 'report',
  summary: 'Write all results into one HTML page that needs no network.',
  words: {
    name: 'folders',
    describe:
      'folders of results, or of one experiment (default: results, or results/quick if that is all there is)',
  },
  options: {
    out: { kind: 'text', value: 'FILE', describe: 'the page (default: report.html)' },
  },
  examples: [
    ['npx hearsay report', 'everything in results/, into report.html'],
    ['npx hearsay report results/fanout --out fanout.html', 'one experiment'],
    ['npx hearsay report results/quick results/sweeps', 'what run --quick and sweep wrote'],
  ],
  notes:
    'Figures answer to the pointer: values, zoom, series shown or not. What is missing or damaged is\n' +
    'said on stderr and on the page. The same folders give the same bytes.',
  run,
};

const DEFAULT_ROOTS = ['results', 'results/quick'];

async function run(given: Given): Promise<number> {
  const file = given.texts.get('out') ?? 'report.html';
  refuseFolder(file);
  const { reportOf } = await import('../report/page/report.ts');
  const { print, say } = await import('./terminal.ts');
  const made = reportOf(given.words.length > 0 ? given.words : await defaultRoots());
  for (const problem of made.problems) say(problem);
  write(file, made.html);
  const size = (Buffer.byteLength(made.html) / 1e6).toFixed(1);
  print(
    `${file}: ${count(made.experiments, 'experiment')}, ${count(made.findings, 'finding')}, ${size} MB`,
  );
  return DONE;
}

async function defaultRoots(): Promise<string[]> {
  const { resultFolders } = await import('../report/page/results.ts');
  const holding = DEFAULT_ROOTS.filter(existsSync).find((root) => {
    const { folders, problems } = resultFolders(root);
    return folders.length + problems.length > 0;
  });
  if (holding !== undefined) return [holding];
  throw new UserError(
    'report: there are no results in results or results/quick; hearsay run writes them, or name their folder',
  );
}

function refuseFolder(file: string): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new UserError(`report: --out ${file} is a folder; name a file, such as report.html`);
}

function write(file: string, html: string): void {
  try {
    writeFileSync(file, html);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`report: --out ${file} cannot be written (${reason}); choose another file`);
  }
}
