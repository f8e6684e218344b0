/** A disk that fills up under a shard: a sentence, and after there is room again the same bytes. Needs root, to mount one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { collect } from '../../src/experiment/collect.ts';
import { execute } from '../../src/experiment/runner.ts';
import { refusal, temporary } from './support/folders.ts';
import { folderFor, resultFiles, runShards, smallPlan } from './support/shards.ts';

const disk = join(temporary(), 'disk');

const mounted = (() => {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
});

test.skipIf(!mounted)('what a full disk has stopped goes on when there is room', async () => {
  const small = await smallPlan();
  const out = join(disk, 'fanout');
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, 'x'.repeat(96 * 1024));
  expect(await refusal(() => runShards(small, 2, out))).toMatch(
    /cannot be written: ENOSPC.*; make room or choose another --out$/,
  );
  rmSync(ballast);
  await runShards(small, 2, out);
  await collect({ out });
  const whole = folderFor(small);
  await execute(small, { out: whole });
  expect(resultFiles(out)).toEqual(resultFiles(whole));
});
