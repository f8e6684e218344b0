import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../src/experiment/model.ts';
import { plan, type Request } from '../../src/experiment/plan.ts';
import { findExperiment } from '../../src/experiment/registry.ts';
import { execute } from '../../src/experiment/runner.ts';
import { fixture, refusal, temporary } from './support/folders.ts';

let pushSmall: Experiment;
let trouble: Experiment;
beforeAll(async () => {
  pushSmall = await fixture('push-small');
  trouble = await fixture('trouble');
});

describe('what is asked for', () => {
  const refused: [Request, string][] = [
    [
      { set: { m: ['1'] } },
      'push-small: there is no axis "m". Did you mean n? The axes are n, label, twice',
    ],
    [{ set: { n: ['many'] } }, 'push-small: axis n takes finite numbers; got "many"'],
    [{ set: { n: ['NaN'] } }, 'push-small: axis n takes finite numbers; got "NaN"'],
    [{ set: { twice: ['1'] } }, 'push-small: axis twice takes true or false; got "1"'],
    [
      { set: { n: [] } },
      'push-small: axis n must be given values, as in --set n=16,64,256; got ""',
    ],
    [
      { set: { n: ['1', ''] } },
      'push-small: axis n must be given values, as in --set n=16,64,256; got "1,"',
    ],
    [{ set: { n: ['8', '8.0'] } }, 'push-small: axis n must have different values; got 8 twice'],
    [{ replicates: 0 }, 'push-small: replicates must be a whole number in 1..1000000000; got 0'],
    [{ seed: '' }, 'push-small: the seed must be a text that is not empty; got ""'],
    [{ set: { label: ['b'] } }, 'push-small: axis label takes a, b,"c"; got "b". Did you mean a?'],
    [
      { set: { label: ['b,"c"'], twice: ['true'] } },
      'push-small: no cell of the grid is left; this experiment leaves out all of them',
    ],
  ];
  test.each(refused)('%j is refused with a sentence', async (request, sentence) => {
    expect(await refusal(() => plan(pushSmall, request))).toBe(sentence);
  });

  test('settings are read by the type of the axis', () => {
    const { axes, size, runs } = plan(pushSmall, {
      set: { n: ['1e1', '20'], twice: ['true'], label: ['a'] },
      replicates: 3,
    });
    expect(axes).toEqual({ n: [10, 20], label: ['a'], twice: [true] });
    expect({ size, runs }).toEqual({ size: 'custom', runs: 6 });
  });

  test('the last axis is the fastest, and cells that the experiment leaves out are not counted', () => {
    const cells = plan(pushSmall)
      .cells.slice(0, 4)
      .map(({ cell }) => Object.values(cell).join(' '));
    expect(cells).toEqual(['16 a false', '16 a true', '16 b,"c" false', '64 a false']);
  });

  test('the quick size has its own axes and replicates', () => {
    const { size, cells, runs } = plan(pushSmall, { quick: true });
    expect({ size, cells: cells.length, runs }).toEqual({ size: 'quick', cells: 3, runs: 6 });
  });
});

describe('modules', () => {
  const moduleWith = (text: string): string => {
    const path = join(temporary(), 'own.mjs');
    writeFileSync(path, text);
    return path;
  };

  test.each([
    [
      'export const a = 1;',
      'its default export must be made by experiment({ ... }); there is none',
    ],
    ["export default { name: 'a' };", 'question must be a text; got undefined'],
    ['export default 1 +;', 'cannot be loaded: '],
  ])('%s is refused with a sentence', async (text, sentence) => {
    expect(await refusal(() => findExperiment(moduleWith(text)))).toContain(sentence);
  });

  test.each([
    [{ name: 'Two Words' }, 'name must be kebab-case; got "Two Words"'],
    [{ axes: {} }, 'axes does not say what the axis n is'],
    [
      { grid: { n: [Number.NaN] } },
      'grid.n must hold finite numbers, texts and booleans only; got NaN',
    ],
    [{ measures: { meanMs: 'a' } }, 'column "meanMs" must be in snake_case'],
    [{ measures: { seed: 'a' } }, 'column "seed" is a name of hearsay\'s own'],
    [{ series: { x: { x: 'round', at: [1] } } }, 'measures does not say what the series x is'],
    [{ measures: { n: 'a' } }, 'column "n" is declared twice'],
    [{ run: 1 }, 'run must be a function; got 1'],
  ])('an experiment with %j is refused with a sentence', async (part, sentence) => {
    const { validated } = await import('../../src/experiment/validate.ts');
    expect(await refusal(() => validated({ ...pushSmall, series: {}, ...part }, 'own.mjs'))).toBe(
      `experiment file own.mjs: ${sentence}`,
    );
  });

  test('a file that is not there is named', async () => {
    expect(await refusal(() => findExperiment('./nowhere.mjs'))).toContain(
      'there is no experiment file',
    );
  });

  test('an unknown name is answered with the known ones', async () => {
    expect(await refusal(() => findExperiment('push-round'))).toMatch(
      /^there is no experiment "push-round"\..* Known: .*; or give the path of your own \.mjs module$/,
    );
  });
});

describe('folders', () => {
  const run = (out: string) => execute(plan(trouble, { quick: true }), { out, jobs: 1 });

  test('a folder below a file cannot be written', async () => {
    const file = join(temporary(), 'file');
    writeFileSync(file, 'mine');
    expect(await refusal(() => run(join(file, 'out')))).toContain('cannot be written: ENOTDIR');
    expect(await refusal(() => run(file))).toContain('is a file; choose another --out');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('a folder that holds something else is left alone', async () => {
    const out = temporary();
    writeFileSync(join(out, 'rows.csv'), 'mine');
    expect(await refusal(() => run(out))).toContain(
      'has no run.json but holds "rows.csv", so it is not hearsay\'s; choose another --out',
    );
    expect(readFileSync(join(out, 'rows.csv'), 'utf8')).toBe('mine');
  });

  test('a folder whose run.json is damaged is left alone', async () => {
    const out = temporary();
    await run(out);
    writeFileSync(join(out, 'run.json'), '{ "experiment": "trou');
    expect(await refusal(() => run(out))).toContain(
      'run.json is damaged: it is not JSON; restore it',
    );
    expect(readFileSync(join(out, 'run.json'), 'utf8')).toBe('{ "experiment": "trou');
  });

  test('results of another experiment are not overwritten', async () => {
    const out = temporary();
    await run(out);
    const other = plan(pushSmall, { quick: true });
    expect(await refusal(() => execute(other, { out, jobs: 1 }))).toContain(
      'holds results of "trouble", not of push-small; choose another --out',
    );
  });

  test('an empty folder and one that is not there yet are both taken', async () => {
    const empty = join(temporary(), 'empty');
    mkdirSync(empty);
    expect((await run(empty)).ran).toBe(2);
    expect((await run(join(temporary(), 'a', 'b'))).ran).toBe(2);
  });
});
