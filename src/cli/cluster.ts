/** `hearsay cluster WHERE -- run NAME...`: the script that lets many machines share a run, to be read and changed. */
import { oneOf, UserError } from '../base/errors.ts';
import { wholeOption } from './numbers.ts';
import { MOST_SHARDS } from './shard-option.ts';
import { DONE, type Given, type Verb } from './verb.ts';

export const CLUSTERS = ['slurm', 'kubernetes', 'parallel'];

const MOST_MINUTES = 1_000_000;

export const cluster: Verb = {
  name: 'cluster',
  summary:
    'Print the script that runs the shards of an experiment on a cluster, and collects them.',
  words: {
    name: 'where',
    describe: 'slurm, kubernetes or parallel (GNU parallel); then -- and the command to be shared',
  },
  options: {
    shards: { kind: 'text', value: 'N', describe: 'over how many shards the runs are dealt out' },
    minutes: {
      kind: 'text',
      value: 'N',
      describe: 'time limit of a shard, for Slurm (default: from the estimated events)',
    },
    image: {
      kind: 'text',
      value: 'NAME',
      describe: 'container image with hearsay in it, for Kubernetes (default: hearsay)',
    },
  },
  examples: [
    ['npx hearsay cluster slurm --shards 9 -- run fanout', 'a job array, submitted by sh'],
    ['npx hearsay cluster kubernetes --shards 9 -- run fanout', 'an indexed Job'],
    ['npx hearsay cluster parallel --shards 4 -- run fanout | sh', 'this machine'],
  ],
  notes:
    'Nothing is run and nothing is sent. Memory is what the experiments declare, time what their\n' +
    'estimated events take. The same script again goes on where shards were ended or have failed.',
  run,
};

async function run(given: Given): Promise<number> {
  const [where, ...words] = given.words;
  const shards = wholeOption('cluster', given, 'shards', 1, MOST_SHARDS);
  const minutes = wholeOption('cluster', given, 'minutes', 1, MOST_MINUTES);
  if (where === undefined || words.length === 0)
    throw new UserError(
      'cluster: name a kind of cluster and the command to be shared, as in hearsay cluster slurm --shards 20 -- run fanout',
    );
  oneOf('cluster', 'the kind of cluster', where, CLUSTERS);
  if (shards === undefined)
    throw new UserError('cluster: say over how many shards, as in --shards 20');
  const { sharedOf } = await import('./cluster/shared.ts');
  const { print } = await import('./terminal.ts');
  const shared = await sharedOf(words, shards);
  if (where === 'slurm') print((await import('./cluster/slurm.ts')).slurm(shared, minutes));
  else if (where === 'parallel') print((await import('./cluster/parallel.ts')).parallel(shared));
  else {
    const { kubernetes } = await import('./cluster/kubernetes.ts');
    print(kubernetes(shared, given.texts.get('image') ?? 'hearsay'));
  }
  return DONE;
}
