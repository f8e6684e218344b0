/** Every command in README.md and docs/ has words that hearsay knows; what is quick to run is run, and prints what is shown. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { read } from '../../src/cli/parse.ts';
import { program } from '../../src/cli/program.ts';
import { loadScenario } from '../../src/experiment/scenario/index.ts';
import { suites } from '../../src/experiment/suites.ts';
import { blocksIn, DOCUMENTS, linesOf, spokenCommands, wordsOf } from './blocks.ts';
import { runDocument, runScripts, userFolder } from './documents.ts';
import { FOREIGN, INSTEAD, SLOW } from './exceptions.ts';
import { expectPromised, expectRan } from './expectations.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
function folderOfReader(): string {
  folders.push(userFolder());
  return folders.at(-1)!;
}

const inBlocks = DOCUMENTS.flatMap((file) =>
  blocksIn(file)
    .filter(({ language }) => language === 'sh')
    .flatMap(linesOf),
);
const all = [...inBlocks, ...DOCUMENTS.flatMap(spokenCommands)];
const ours = [...new Set(all)].filter((line) => line.startsWith('npx hearsay '));

const experiments = readdirSync('experiments')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const lists = ['experiments', 'suites', 'protocols', 'detectors'];
/** Verbs that are followed by names, and which. Others are followed by files, folders or a command. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  run: [...experiments, ...Object.keys(suites)],
  list: lists,
};

test.each(ours)('%s: its verb, options and names are known', async (line) => {
  const [, , name, ...words] = wordsOf(line);
  const verb = program.verbs.find((one) => one.name === name);
  expect(verb, `a verb ${name}`).toBeDefined();
  const given = await read(verb!, [name, ...words]);
  const isPath = (word: string) => /[\\/.]/.test(word);
  for (const word of given.words.filter((one) => !isPath(one)))
    if (NAMES[name] !== undefined) expect(NAMES[name]).toContain(word);
});

test('what is not run is listed with its reason, and nothing else is', () => {
  const foreign = inBlocks.filter((line) => !/^(npx hearsay|node) /.test(line));
  expect(foreign.sort()).toEqual(Object.keys(FOREIGN).sort());
  for (const line of [...Object.keys(INSTEAD), ...SLOW]) expect(inBlocks).toContain(line);
});

test('yaml blocks are scenarios', () => {
  const scenarios = DOCUMENTS.flatMap(blocksIn).filter(({ language }) => language === 'yaml');
  expect(scenarios.length).toBeGreaterThan(1);
  for (const { at, text } of scenarios) expect(() => loadScenario(text, at, [])).not.toThrow();
});

test('scripts of npm that are named exist', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const file of DOCUMENTS)
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/npm run ([\w:]+)/g))
      expect(scripts, file).toHaveProperty([name]);
});

test('links lead somewhere', () => {
  for (const file of DOCUMENTS)
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g))
      if (!target.startsWith('http'))
        expect(existsSync(join(dirname(file), target)), `${file}: ${target}`).toBe(true);
});

// Each starts the command line some times, on machines that may be busy.
describe.each(DOCUMENTS)('%s', { timeout: 240_000 }, (file) => {
  test('its commands run, and print what is shown', () => {
    const ran = runDocument(file, folderOfReader(), false);
    expectRan(ran);
    expectPromised(file, ran);
  });

  test('its scripts run', () => {
    expectRan(runScripts(file, folderOfReader()));
  });
});
