/** Shards through the door: what a run of one says, and what collect makes of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

const SETS = ['--set', 'n=8,16', '--set', 'loss=0', '--set', 'fanout=1,2'];
const RUN = ['run', 'fanout', ...SETS, '--replicates', '2'];

const shard = (text: string, out: string, cwd: string) =>
  hearsay([...RUN, '--out', out, '--shard', text], { cwd });

test('shards say what to do next, collect says what is missing, then writes what one run writes', async () => {
  const cwd = emptyFolder();
  const first = await shard('1/2', 'a', cwd);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(
    /^fanout: shard 1\/2 has finished \d+ runs in \d+ cells; they are kept in a\/fanout\.\nWhen all of 2 shards are finished: npx hearsay collect a\nIf some have run on other disks, .*: npx hearsay collect a COPY\.\.\.\nRun again: npx hearsay run fanout .* --out a --shard 1\/2\n$/,
  );
  const early = await hearsay(['collect', 'a'], { cwd });
  expect([early.code, early.stdout]).toEqual([1, '']);
  expect(early.stderr).toMatch(
    /^fanout: \d+ of \d+ runs are missing, .*--out a --shard 2\/2; .*\n$/,
  );

  await shard('2/2', 'b', cwd);
  const [collected, plain] = await Promise.all([
    hearsay(['collect', 'a', 'b'], { cwd }),
    hearsay([...RUN, '--out', 'plain'], { cwd }),
  ]);
  expect([collected.code, plain.code]).toEqual([0, 0]);
  expect(collected.stdout).toContain('Run again: npx hearsay collect a b\n');
  expect(filesIn(join(cwd, 'a'))).toEqual(filesIn(join(cwd, 'plain')));
});

test('as data: what a shard has finished, and the command that collects', async () => {
  const { code, stdout } = await hearsay([...RUN, '--shard', '3/3', '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    experiments: [
      { experiment: 'fanout', shard: '3/3', reused: 0, folder: 'results/custom/fanout' },
    ],
    failures: [],
    collect: ['npx hearsay collect results/custom'],
  });
});

test('a shard of nothing says so', async () => {
  const { code, stdout } = await hearsay([...RUN, '--shard', '999/1000']);
  expect(code).toBe(0);
  expect(stdout).toContain('fanout: nothing falls to shard 999/1000.');
});

/** File -> content of all results below a root, without the runner's own corners. */
function filesIn(root: string): Record<string, string> {
  const files = (
    readdirSync(root, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[]
  )
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes('.cells'))
    .sort();
  return Object.fromEntries(
    files.map((path) => [path.slice(root.length), readFileSync(path, 'latin1')]),
  );
}
