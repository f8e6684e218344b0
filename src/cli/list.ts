/** `hearsay list`: the experiments with their claims and sizes, the suites, the protocols, or the detectors. */
import { UserError } from '../base/errors.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';

export const WHAT = ['experiments', 'suites', 'protocols', 'detectors'];

export const list: Verb = {
  name: 'list',
  summary: 'List experiments with their claims and sizes, suites, protocols, or detectors.',
  words: { name: 'what', describe: 'experiments (default), suites, protocols or detectors' },
  options: {
    format: FORMAT,
  },
  examples: [
    ['npx hearsay list', 'all experiments'],
    ['npx hearsay list suites', 'named sets of experiments'],
    ['npx hearsay list protocols', 'their sources, options and defaults'],
    ['npx hearsay list detectors', 'the same of failure detectors, with their levels'],
    ['npx hearsay list --format json', 'for a script, with axes and measures'],
  ],
  notes:
    'Times are estimates for this machine, on all of its cores. Levels and defaults of detectors are those\n' +
    'for a heartbeat a second.',
  run,
};

async function run({ words, texts }: Given): Promise<number> {
  const [what = 'experiments'] = words;
  if (words.length > 1 || !WHAT.includes(what)) {
    const typed = words.join(' ');
    const { didYouMean } = await import('../base/nearest.ts');
    throw new UserError(
      `list: there is no list "${typed}".${didYouMean(typed, WHAT)} Known: ${WHAT.join(', ')}`,
    );
  }
  const rows = await import('./list-rows.ts');
  const { print } = await import('./terminal.ts');
  const show = <Row>(list: readonly Row[], text: (list: readonly Row[]) => string) =>
    print(texts.get('format') === 'json' ? JSON.stringify(list, null, 2) : text(list));
  if (what === 'suites') show(rows.suiteRows(), rows.suitesText);
  else if (what === 'protocols') show(rows.protocolRows(), rows.protocolsText);
  else if (what === 'detectors') show(rows.detectorRows(), rows.detectorsText);
  else show(await rows.experimentRows(), rows.experimentsText);
  return DONE;
}
