/** `hearsay tune`: which settings are fast, sure and cheap, and which one to take. */
import { UserError } from '../base/errors.ts';
import type { Plan } from '../experiment/plan.ts';
import type { Tuned } from '../experiment/scenario/tune/front.ts';
import type { Tuning } from '../report/tune-table.ts';
import { asking } from './asking.ts';
import { wholeOption } from './numbers.ts';
import { JOBS } from './run-options.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';
import { count, repeated } from './wording.ts';

export const tune: Verb = {
  name: 'tune',
  summary: 'Find the settings that are fast, sure and cheap, and say which one to take.',
  words: {
    name: 'file',
    describe: 'a scenario file, such as experiments/scenarios/tune-cassandra.yaml',
  },
  options: {
    over: {
      kind: 'list',
      value: 'PATH=VALUES',
      describe: 'what is varied, as in hearsay sweep: protocol.threshold=5..16; repeatable',
    },
    minimise: {
      kind: 'text',
      value: 'MEASURES',
      describe: 'what shall be small (default: detection time, mistakes, bytes, if measured)',
    },
    budget: {
      kind: 'list',
      value: 'CONDITION',
      describe: "what has to hold, as in 'bytes_per_node_s < 2kB/s'; repeatable",
    },
    prefer: {
      kind: 'text',
      value: 'MEASURES',
      describe: 'what matters most, to choose from the front (default: mistakes)',
    },
    replicates: { kind: 'text', value: 'N', describe: 'runs of a setting at most (default: 30)' },
    runs: { kind: 'text', value: 'N', describe: 'of all settings together at most (no limit)' },
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    set: { kind: 'list', value: 'PATH=VALUE', describe: 'another value in the file; repeatable' },
    jobs: JOBS,
    out: { kind: 'text', value: 'DIR', describe: 'writes all settings as CSV, and a figure' },
    format: FORMAT,
  },
  examples: [
    [
      'npx hearsay tune experiments/scenarios/tune-cassandra.yaml --over protocol.threshold=5,6,8,10,12,16',
      'phi_convict_threshold',
    ],
    [
      "npx hearsay tune experiments/scenarios/tune-memberlist.yaml --over protocol.probeIntervalMs=500,1000,2000 --over protocol.probeTimeoutMs=100,250,500 --budget 'bytes_per_node_s < 1kB/s'",
      'memberlist, Consul',
    ],
  ],
  notes:
    'A race: settings that are worse or over the budget beyond doubt get no more runs. Replicate r has\n' +
    'the seed SEED/r in every setting. Differences below 1 % are none. "tied" is what is worse, but not\n' +
    'beyond doubt.',
  run,
};

const FIRST = 10; // runs of a setting, before any is left out
const FEWEST = 2; // without which there is no interval

/** What decides the answer, beside the seed. */
const KEPT = {
  lists: ['set', 'over', 'budget'],
  texts: ['minimise', 'prefer', 'replicates', 'runs', 'out', 'format'],
};

async function run(given: Given): Promise<number> {
  const { texts } = given;
  const most = wholeOption('tune', given, 'replicates', 2, 100_000) ?? 30;
  const plan = await planOf(given, most);
  const { seed, cells } = plan;
  const fewest = FEWEST * cells.length;
  const mostRuns = wholeOption('tune', given, 'runs', fewest, 1e9) ?? Infinity;
  const wish = await wishOf(given, plan);
  const { race } = await import('../experiment/scenario/tune/race.ts');
  const { judge } = await import('../experiment/scenario/tune/front.ts');
  const { say } = await import('./terminal.ts');
  const out = texts.get('out');
  if (out !== undefined) (await import('./tune-files.ts')).checkTuneFolder(out);
  const first = Math.min(FIRST, most, Math.floor(mostRuns / cells.length));
  say(`seed ${seed}, ${count(cells.length, 'setting')}, at most ${count(most, 'run')} of each`);
  const of = { ...wish, settings: cells.length, first, most, mostRuns };
  const answered = await asking('tune', given, Math.min(mostRuns, plan.runs), (ask) =>
    race({ ...of, ask: (settings, from, to) => ask(plan, settings, from, to) }),
  );
  if ('code' in answered) return answered.code;
  const tuned = judge(of, wish.prefer, answered.answer);
  const tuning: Tuning = {
    ...{ axes: plan.request.sweep!.over, cells: cells.map(({ cell }) => cell) },
    ...{ objectives: wish.objectives, prefer: wish.prefer },
    budgets: wish.budgets.map(({ text }) => text),
  };
  await show(given, plan, tuned, tuning);
  if (out !== undefined) {
    const { writeTuning } = await import('./tune-files.ts');
    for (const file of await writeTuning(out, tuned, tuning)) say(`written: ${file}`);
  }
  say(`again: ${repeated('tune', given, KEPT, seed)}`);
  return DONE;
}

