/** The short way to read what was typed agrees with yargs, and so do the stored help texts. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from '../../src/cli/parse.ts';
import { program } from '../../src/cli/program.ts';
import { HELP_FILE, helpTexts, storedHelp } from '../../src/cli/stored-help.ts';
import type { Given } from '../../src/cli/verb.ts';
import { parseByYargs } from '../../src/cli/yargs.ts';

const verbNamed = (name: string) => program.verbs.find((verb) => verb.name === name)!;
const sentence = (error: Error) => error.message;

async function byYargs(words: readonly string[]): Promise<Given | string | undefined> {
  let given: Given | undefined;
  const take = async (_: unknown, found: Given) => {
    given = found;
    return 0;
  };
  const error = await parseByYargs(program, words, take).then(() => undefined, sentence);
  return error ?? given;
}

test.each([
  'run',
  'run fanout',
  'run fanout --quick --seed 00012 --replicates 5 -j 2 --set n=1,2 --set fanout=3 --out o',
  'run --quick fanout tour ./mine.mjs --format json',
  'run fanout -j7 --jobs 3 --jobs=4',
  'run fanout --seed=a=b --set=n=1 --dry-run --fresh',
  'run fanout --quick --quick',
  'run fanout --quick false',
  'run fanout --quick=false',
  'run 1 2 0x10 1e3 --seed -1',
  'run fanout -- --quick -x',
  'run fanout --replicates -3 -x',
  'run fanout --no-quick',
  'run fanout --dryRun',
  'run fanout --a.b 1',
  'run fanout --set',
  'run fanout --set n=1 m=2',
  'run fanout - --out -',
  'list suites --format table',
  'list --format xml',
  'reproduce --results results/quick -j 1',
  'detect my.csv --detector phi:window=8 --detector nfd-e --skip-bad --warm-up 5 --levels 1,2',
  'bench queue --size smoke',
  'completion bash',
])('%s', async (line) => {
  const words = line.split(' ');
  const mine = await read(verbNamed(words[0]), words).catch(sentence);
  expect(mine).toEqual(await byYargs(words));
});

test.each(['run fanout --seed help', 'run fanout --out version -j 3'])(
  '%s asks for no help',
  async (line) => {
    const words = line.split(' ');
    expect(await byYargs(words)).toEqual(await read(verbNamed('run'), words));
  },
);

test('the build stores what yargs writes', async () => {
  expect(JSON.parse(readFileSync(HELP_FILE, 'utf8'))).toEqual(await helpTexts(program));
});

test('what is stored is no help for another program, nor on a narrow terminal', () => {
  expect(storedHelp(program, ['run', '--help'], 100)).toContain('hearsay run [names...]');
  expect(storedHelp({ ...program, usage: 'new' }, ['run', '--help'], 100)).toBeUndefined();
  expect(storedHelp(program, ['run', '--help'], 99)).toBeUndefined();
  expect(storedHelp(program, ['run', '--quick', '--help'], 100)).toBeUndefined();
});
