/** `hearsay list`: the experiments with their claims and sizes, the suites, or the protocols. */
import { UserError } from '../base/errors.ts';
import { didYouMean } from '../experiment/nearest.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';

const WHAT = ['experiments', 'suites', 'protocols'];

export const list: Verb = {
  name: 'list',
  summary: 'List experiments with their claims and sizes, suites, or protocols.',
  words: { name: 'what', describe: 'experiments (default), suites or protocols' },
  options: {
    format: FORMAT,
  },
  examples: [
    ['npx hearsay list', 'all experiments'],
    ['npx hearsay list suites', 'named sets of experiments'],
    ['npx hearsay list protocols', 'their sources, options and defaults'],
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
  const { experimentRows, experimentsText, protocolRows, protocolsText, suiteRows, suitesText } =
    await import('./list-rows.ts');
  const { print } = await import('./terminal.ts');
  const show = <Row>(rows: readonly Row[], text: (rows: readonly Row[]) => string) =>
    print(texts.get('format') === 'json' ? JSON.stringify(rows, null, 2) : text(rows));
  if (what === 'suites') show(suiteRows(), suitesText);
  else if (what === 'protocols') show(protocolRows(), protocolsText);
  else show(await experimentRows(), experimentsText);
  return DONE;
}