async function wishOf({ texts, lists }: Given, { experiment }: Plan) {
  const { parseCondition } = await import('../experiment/scenario/condition.ts');
  const { measuresOf } = await import('../experiment/scenario/samples.ts');
  const { GOOD, INDIFFERENCE, objectivesOf, preferenceOf } = await import(
    '../experiment/scenario/tune/asked.ts'
  );
  const measured = measuresOf(experiment);
  const objectives = objectivesOf(texts.get('minimise'), measured);
  return {
    objectives,
    prefer: preferenceOf(texts.get('prefer'), objectives),
    budgets: (lists.get('budget') ?? []).map((text) =>
      parseCondition(text, measured, 'tune: --budget'),
    ),
    exposures: experiment.exposures ?? {},
    indifference: INDIFFERENCE,
    also: GOOD.filter((name) => measured.includes(name)),
  };
}

async function planOf(given: Given, replicates: number): Promise<Plan> {
  const { words, texts, lists } = given;
  const file = scenarioFile('tune', words, '--over protocol.threshold=5..16');
  const typed = lists.get('over') ?? [];
  if (typed.length === 0)
    throw new UserError('tune: say what is varied, as in --over protocol.threshold=5..16');
  const { sweepPlan } = await import('../experiment/scenario/sweep/plan.ts');
  return sweepPlan({
    ...{ file, text: await readScenario('tune', file), over: typed, replicates },
    ...{ set: lists.get('set') ?? [], seed: texts.get('seed') },
  });
}

async function show(given: Given, plan: Plan, tuned: Tuned, tuning: Tuning): Promise<void> {
  const { seenWithLess, tuneSentences, tuneTable } = await import('../report/tune-table.ts');
  const { configuration } = await import('../report/configuration.ts');
  const { filled } = await import('../report/columns.ts');
  const { loadScenario } = await import('../experiment/scenario/index.ts');
  const { print, widthOf } = await import('./terminal.ts');
  const { file, text, set } = plan.request.sweep!;
  const sentences = tuneSentences(tuned, tuning);
  const { axes, cells } = tuning;
  const { best } = tuned;
  const { protocol } = loadScenario(text, file, set).scenario.values as {
    protocol: { word: string };
  };
  const snippet =
    best === undefined || seenWithLess(tuned, tuning.prefer).length > 0
      ? []
      : configuration(
          protocol.word,
          axes.map(({ path, column, suffix }) => ({
            path,
            suffix,
            value: cells[best.setting][column],
          })),
        );
  if (given.texts.get('format') === 'json') {
    const settings = tuned.outcomes.map((of) => ({ cell: cells[of.setting], ...of }));
    const data = { seed: plan.seed, ...tuning, cells: undefined, axes: undefined };
    print(
      JSON.stringify(
        { ...data, sentences, best: best?.setting ?? null, configuration: snippet, settings },
        null,
        2,
      ),
    );
    return;
  }
  const width = widthOf(process.stdout);
  const told = sentences.flatMap((sentence) => filled(sentence, width));
  const lines = snippet.length > 0 ? ['', ...snippet] : [];
  print([tuneTable(tuned, tuning, width), '', ...told, ...lines].join('\n'));
}
