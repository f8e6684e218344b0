/** `hearsay hunt`: which faults break a property of a scenario. */
import { writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../base/errors.ts';
import type { Hunt, Phase } from '../experiment/hunt/index.ts';
import { readScenario, scenarioFile } from './scenario-file.ts';
import { DONE, type Given, INTERRUPTED, type Verb } from './verb.ts';
import { commandLine, count, grouped } from './wording.ts';

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
  const settings = lists.get('set') ?? [];
  const wish = { text, file, settings, property, faults, tries, seed };
  const { prey, tried, stopped } = await caught(wish);
  if (prey === undefined) {
    if (!stopped)
      say(`nothing found in ${count(tries, 'schedule')}: ${property.text} did not happen`);
    else
      say(`hunt: interrupted; nothing found in ${grouped(tried)} of ${count(tries, 'schedule')}`);
    return stopped ? INTERRUPTED : DONE;
  }
  if (stopped) say('hunt: interrupted; there may be smaller schedules');
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
  return stopped ? INTERRUPTED : DONE;
}

/** With progress; `stopped` by Ctrl-C after so many schedules were tried. */
async function caught(wish: Hunt) {
  const { hunt } = await import('../experiment/hunt/index.ts');
  const { interruptible } = await import('./interrupt.ts');
  const { progress, timeLeft } = await import('./progress.ts');
  const { say } = await import('./terminal.ts');
  const { signal, release } = interruptible();
  const { seed, tries, faults } = wish;
  say(`seed ${seed}, at most ${count(tries, 'schedule')} of ${faults.join(', ')}`);
  const names = { search: 'hunt', shrink: 'hunt: smaller ones' };
  let phase: Phase = 'search';
  let tried = 0;
  let since = Date.now();
  let bar = await progress(names.search, { done: 0, total: tries }, signal, 'schedule');
  const goOn = async (now: Phase, done: number, total: number) => {
    if (now !== phase) {
      bar.stop();
      [phase, since] = [now, Date.now()];
      bar = await progress(names[now], { done, total }, signal, 'schedule');
    }
    if (now === 'search') tried = done;
    bar.update({ done, total, left_s: timeLeft(since, done / total) });
    await setImmediate(); // lets the progress be shown, and Ctrl-C be heard
    return !signal.aborted;
  };
  try {
    return { prey: await hunt({ ...wish, goOn }), tried, stopped: signal.aborted };
  } finally {
    bar.stop();
    release();
  }
}

function write(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new UserError(`hunt: --out ${file} cannot be written: ${(error as Error).message}`);
  }
}
