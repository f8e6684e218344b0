import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST, PACKAGE_ROOT } from '../../../src/experiment/package.ts';
import { codeOf, opened, parcelOf } from '../../../src/experiment/redis/parcel.ts';
import { refusal } from '../support/folders.ts';

test('measurements that a run is held against must be the same', async () => {
  const modulePath = join(DIST, 'experiments', 'memberlist-validation.js');
  const reference = join(PACKAGE_ROOT, 'experiments', 'data', 'memberlist');
  const task = { modulePath, reference, cell: {}, seeds: ['a'], bytes: 1 };
  const sent = parcelOf('me', task, await codeOf(modulePath, reference));
  expect(await opened(sent)).toEqual(task);
  expect(await refusal(() => opened({ ...sent, task: { ...task, reference: '/none' } }))).toMatch(
    /^\/none is not here/,
  );
  expect(await refusal(() => opened({ ...sent, code: 'other' }))).toContain(` or ${reference} `);
});
