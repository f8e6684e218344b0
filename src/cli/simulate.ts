import { UserError } from '../base/errors.ts';
import { wholeOption } from './numbers.ts';
import { PRECISION, precisionIn } from './precision.ts';
import { JOBS } from './run-options.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';

export const simulate: Verb = {
  name: 'simulate',
  summary: 'Run a scenario of your own, from a file in YAML or JSON.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    replicates: { kind: 'text', value: 'N', describe: 'runs with different luck (default: 1)' },
    ...PRECISION,
    measure: {
      kind: 'list',
      value: 'NAME',
      describe: 'what is shown, and must be precise, such as to_99_ms; repeatable',
    },
    quantiles: {
      kind: 'text',
      value: 'P,P',
      describe: 'quantiles over the runs, with intervals, such as 0.5,0.99',
    },
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, as in protocol.fanout=3; repeatable',
    },
    jobs: JOBS,
    draw: {
      kind: 'switch',
      describe: 'draw how it goes on over time: coverage, suspicions, jobs, or writes',
    },
    'show-config': { kind: 'switch', describe: 'print the scenario with every default, and stop' },
    format: {
      ...FORMAT,
      choices: ['table', 'json', 'csv'],
      describe: 'table (default), json, or csv with a row per run, on stdout',
    },
  },
  examples: [
    ['npx hearsay simulate experiments/scenarios/swim.yaml', 'an example, once'],
    ['npx hearsay simulate experiments/scenarios/swim.yaml --replicates 20', 'with intervals'],
    [
      'npx hearsay simulate experiments/scenarios/push.yaml --precision 5% --measure to_99_ms',
      'as often as it takes',
    ],
    ['npx hearsay simulate experiments/scenarios/swim.yaml --set loss=0.1', 'what if?'],
    ['npx hearsay simulate experiments/scenarios/push.yaml --draw', 'a curve, in the terminal'],
    ['npx hearsay simulate experiments/scenarios/swim.yaml --show-config', 'every default'],
  ],
  notes:
    'The same file and seed give the same bytes. Replicate r has the seed SEED/r. Intervals are 95 %:\n' +
    "Student's t for means, Wilson's for what is true or not, the wider of Student's and Poisson's for\n" +
    'rates, order statistics for quantiles. With --precision, runs are added at a few fixed sizes and the\n' +
    'intervals are wide enough to hold wherever that ends.',
  run,
};

async function run(given: Given): Promise<number> {
  const { words, texts, lists, switches } = given;
  const file = scenarioFile('simulate', words);
  const text = await readScenario('simulate', file);
  const set = lists.get('set') ?? [];
  if (switches.has('show-config')) {
    const { configText, loadScenario } = await import('../experiment/scenario/index.ts');
    const { print } = await import('./terminal.ts');
    print(configText(loadScenario(text, file, set).written).trimEnd());
    return DONE;
  }
  const precision = precisionIn('simulate', given);
  const replicates =
    precision === undefined
      ? (wholeOption('simulate', given, 'replicates', 1, 1_000_000) ?? 1)
      : undefined;
  const format = texts.get('format') ?? 'table';
  const draw = switches.has('draw');
  if (draw && format !== 'table')
    throw new UserError(`simulate: --draw goes with the table; got --format ${format}`);
  const { simulateRuns } = await import('./simulate-runs.ts');
  return simulateRuns({
    ...{ file, text, set, replicates, precision },
    measures: lists.get('measure') ?? [],
    quantiles: quantilesIn(texts.get('quantiles')),
    seed: texts.get('seed'),
    jobs: wholeOption('simulate', given, 'jobs', 1, 1024),
    ...{ format, draw },
  });
}

function quantilesIn(text: string | undefined): readonly number[] {
  if (text === undefined) return [];
  return text.split(',').map((typed) => {
    const p = typed.trim() === '' ? NaN : Number(typed);
    if (p > 0 && p < 1) return p;
    throw new UserError(
      `simulate: --quantiles must be numbers between 0 and 1, as in 0.5,0.99; got ${text}`,
    );
  });
}
