import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitState } from '../../src/experiment/git-state.ts';
import { temporary } from './support/folders.ts';

test('files that are not tracked, and results, leave a commit clean; a changed file does not', async () => {
  const root = temporary();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root });
  mkdirSync(join(root, 'results'));
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  write('a.ts', 'one');
  write('results/a.csv', 'one');
  git('init', '--quiet');
  git('add', '.');
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  git(...who, 'commit', '--quiet', '--no-gpg-sign', '--message', 'one');
  write('new.yaml', 'nodes: 3');
  write('results/a.csv', 'two');
  expect(await gitState(root)).toMatchObject({ dirty: false });
  write('a.ts', 'two');
  expect(await gitState(root)).toMatchObject({ dirty: true });
});
