/** `hearsay list`: the experiments with their claims and sizes, or the suites. */
import { UserError } from '../base/errors.ts';
import { didYouMean } from '../experiment/nearest.ts';
import { DONE, type Given, type Verb } from './verb.ts';

const WHAT = ['experiments', 'suites'];

export const list: Verb = {
  name: 'list',
  summary: 'List experiments with their claims and sizes, or suites.',
  words: { name: 'what', describe: 'experiments (default) or suites' },
  options: {
    format: {
      kind: 'text',
      value: 'FORMAT',
      choices: ['table', 'json'],
      describe: 'table (default) or json, on stdout',
    },
  },
  examples: [
    ['npx hearsay list', 'all experiments'],
    ['npx hearsay list suites', 'named sets of experiments'],
    ['npx hearsay list --format json', 'for a script, with axes and measures'],
  ],
  notes: 'Times are estimates for this machine, on all of its cores.',
  run,
};

async function run({ words, texts }: Given): Promise<number> {
  const [what = 'experiments'] = words;
  if (words.length > 1 || !WHAT.includes(what)) {
    const typed = words.join(' ');
    throw new UserError(
      `list: there is no list "${typed}".${didYouMean(typed, WHAT)} Known: ${WHAT.join(', ')}`,
    );
  }
  const { experimentRows, experimentsText, suiteRows, suitesText } = await import('./list-rows.ts');
  const { print } = await import('./terminal.ts');
  const asJson = (rows: unknown) => JSON.stringify(rows, null, 2);
  const json = texts.get('format') === 'json';
  if (what === 'suites') {
    const rows = suiteRows();
    print(json ? asJson(rows) : suitesText(rows));
    return DONE;
  }
  const rows = await experimentRows();
  print(json ? asJson(rows) : experimentsText(rows));
  return DONE;
}
