/** `npm run conformance`: what it prints, and its exit codes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/conformance/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hearsay-conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function conformance(...cases: readonly object[]) {
  const file = join(folder, 'cases.json');
  writeFileSync(
    file,
    JSON.stringify({ format: 1, groups: [{ group: 'shadow-quorum-trunk', cases }] }),
  );
  return command(file);
}

const command = (...words: string[]) =>
  spawnSync(process.execPath, [MAIN, ...words], { encoding: 'utf8' });

it('0: all pass', () => {
  const { status, stdout } = conformance({ id: 'a', peers: 20, expect: 2 });
  expect(stdout).toBe(
    'pass  shadow-quorum-trunk: 1 of 1\n1 of 1 cases pass, in 1 runs under the versions they apply to\n',
  );
  expect(status).toBe(0);
});

it('1: something fails, and is told', () => {
  const { status, stdout } = conformance({ id: 'a', peers: 20, expect: 3 }, { id: 'b' });
  expect(stdout).toContain('      a: should be 3, is 2\n');
  expect(stdout).toContain("      not understood: b: 'peers' must be a number; got nothing\n");
  expect(status).toBe(1);
});

it('2: something is nonsense, in a sentence', () => {
  expect(conformance({ id: 'b' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('1 of 1 cases'),
  });
  const missing = command(join(folder, 'nowhere.json'));
  expect(missing).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^\S+nowhere\.json: must be a file .* ENOENT\n$/),
  });
  expect(command()).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('npm run conformance -- FILE.json'),
  });
});
