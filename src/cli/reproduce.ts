/** `hearsay reproduce`: runs what results record again, elsewhere, and compares every file byte by byte. */
import { wholeOption } from './numbers.ts';
import { FORMAT, type Given, type Verb } from './verb.ts';

export const reproduce: Verb = {
  name: 'reproduce',
  summary: 'Run recorded results again from their seed and compare byte by byte.',
  words: { name: 'names', describe: 'experiments; default: every one that has results' },
  options: {
    results: {
      kind: 'text',
      value: 'DIR',
      describe: 'the folder that holds the results (default: results)',
    },
    jobs: {
      kind: 'text',
      value: 'N',
      short: 'j',
      describe: 'worker threads (default: one per core)',
    },
    format: FORMAT,
  },
  examples: [
    ['npx hearsay reproduce', 'everything in results/'],
    ['npx hearsay reproduce fanout', 'one experiment'],
    ['npx hearsay reproduce --results results/quick', 'what run --quick wrote'],
  ],
  notes:
    'Exit code 0: all files are the same; 1: some differ, and the first line that does is shown.\n' +
    'Changes nothing. The same commit and the same major version of Node.js are needed.',
  run,
};

async function run(given: Given): Promise<number> {
  const jobs = wholeOption('reproduce', given, 'jobs', 1, 1024);
  const { reproduceFolders } = await import('./reproduce-folders.ts');
  return reproduceFolders({
    names: given.words,
    root: given.texts.get('results') ?? 'results',
    json: given.texts.get('format') === 'json',
    ...(jobs === undefined ? {} : { jobs }),
  });
}
