/** The fuzzer, small: scenarios under all invariants, and wrong files; many more by `npm run fuzz`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mutantOf } from '../../bench/fuzz/files.ts';
import { perform } from '../../bench/fuzz/worker.ts';
import { hearsay } from '../cli/hearsay.ts';

const SEED = 'test';

it(`scenarios keep the invariants (seed ${SEED})`, async () => {
  const { complaints, words, events } = await perform({
    of: 'scenarios',
    seed: SEED,
    from: 0,
    to: 25,
  });
  expect(complaints).toEqual([]);
  expect(words.length).toBeGreaterThan(30);
  expect(events).toBeGreaterThan(10_000);
});

it(`wrong files are refused with their place (seed ${SEED})`, async () => {
  const { complaints } = await perform({ of: 'files', seed: SEED, from: 0, to: 40 });
  expect(complaints).toEqual([]);
});

it('and so they are at the door', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-fuzz-'));
  const refuse = async (index: number) => {
    const { what, bytes } = mutantOf(SEED, index);
    writeFileSync(join(folder, `wrong${index}.yaml`), bytes);
    const { code, stdout, stderr } = await hearsay(['simulate', `wrong${index}.yaml`], {
      cwd: folder,
    });
    expect([what, code, stdout]).toEqual([what, 2, '']);
    expect(stderr).toMatch(/^wrong\d+\.yaml:\d+:\d+: [^\n]+\n$/);
  };
  await Promise.all([0, 1, 2, 3].map(refuse));
  rmSync(folder, { recursive: true });
});
