/** `hearsay compare`: two scenarios with the same luck, side by side. */
import { UserError } from '../base/errors.ts';
import type { Plan } from '../experiment/plan.ts';
import { asking } from './asking.ts';
import { wholeOption } from './numbers.ts';
import { JOBS } from './run-options.ts';
import { readScenario } from './scenario-file.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';
import { count, repeated } from './wording.ts';

export const compare: Verb = {
  name: 'compare',
  summary: 'Compare two scenarios, or one with something changed, in pairs of runs.',
  words: { name: 'files', describe: 'A and B; or A alone, with --b-set' },
  options: {
    replicates: { kind: 'text', value: 'N', describe: 'pairs of runs (default: 30)' },
    seed: { kind: 'text', value: 'TEXT', describe: "of both, instead of A's" },
    set: { kind: 'list', value: 'PATH=VALUE', describe: 'another value, in both; repeatable' },
    'b-set': { kind: 'list', value: 'PATH=VALUE', describe: 'another value, in B; repeatable' },
    jobs: JOBS,
    format: FORMAT,
  },
  examples: [
    [
      'npx hearsay compare experiments/scenarios/swim.yaml --b-set protocol.suspicion=false',
      'what if?',
    ],
    [
      'npx hearsay compare experiments/scenarios/swim.yaml experiments/scenarios/memberlist.yaml --set nodes=20 --set duration=1m',
      'two files',
    ],
  ],
  notes:
    'Replicate r has the seed SEED/r in A and in B: the same luck, so that a few pairs tell small\n' +
    'differences. Each interval holds by itself, at 95 %; what differs beyond doubt is corrected for\n' +
    'all measures (Holm 1979).',
  run,
};

const DEFAULT_PAIRS = 30;

/** What decides the answer, beside the seed. */
const KEPT = {
  lists: ['set', 'b-set'],
  texts: ['replicates', 'format'],
};

async function run(given: Given): Promise<number> {
  const { texts } = given;
  const replicates = wholeOption('compare', given, 'replicates', 2, 100_000) ?? DEFAULT_PAIRS;
  const [a, b] = await sidesOf(given);
  const { sweepPlan } = await import('../experiment/scenario/sweep/plan.ts');
  const { compare: compared } = await import('../experiment/scenario/compare/compare.ts');
  const { warnings } = await import('../experiment/scenario/compare/warnings.ts');
  const { say } = await import('./terminal.ts');
  const first = await sweepPlan({ ...a, replicates, seed: texts.get('seed') });
  const { seed } = first;
  const second = await sweepPlan({ ...b, replicates, seed });
  const names = await sharedNames(first, second);
  const told = [...warnings(a, b, seed), ...(await unshared(first, second))];
  say(`seed ${seed}, ${count(replicates, 'pair')} of runs`);
  for (const sentence of told) say(sentence);
  const asked = await asking('compare', given, 2 * replicates, async (ask) => {
    const runs = async (plan: Plan) => (await ask(plan, [0], 0, replicates))[0];
    return [await runs(first), await runs(second)];
  });
  if ('code' in asked) return asked.code;
  const exposures = first.experiment.exposures ?? {};
  const comparisons = compared(asked.answer[0], asked.answer[1], { names, exposures });
  await show(given, seed, told, comparisons);
  say(`again: ${repeated('compare', given, KEPT, seed)}`);
  return DONE;
}

/** What only one of them measures, in sentences. */
async function unshared(a: Plan, b: Plan): Promise<string[]> {
  const { measuresOf } = await import('../experiment/scenario/samples.ts');
  const [ofA, ofB] = [a, b].map(({ experiment }) => measuresOf(experiment));
  const only = (side: string, own: readonly string[], other: readonly string[]) => {
    const names = own.filter((name) => !other.includes(name));
    return names.length > 0 ? [`Only ${side} measures ${names.join(', ')}.`] : [];
  };
  return [...only('A', ofA, ofB), ...only('B', ofB, ofA)];
}

async function sharedNames(a: Plan, b: Plan): Promise<readonly string[]> {
  const { measuresOf } = await import('../experiment/scenario/samples.ts');
  const shared = measuresOf(b.experiment);
  const names = measuresOf(a.experiment).filter((name) => shared.includes(name));
  if (names.length > 0) return names;
  throw new UserError(
    'compare: A and B measure nothing that both have; --set observe=[traffic] measures it in both',
  );
}

async function show(
  given: Given,
  seed: string,
  warnings: readonly string[],
  comparisons: ReturnType<typeof import('../experiment/scenario/compare/compare.ts').compare>,
): Promise<void> {
  const { compareSentence } = await import('../report/compare-sentence.ts');
  const { compareTable } = await import('../report/compare-table.ts');
  const { filled } = await import('../report/columns.ts');
  const { print, widthOf } = await import('./terminal.ts');
  const sentence = compareSentence(comparisons);
  if (given.texts.get('format') === 'json') {
    print(JSON.stringify({ seed, warnings, sentence, measures: comparisons }, null, 2));
    return;
  }
  const width = widthOf(process.stdout);
  print([compareTable(comparisons, width), '', ...filled(sentence, width)].join('\n'));
}

interface Side {
  readonly file: string;
  readonly text: string;
  readonly set: readonly string[];
}

async function sidesOf({ words, lists }: Given): Promise<readonly [Side, Side]> {
  const [a, b = a] = words;
  const changed = lists.get('b-set') ?? [];
  if (words.length === 0 || words.length > 2)
    throw new UserError(
      `compare: name two scenario files, as in hearsay compare a.yaml b.yaml, or one with --b-set protocol.fanout=2; got ${words.join(' ') || 'none'}`,
    );
  if (words.length === 1 && changed.length === 0)
    throw new UserError(
      `compare: say what ${a} is compared with: another file, or what is changed, as in --b-set protocol.fanout=2`,
    );
  const set = lists.get('set') ?? [];
  const sides: readonly [Side, Side] = [
    { file: a, text: await readScenario('compare', a), set },
    { file: b, text: await readScenario('compare', b), set: [...set, ...changed] },
  ];
  const { loadScenario } = await import('../experiment/scenario/index.ts');
  const { file, text, set: all } = sides[1];
  loadScenario(text, file, all, { from: set.length, option: '--b-set' }); // later, nobody knows what was typed
  return sides;
}
