/** `hearsay run NAME...`: says what it will take, runs it, shows findings, and where results lie. */
import { UserError } from '../base/errors.ts';
import { makeFolder } from './make-folder.ts';
import { redisOption, settingsOf, wholeOption } from './numbers.ts';
import type { Wish } from './prepare.ts';
import type { Ended } from './run-all.ts';
import { DRY_RUN, FRESH, JOBS } from './run-options.ts';
import { SHARD, shardOption, shardText } from './shard-option.ts';
import { DONE, FAILED, FORMAT, type Given, INTERRUPTED, REDIS, type Verb } from './verb.ts';
import { commandLine } from './wording.ts';

export const run: Verb = {
  name: 'run',
  summary: 'Run experiments; what is finished is not run again.',
  words: {
    name: 'names',
    describe: 'experiments, suites (tour, cassandra, order, all), or paths of modules of your own',
  },
  options: {
    quick: { kind: 'switch', describe: 'the small size, in seconds' },
    seed: { kind: 'text', value: 'TEXT', describe: "another seed than the experiment's own" },
    replicates: { kind: 'text', value: 'N', describe: 'runs per cell of the grid' },
    set: {
      kind: 'list',
      value: 'AXIS=V1,V2',
      describe: 'other values for an axis of the grid; repeatable',
    },
    reference: {
      kind: 'text',
      value: 'DIR',
      describe:
        'compare with the measurements in this folder (memberlist-validation: experiments/data/memberlist says what it holds)',
    },
    jobs: JOBS,
    redis: REDIS,
    out: {
      kind: 'text',
      value: 'DIR',
      describe:
        'where results go (default: results; results/quick with --quick; results/custom with --seed, --replicates, --set or --reference)',
    },
    fresh: FRESH,
    shard: SHARD,
    'dry-run': DRY_RUN,
    format: FORMAT,
  },
  examples: [
    ['npx hearsay run tour', 'the handful to see first, small'],
    ['npx hearsay run fanout', 'one experiment at full size'],
    ['npx hearsay run all --quick', 'everything, small'],
    ['npx hearsay run all --dry-run', 'how many runs, how long, how much memory'],
    ['npx hearsay run fanout --set n=100,1000', 'other values of an axis'],
    ['npx hearsay run fanout --replicates 500', 'more runs, so narrower intervals'],
    ['npx hearsay run fanout --seed mine', 'other luck'],
    ['npx hearsay run fanout --shard 2/8', 'an eighth of it; hearsay collect gathers them'],
    ['npx hearsay run memberlist-validation --reference measured', 'against your own measurements'],
    ['npx hearsay run ./mine.mjs --out mine', 'an experiment of your own'],
    ['npx hearsay run all --redis redis://127.0.0.1:6379', 'on the workers there'],
  ],
  notes: 'Ctrl-C loses nothing that is finished: the same command goes on from there.',
  run: runNamed,
};

async function runNamed(given: Given): Promise<number> {
  const wish = await wishOf(given);
  const json = given.texts.get('format') === 'json';
  const { prepare } = await import('./prepare.ts');
  const { announce, plannedText } = await import('./announce.ts');
  const { print } = await import('./terminal.ts');
  const jobs = await prepare(wish);
  const dry = given.switches.has('dry-run');
  if (!dry) for (const { root } of jobs) makeFolder('run', root);
  announce(jobs, wish.redis === undefined ? wish.jobs : undefined);
  if (dry) {
    print(plannedText(jobs, json));
    return DONE;
  }
  const { runAll, runShares } = await import('./run-all.ts');
  const { showEnd, showJson, showResult } = await import('./show.ts');
  const repeat = repeatOf(wish);
  if (wish.shard !== undefined) {
    const { showShares, showSharesJson } = await import('./show-shares.ts');
    const ended = await runShares(jobs, wish, wish.shard);
    return end(ended, repeat, json ? showSharesJson : showShares);
  }
  const ended = await runAll(jobs, wish, json ? () => undefined : showResult);
  return end(ended, repeat, json ? showJson : showEnd);
}

/** Resolves to the exit code. */
export async function end<Result>(
  ended: Ended<Result>,
  repeat: string,
  show: (ended: Ended<Result>, repeat: string) => void,
): Promise<number> {
  if (ended.interrupted) {
    const { say } = await import('./terminal.ts');
    say(`interrupted; what is finished is kept. This goes on from there: ${repeat}`);
    return INTERRUPTED;
  }
  show(ended, repeat);
  return ended.failures.length > 0 ? FAILED : DONE;
}

/** The command that does the same again; how many threads, and whether anything was finished, does not matter. */
export function repeatOf({ names, request, out, shard }: Wish): string {
  const { quick, seed, replicates, set = {}, reference } = request;
  return commandLine([
    'run',
    ...names,
    ...(quick ? ['--quick'] : []),
    ...(seed === undefined ? [] : ['--seed', seed]),
    ...(replicates === undefined ? [] : ['--replicates', String(replicates)]),
    ...Object.entries(set).flatMap(([axis, values]) => ['--set', `${axis}=${values.join(',')}`]),
    ...(reference === undefined ? [] : ['--reference', reference]),
    ...(out === undefined ? [] : ['--out', out]),
    ...(shard === undefined ? [] : ['--shard', shardText(shard)]),
  ]);
}

export async function wishOf(given: Given): Promise<Wish> {
  const jobs = wholeOption('run', given, 'jobs', 1, 1024);
  const replicates = wholeOption('run', given, 'replicates', 1, 1e9);
  const set = settingsOf('run', given);
  const shard = shardOption('run', given);
  const seed = given.texts.get('seed');
  const redis = redisOption('run', given);
  const reference = given.texts.get('reference');
  if (given.words.length === 0)
    throw new UserError(
      'run: name at least one experiment or suite, as in hearsay run tour; hearsay list shows them',
    );
  const { defaultJobs } = await import('../experiment/runner.ts');
  return {
    names: given.words,
    request: {
      ...(given.switches.has('quick') ? { quick: true } : {}),
      ...(seed === undefined ? {} : { seed }),
      ...(replicates === undefined ? {} : { replicates }),
      ...(Object.keys(set).length === 0 ? {} : { set }),
      ...(reference === undefined ? {} : { reference }),
    },
    out: given.texts.get('out'),
    jobs: jobs ?? defaultJobs(),
    redis,
    fresh: given.switches.has('fresh'),
    ...(shard === undefined ? {} : { shard }),
  };
}
