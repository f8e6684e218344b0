import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeHash } from '../../../src/experiment/keys.ts';
import { DIST } from '../../../src/experiment/package.ts';
import { codeOf, opened, parcelOf } from '../../../src/experiment/redis/parcel.ts';
import type { Task } from '../../../src/experiment/worker.ts';
import { refusal, temporary } from '../support/folders.ts';

const FANOUT = join(DIST, 'experiments', 'fanout.js');
const task = (modulePath: string): Task => ({ modulePath, cell: {}, seeds: ['a'], bytes: 1 });
const parcel = async (of: Task) => parcelOf('me', of, await codeOf(of.modulePath, of.reference));

test("hearsay's own modules travel by their place in the package", async () => {
  const sent = await parcel(task(FANOUT));
  expect(sent.place).toEqual(['experiments', 'fanout.js']);
  const elsewhere = { ...sent, task: task('/of/another/machine/fanout.js') };
  expect(await opened(elsewhere)).toEqual(task(FANOUT));
});

test('all fields of a task travel, also those of later versions', async () => {
  const sent = await parcel({ ...task(FANOUT), scenario: 'text' } as Task);
  expect(await opened(sent)).toMatchObject({ scenario: 'text' });
});

test('other versions are refused', async () => {
  const sent = await parcel(task(FANOUT));
  expect(await refusal(() => opened({ ...sent, results: 999 }))).toMatch(
    /^results version 999 is wanted, and this hearsay has \d+; install the same version$/,
  );
  expect(await refusal(() => opened({ ...sent, node: '18' }))).toMatch(/^Node\.js 18 is wanted/);
  expect(await refusal(() => opened({ ...sent, code: 'other' }))).toMatch(
    /fanout\.js differs from the one where the run was started/,
  );
});

test("a user's module must be there, with the same text, and stay so", async () => {
  const path = join(temporary(), 'mine.mjs');
  const sent = parcelOf('me', task(path), 'some');
  expect(sent.place).toBeNull();
  expect(await refusal(() => opened(sent))).toBe(
    `${path} is not here; it must be at the same path on every machine`,
  );
  writeFileSync(path, 'export default 1;');
  const first = { ...sent, code: codeHash(path) };
  expect(await opened(first)).toEqual(task(path));
  writeFileSync(path, 'export default 2;');
  expect(await refusal(() => opened({ ...sent, code: codeHash(path) }))).toBe(
    `${path} has changed since this worker loaded it; start it again`,
  );
});
