/** `hearsay simulate`: a scenario file, run once or many times. */
import { readFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import { DONE, FORMAT, type Given, type Verb } from './verb.ts';
import { commandLine } from './wording.ts';

export const simulate: Verb = {
  name: 'simulate',
  summary: 'Run a scenario of your own, from a file in YAML or JSON.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    replicates: { kind: 'text', value: 'N', describe: 'runs with different luck (default: 1)' },
    seed: { kind: 'text', value: 'TEXT', describe: "instead of the file's" },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, as in protocol.fanout=3; repeatable',
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
    ['npx hearsay simulate experiments/scenarios/swim.yaml --set loss=0.1', 'what if?'],
    ['npx hearsay simulate experiments/scenarios/swim.yaml --show-config', 'every default'],
  ],
  notes:
    'The same file and seed give the same bytes. Replicate r has the seed SEED/r. Intervals are 95 %:\n' +
    "Student's t for means, Wilson's for what is true or not, Poisson's where nothing was counted.",
  run,
};

async function run(given: Given): Promise<number> {
  const { words, texts, lists, switches } = given;
  const [file] = words;
  if (words.length !== 1)
    throw new UserError(
      `simulate: name one scenario file, as in hearsay simulate cluster.yaml; got ${words.join(' ') || 'none'}`,
    );
  const scenarios = await import('../experiment/scenario/index.ts');
  const { wholeOption } = await import('./numbers.ts');
  const { print, say, widthOf } = await import('./terminal.ts');
  const replicates = wholeOption('simulate', given, 'replicates', 1, 100_000) ?? 1;
  const { scenario, written } = scenarios.loadScenario(
    readScenario('simulate', file),
    file,
    lists.get('set') ?? [],
  );
  if (switches.has('show-config')) {
    print(scenarios.configText(written).trimEnd());
    return DONE;
  }
  const seed = texts.get('seed') ?? String(scenario.values.seed);
  say(`seed ${seed}, ${replicates} ${replicates === 1 ? 'run' : 'runs'}`);
  const runs = Array.from({ length: replicates }, (_, replicate) =>
    scenarios.runReplicate(scenario, seed, replicate),
  );
  const estimates = scenarios.estimatesOf(runs);
  const { scenarioCsv, scenarioTable } = await import('../report/scenario-table.ts');
  const format = texts.get('format') ?? 'table';
  if (format === 'csv') print(scenarioCsv(runs).trimEnd());
  else if (format === 'json')
    print(JSON.stringify({ seed, scenario: written, estimates, runs }, null, 2));
  else print(scenarioTable(estimates, widthOf(process.stdout)));
  say(`again: ${again(given, file, seed, replicates)}`);
  return DONE;
}

function again({ texts, lists }: Given, file: string, seed: string, replicates: number): string {
  const settings = (lists.get('set') ?? []).flatMap((setting) => ['--set', setting]);
  const format = texts.has('format') ? ['--format', texts.get('format')!] : [];
  const size = ['--replicates', String(replicates), '--seed', seed];
  return commandLine(['simulate', file, ...settings, ...size, ...format]);
}

export function readScenario(verb: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `${verb}: the scenario file ${file} cannot be read: ${(error as Error).message}`,
    );
  }
}
