/** `hearsay hunt`: which faults break a property of a scenario. */
import { writeFileSync } from 'node:fs';
import { UserError } from '../base/errors.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, type Given, type Verb } from './verb.ts';
import { commandLine, count } from './wording.ts';

export const hunt: Verb = {
  name: 'hunt',
  summary: 'Find the smallest faults that break a property of a scenario.',
  words: { name: 'file', describe: 'a scenario file, such as those in experiments/scenarios' },
  options: {
    for: {
      kind: 'text',
      value: 'PROPERTY',
      describe: 'what is to happen: a measure, as in "detected_all = false", or a name (below)',
    },
    faults: {
      kind: 'text',
      value: 'NAME,...',
      describe: 'only such faults, as in pause,partition,loss (default: all that make sense)',
    },
    tries: { kind: 'text', value: 'N', describe: 'schedules of faults (default: 200); 0: none' },
    seed: { kind: 'text', value: 'TEXT', describe: 'of the search (default: hunt)' },
    set: {
      kind: 'list',
      value: 'PATH=VALUE',
      describe: 'another value at a place of the file, as in protocol.fanout=3; repeatable',
    },
    out: { kind: 'text', value: 'FILE', describe: 'where the scenario found goes, not to stdout' },
  },
  examples: [
    [
      'npx hearsay hunt experiments/scenarios/swim.yaml --set loss=0 --for false-death --faults pause',
      'how long may a node pause?',
    ],
    [
      "npx hearsay hunt experiments/scenarios/push.yaml --for 'reached_all = false' --out found.yaml",
      'what keeps a rumour from a node?',
    ],
  ],
  notes:
    'Names: false-death, a live node is declared dead (or suspected, where a protocol says no more);\n' +
    'false-suspicion, a live node is suspected; invariants, what must hold in any run does not.\n' +
    'Measures are those that simulate prints. Faults are added to those of the file, with its own\n' +
    'seed; what breaks the property is made smaller: fewer nodes, fewer and shorter faults.',
  run,
};

async function run(given: Given): Promise<number> {
  const { words, texts, lists } = given;
  const file = scenarioFile('hunt', words, '--for false-death');
  const wanted = texts.get('for');
  if (wanted === undefined)
    throw new UserError(
      'hunt: say what to look for, as in --for false-death or --for "detected_all = false"',
    );
  const hunting = await import('../experiment/hunt/index.ts');
  const { wholeOption } = await import('./numbers.ts');
  const { print, say } = await import('./terminal.ts');
  const property = hunting.propertyOf(wanted);
  const faults = hunting.faultNames(texts.get('faults'));
  const tries = wholeOption('hunt', given, 'tries', 0, 1_000_000) ?? 200;
  const seed = texts.get('seed') ?? 'hunt';
  const text = await readScenario('hunt', file);
  say(`seed ${seed}, at most ${count(tries, 'schedule')} of ${faults.join(', ')}`);
  const settings = lists.get('set') ?? [];
  const prey = hunting.hunt({ text, file, settings, property, faults, tries, seed });
  if (prey === undefined) {
    say(`nothing found in ${count(tries, 'schedule')}: ${property.text} did not happen`);
    return DONE;
  }
  if (prey.attempt === 0) {
    say(`the scenario itself, without more faults: ${prey.sentence}`);
    return DONE;
  }
  say(`schedule ${prey.attempt}, and ${prey.shrinks} tried to make it smaller: ${prey.sentence}`);
  const out = texts.get('out');
  const replay = commandLine(
    property.measure === undefined
      ? ['hunt', out ?? 'FILE', '--for', property.text, '--tries', '0']
      : ['simulate', out ?? 'FILE'],
  );
  const page = `# hearsay hunt, seed ${seed}: ${prey.sentence}\n# again: ${replay}\n${hunting.textOf(prey.tree)}`;
  if (out === undefined) print(page.trimEnd());
  else write(out, page);
  say(`again: ${replay}`);
  return DONE;
}

function write(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new UserError(`hunt: --out ${file} cannot be written: ${(error as Error).message}`);
  }
}
