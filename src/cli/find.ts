/** `hearsay find`: where on an axis a condition on a measure stops to hold. */
import { UserError } from '../base/errors.ts';
import type { Found } from '../experiment/scenario/find/search.ts';
import type { Searched } from '../report/find-table.ts';
import { asking } from './asking.ts';
import { wholeOption } from './numbers.ts';
import { JOBS } from './run-options.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';
import { repeated } from './wording.ts';

export const find: Verb = {
  name: 'find',
  summary: 'Find where on an axis a condition stops to hold: how much loss, how many nodes.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    axis: {
      kind: 'text',
      value: 'PATH=LOW..HIGH',
      describe: 'what is searched, as in loss=0..0.5',
    },
    where: {
      kind: 'text',
      value: 'CONDITION',
      describe: "MEASURE OP VALUE of a mean or a share of runs, as in 'detect_mean_ms < 5s'",
    },
    precision: {
      kind: 'text',
      value: 'WIDTH',
      describe: 'how near the two ends may come (default: a hundredth of the range)',
    },
    replicates: { kind: 'text', value: 'N', describe: 'runs of a point at first (default: 10)' },
    'max-replicates': { kind: 'text', value: 'N', describe: 'and at most (default: 1000)' },
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    set: { kind: 'list', value: 'PATH=VALUE', describe: 'another value in the file; repeatable' },
    jobs: JOBS,
    format: FORMAT,
  },
  examples: [
    [
      "npx hearsay find experiments/scenarios/push.yaml --axis nodes=10..500 --where 'to_99_ms < 10s'",
      'the largest cluster',
    ],
    [
      "npx hearsay find experiments/scenarios/infect-and-die.yaml --axis loss=0..0.9 --where 'unreached_frac <= 5%'",
      'the most loss',
    ],
  ],
  notes:
    'Bisection; runs are doubled at each point until its interval lies on one side of the value. All\n' +
    'intervals hold together with 95 % (Bonferroni). Replicate r has the seed SEED/r at every point.\n' +
    'What never happens in a run is later than any time.',
  run,
};

/** What decides the answer, beside the seed. */
const KEPT = {
  lists: ['set'],
  texts: ['axis', 'where', 'precision', 'replicates', 'max-replicates', 'format'],
};

async function run(given: Given): Promise<number> {
  const { texts } = given;
  const { basis, searched, where, precision, first, most } = await wishOf(given);
  const { axis, low, high, whole } = searched;
  const { search } = await import('../experiment/scenario/find/search.ts');
  const { parseCondition } = await import('../experiment/scenario/condition.ts');
  const { measuresOf } = await import('../experiment/scenario/samples.ts');
  const { settingOf } = await import('../experiment/scenario/sweep/model.ts');
  const { sweepPlan } = await import('../experiment/scenario/sweep/plan.ts');
  const { say } = await import('./terminal.ts');
  const planAt = (x: number) => {
    const set = [...basis.set, settingOf(axis, x)];
    return sweepPlan({ ...basis, set, seed: texts.get('seed'), replicates: most });
  };
  const { experiment, seed } = await planAt(low);
  const condition = parseCondition(where, measuresOf(experiment), 'find: --where');
  say(`seed ${seed}, from ${first} to ${most} runs a point`);
  const points = 2 + Math.ceil(Math.log2((high - low) / precision));
  const asked = await asking('find', given, points * first, (ask) =>
    search({
      ...{ condition, exposure: experiment.exposures?.[condition.measure] },
      ...{ low, high, whole, precision, first, most },
      ask: async (x, from, to) => (await ask(await planAt(x), [0], from, to))[0],
    }),
  );
  if ('code' in asked) return asked.code;
  const { path, suffix } = axis;
  await show(given, seed, asked.answer, { condition, path, suffix, whole });
  say(`again: ${repeated('find', given, KEPT, seed)}`);
  return DONE;
}

async function wishOf(given: Given) {
  const { words, texts, lists } = given;
  const file = scenarioFile('find', words, "--axis loss=0..0.5 --where 'to_99_ms < 10s'");
  const typed = required(texts, 'axis', 'what is searched, as in --axis loss=0..0.5');
  const where = required(texts, 'where', "what shall hold, as in --where 'to_99_ms < 10s'");
  const most = wholeOption('find', given, 'max-replicates', 2, 1e6) ?? 1000;
  const first = wholeOption('find', given, 'replicates', 2, most) ?? Math.min(10, most);
  const { searchedAxis, precisionOf } = await import('../experiment/scenario/find/axis.ts');
  const basis = { file, text: await readScenario('find', file), set: lists.get('set') ?? [] };
  const searched = searchedAxis(basis, typed);
  const precision = precisionOf(searched, texts.get('precision'));
  return { basis, searched, where, precision, first, most };
}

async function show(given: Given, seed: string, found: Found, searched: Searched): Promise<void> {
  const { findSentences, findTable } = await import('../report/find-table.ts');
  const { filled } = await import('../report/columns.ts');
  const { print, widthOf } = await import('./terminal.ts');
  const sentences = findSentences(found, searched);
  if (given.texts.get('format') === 'json') {
    const points = found.points.map((point) => ({ ...point, holds: point.holds ?? null }));
    print(JSON.stringify({ seed, ...searched, sentences, ...found, points }, null, 2));
    return;
  }
  const width = widthOf(process.stdout);
  const told = sentences.flatMap((sentence) => filled(sentence, width));
  print([findTable(found, searched, width), '', ...told].join('\n'));
}

function required(texts: Given['texts'], option: string, what: string): string {
  const text = texts.get(option);
  if (text === undefined) throw new UserError(`find: say ${what}`);
  return text;
}
