import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan } from '../../src/experiment/plan.ts';
import { reproduce } from '../../src/experiment/reproduce.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { execute } from '../../src/experiment/runner.ts';
import { fixture, refusal, temporary } from './support/folders.ts';

const request = { set: { n: ['16', '24'] }, seed: 'other seed', replicates: 3 };
const finish = async ({ rows }: RunResult) => ({
  'figures/end.svg': `<svg>${rows.length}</svg>`,
  'figures/end.png': new Uint8Array([1, 2, 3]),
});

async function finished(): Promise<string> {
  const out = temporary();
  await execute(plan(await fixture('push-small'), request), { out, jobs: 2, finish });
  return out;
}

const edit = (folder: string, file: string, change: (text: string) => string) =>
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));

test('a recorded run comes out the same, its figures too', async () => {
  const compared = await reproduce(await finished(), { jobs: 1, finish });
  expect(compared.map(({ file, same }) => [file, same])).toEqual([
    ['rows.csv', true],
    ['summary.csv', true],
    ['series.csv', true],
    ['findings.csv', true],
    ['figures/end.svg', true],
    ['figures/end.png', true],
  ]);
});

test('a file that was changed, one that was removed and one that is not drawn again all show', async () => {
  const out = await finished();
  edit(out, 'summary.csv', (text) => text.replace('end_ms', 'END_ms'));
  edit(out, 'run.json', (text) => text.replace('figures/end.png', 'figures/gone.png'));
  const compared = await reproduce(out, { jobs: 2, finish });
  const different = compared.filter(({ same }) => !same);
  expect(different.map(({ file }) => file)).toEqual([
    'summary.csv',
    'figures/gone.png',
    'figures/end.png',
  ]);
  expect(different[1]).toMatchObject({ expected: null, found: null });
});

test.each([
  ['{', 'run.json is damaged: it is not JSON'],
  ['[]', 'run.json is damaged: it does not name an experiment'],
  ['{"experiment": "push-small"}', 'run.json is damaged: seed must be a text; got undefined'],
])('a run.json that is %s is refused with a sentence', async (text, sentence) => {
  const out = temporary();
  writeFileSync(join(out, 'run.json'), text);
  expect(await refusal(() => reproduce(out))).toContain(sentence);
});

test.each([
  [
    '3,\n  "cells"',
    '[3],\n  "cells"',
    'replicates must be a number, or one for each of 6 cells; got "[3]"',
  ],
  ['"rows.csv"', '"../rows.csv"', 'files must be hashes by file'],
  ['push-small.mjs"', 'gone.mjs"', 'which is not there; put it back to reproduce'],
  [
    '"twice": [',
    '"thrice": [',
    'recorded with the axes n, label, thrice, but push-small now has n, label, twice',
  ],
])('a run.json with %s changed to %s is refused with a sentence', async (from, to, sentence) => {
  const out = await finished();
  edit(out, 'run.json', (text) => text.replace(from, to));
  expect(await refusal(() => reproduce(out))).toContain(sentence);
});

test('a folder without results is refused', async () => {
  expect(await refusal(() => reproduce(join(temporary(), 'no')))).toContain('holds no results');
});

test('run.json names every input, and no absolute path', async () => {
  const out = await finished();
  const text = readFileSync(join(out, 'run.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    experiment: 'push-small',
    size: 'custom',
    seed: 'other seed',
    axes: { n: [16, 24] },
    replicates: 3,
    runs: 18,
    node: process.version,
    command:
      "npx hearsay run test/experiment/fixtures/push-small.mjs --seed 'other seed' --replicates 3 --set n=16,24",
  });
  expect(text).not.toMatch(/"\//);
});

test('a file that the new results do not have goes when they are written', async () => {
  const out = await finished();
  await execute(plan(await fixture('push-small'), request), { out, jobs: 1 });
  expect(existsSync(join(out, 'figures/end.svg'))).toBe(false);
  expect(existsSync(join(out, 'rows.csv'))).toBe(true);
});
