/** Shards, gathered, are what one run would have been: byte for byte, or with a sentence that says what is missing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { collect } from '../../src/experiment/collect.ts';
import { type Plan, plan } from '../../src/experiment/plan.ts';
import { findExperiment } from '../../src/experiment/registry.ts';
import { Incomplete } from '../../src/experiment/result.ts';
import { execute, executeShard } from '../../src/experiment/runner.ts';
import { refusal } from './support/folders.ts';
import {
  cellFiles,
  copied,
  folderFor,
  resultFiles,
  runShards,
  smallPlan,
} from './support/shards.ts';

let small: Plan;
let whole: Record<string, string>; // file -> content of a run on one machine
beforeAll(async () => {
  small = await smallPlan();
  const out = folderFor(small);
  await execute(small, { out });
  whole = resultFiles(out);
});

/** What collect says is missing. */
async function missing(out: string, from: string[] = []): Promise<string> {
  const error = await collect({ out, from }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Incomplete);
  return error.message;
}

test('shards in one folder give the bytes of one run, however many there are', async () => {
  expect(Object.keys(whole)).toEqual(['findings.csv', 'rows.csv', 'run.json', 'summary.csv']);
  for (const count of [1, 3, 50]) {
    const out = folderFor(small);
    const shards = await runShards(small, count, out);
    expect(shards.reduce((sum, { ran }) => sum + ran, 0)).toBe(small.runs);
    expect(resultFiles(out)).toEqual({});
    await collect({ out });
    expect(resultFiles(out)).toEqual(whole);
  }
});

test('shards in folders of their own are gathered into another, which keeps them', async () => {
  const from: string[] = [];
  for (const index of [1, 2, 3]) {
    const out = folderFor(small);
    await executeShard(small, { index, count: 3 }, { out });
    from.push(copied(out));
  }
  const out = folderFor(small);
  await collect({ out, from });
  expect(resultFiles(out)).toEqual(whole);
  expect(await execute(small, { out })).toMatchObject({ reused: small.runs, ran: 0 });
});

test('what is missing is said with the shard and the command that run it; a plain run does, too', async () => {
  const out = folderFor(small);
  await executeShard(small, { index: 2, count: 2 }, { out });
  const { runs } = (await executeShard(small, { index: 2, count: 2 }, { out })).plan;
  const left = small.runs - runs;
  const command = `npx hearsay run fanout --replicates 3 --set n=8,16,32 --set loss=0,0.1 --set fanout=1,2 --out ${dirname(out)}`;
  const sentence = await missing(out);
  expect(sentence).toMatch(
    new RegExp(`^fanout: ${left} of 36 runs are missing, in \\d+ of 12 cells: n = 8, loss = `),
  );
  expect(sentence).toContain(
    `They belong to shard 1/2, as in ${command} --shard 1/2; and this runs all of them here: ${command}`,
  );
  expect(resultFiles(out)).toEqual({});
  expect(await execute(small, { out })).toMatchObject({ reused: runs, ran: left });
  expect(resultFiles(out)).toEqual(whole);
});

test('a part that was gathered stays, though other parts are missing', async () => {
  const [one, out] = [folderFor(small), folderFor(small)];
  const { ran } = await executeShard(small, { index: 1, count: 2 }, { out: one });
  await missing(out, [one]);
  expect(await execute(small, { out })).toMatchObject({ reused: ran });
});

test('damaged, shortened and foreign cell files are named, and their runs are done again', async () => {
  const out = folderFor(small);
  await runShards(small, 2, out);
  const [flipped, cut, foreign, empty] = cellFiles(out, '1-of-2');
  const text = readFileSync(flipped, 'utf8');
  const last = text.lastIndexOf('}', text.length - 4);
  writeFileSync(flipped, `${text.slice(0, last - 1)}7${text.slice(last)}`);
  const lines = readFileSync(cut, 'utf8').trimEnd().split('\n');
  writeFileSync(cut, `${lines.slice(0, -1).join('\n')}\n`); // a whole line is gone
  writeFileSync(foreign, 'somebody else was here\n');
  writeFileSync(empty, '');
  writeFileSync(join(out, '.cells', '1-of-2', 'notes.txt'), 'mine');
  const warnings: string[] = [];
  const onWarning = (sentence: string) => void warnings.push(sentence);
  expect(await collect({ out, onWarning }).catch((error) => error)).toBeInstanceOf(Incomplete);
  expect(warnings).toEqual(
    [flipped, cut, foreign, empty]
      .sort()
      .map((path) => `${path} is damaged or cut short and is ignored; its runs are done again`),
  );
  expect((await executeShard(small, { index: 1, count: 2 }, { out })).ran).toBeGreaterThan(3);
  await collect({ out });
  expect(resultFiles(out)).toEqual(whole);
});

test('shards of different plans are not mixed', async () => {
  const [one, other] = [folderFor(small), folderFor(small)];
  await executeShard(small, { index: 1, count: 2 }, { out: one });
  const seeded = plan(await findExperiment('fanout'), { ...small.request, seed: 'other' });
  await executeShard(seeded, { index: 2, count: 2 }, { out: other });
  expect(await refusal(() => collect({ out: one, from: [other] }))).toMatch(
    /hold shards of different plans .*; collect them apart, each with its own folder$/,
  );
  // In one folder the last plan counts, and what belongs to another is left out.
  await executeShard(seeded, { index: 2, count: 2 }, { out: one });
  expect(await missing(one)).toContain(
    'finished runs are of another version, seed or size of fanout and were left out',
  );
});

test('a plan.json that is damaged is refused, and written anew by the next shard', async () => {
  const out = folderFor(small);
  await runShards(small, 1, out);
  const path = join(out, '.cells', 'plan.json');
  const text = readFileSync(path, 'utf8');
  for (const [damaged, sentence] of [
    ['{', 'is damaged: it is not JSON'],
    [text.replace('"seed": "fanout"', '"seed": 1'), 'is damaged: seed must be a text; got "1"'],
  ]) {
    writeFileSync(path, damaged);
    expect(await refusal(() => collect({ out }))).toContain(sentence);
  }
  await runShards(small, 1, out);
  await collect({ out });
  expect(resultFiles(out)).toEqual(whole);
});
