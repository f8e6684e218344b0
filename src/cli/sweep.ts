/** `hearsay sweep`: a scenario file over ranges of anything in it. */
import { UserError } from '../base/errors.ts';
import { commandOf } from '../experiment/command.ts';
import type { Plan } from '../experiment/plan.ts';
import { quoted } from '../experiment/shell.ts';
import { makeFolder } from './make-folder.ts';
import { redisOption, wholeOption } from './numbers.ts';
import { PRECISION, precisionIn } from './precision.ts';
import type { Job } from './prepare.ts';
import { end } from './run.ts';
import { DRY_RUN, FRESH, JOBS } from './run-options.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { SHARD, shardOption, shardText } from './shard-option.ts';
import { DONE, FORMAT, type Given, REDIS, type Verb } from './verb.ts';

export const sweep: Verb = {
  name: 'sweep',
  summary: 'Run a scenario of your own over ranges of anything in it.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    over: {
      kind: 'list',
      value: 'PATH=VALUES',
      describe:
        'what is varied: a list (2,4,8), whole numbers (1..6), evenly spaced (0..0.2:5), or by equal ratios (10ms..1s:log:5); repeatable',
    },
    replicates: { kind: 'text', value: 'N', describe: 'runs per cell (default: 10)' },
    ...PRECISION,
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, for all cells; repeatable',
    },
    measure: {
      kind: 'list',
      value: 'NAME',
      describe:
        'what is shown and drawn, and must be precise, such as to_99_ms; the tables have all; repeatable',
    },
    jobs: JOBS,
    redis: REDIS,
    out: { kind: 'text', value: 'DIR', describe: 'where results go (default: results/sweeps)' },
    fresh: FRESH,
    shard: SHARD,
    'dry-run': DRY_RUN,
    format: FORMAT,
  },
  examples: [
    ['npx hearsay sweep experiments/scenarios/push.yaml --over protocol.fanout=1..4', 'a range'],
    [
      'npx hearsay sweep experiments/scenarios/push.yaml --over protocol.fanout=1..4 --precision 5%',
      'each cell as often as it takes',
    ],
    [
      'npx hearsay sweep experiments/scenarios/swim.yaml --over loss=0,0.1,0.2 --over nodes=10..100:log:3',
      'a grid',
    ],
  ],
  notes:
    'Replicate r has the seed SEED/r in every cell, so that cells have the same luck. Ctrl-C loses nothing that\n' +
    'is finished. hearsay reproduce DIR compares byte for byte.',
  run,
};

async function run(given: Given): Promise<number> {
  const planned = await plannedSweep(given);
  const { defaultJobs } = await import('../experiment/runner.ts');
  const count = wholeOption('sweep', given, 'jobs', 1, 1024) ?? defaultJobs();
  const redis = redisOption('sweep', given);
  const shard = shardOption('sweep', given);
  const fresh = given.switches.has('fresh');
  const manner = { jobs: count, redis, fresh, ...(shard === undefined ? {} : { shard }) };
  const json = given.texts.get('format') === 'json';
  const { givenRoot, readied } = await import('./prepare.ts');
  const { announce, plannedText } = await import('./announce.ts');
  const { print } = await import('./terminal.ts');
  const jobs = readied([planned], manner);
  const dry = given.switches.has('dry-run');
  if (!dry) for (const { root } of jobs) makeFolder('sweep', root);
  announce(jobs, redis === undefined ? count : undefined);
  if (dry) {
    print(plannedText(jobs, json));
    return DONE;
  }
  const { runAll, runShares } = await import('./run-all.ts');
  const { showSweep, sweepData } = await import('./show-sweep.ts');
  const repeat = repeatOf(planned.plan, givenRoot(planned), shard && shardText(shard));
  if (shard !== undefined) {
    const { showShares, showSharesJson } = await import('./show-shares.ts');
    return end(await runShares(jobs, manner, shard), repeat, json ? showSharesJson : showShares);
  }
  const ended = await runAll(jobs, manner, (result) =>
    json ? print(JSON.stringify(sweepData(result, repeat), null, 2)) : showSweep(result, repeat),
  );
  return end(ended, repeat, () => {});
}

/** The command that does the same again. @param root undefined: the usual one. */
export function repeatOf(plan: Plan, root: string | undefined, shard?: string): string {
  const words = [
    commandOf(plan),
    ...(root === undefined ? [] : ['--out', quoted(root)]),
    ...(shard === undefined ? [] : ['--shard', shard]),
  ];
  return words.join(' ');
}

type Planned = Pick<Job, 'plan' | 'root'>;

export async function plannedSweep(given: Given): Promise<Planned> {
  const plan = await planOf(given);
  const { defaultRoot } = await import('./prepare.ts');
  return { plan, root: given.texts.get('out') ?? defaultRoot(plan.request) };
}

async function planOf(given: Given): Promise<Plan> {
  const { words, texts, lists } = given;
  const file = scenarioFile('sweep', words, '--over loss=0,0.1');
  const over = lists.get('over') ?? [];
  if (over.length === 0)
    throw new UserError(
      'sweep: say what is varied, as in --over protocol.fanout=1..4; hearsay simulate runs a file as it is',
    );
  const precision = precisionIn('sweep', given);
  const { sweepPlan } = await import('../experiment/scenario/sweep/plan.ts');
  return sweepPlan({
    ...{ file, text: await readScenario('sweep', file), over },
    set: lists.get('set') ?? [],
    measures: lists.get('measure') ?? [],
    ...(precision === undefined
      ? { replicates: wholeOption('sweep', given, 'replicates', 1, 1e6) ?? 10 }
      : { precision }),
    seed: texts.get('seed'),
  });
}
