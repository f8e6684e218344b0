/** `hearsay collect OUT [FROM...]`: what shards have finished becomes the results of one run. */
import { UserError } from '../base/errors.ts';
import { FORMAT, type Given, type Verb } from './verb.ts';

export const collect: Verb = {
  name: 'collect',
  summary: 'Gather what shards have finished and write the results, as one run would have.',
  words: {
    name: 'folders',
    describe:
      'the folder of results (the --out of the shards), then any folders copied from other machines',
  },
  options: { format: FORMAT },
  examples: [
    ['npx hearsay collect results', 'shards that ran in this folder'],
    ['npx hearsay collect results from-a from-b', 'and in two others, which are not changed'],
  ],
  notes:
    'The files are those of hearsay run without --shard, byte for byte. Exit code 1: runs are missing,\n' +
    'and it says which, and the command that runs them. What was gathered is kept.',
  run,
};

async function run(given: Given): Promise<number> {
  const [out, ...from] = given.words;
  if (out === undefined)
    throw new UserError(
      'collect: name the folder of results, the --out of the shards, as in hearsay collect results',
    );
  const { collectFolders } = await import('./collect-folders.ts');
  return collectFolders(out, from, given.texts.get('format') === 'json');
}
