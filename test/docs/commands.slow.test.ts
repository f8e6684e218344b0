/** All that README.md and docs/ show, also what takes long, in order and in one folder for each document. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksIn, DOCUMENTS, linesOf } from './blocks.ts';
import { runDocument, userFolder } from './documents.ts';
import { SLOW } from './exceptions.ts';
import { expectPromised, expectRan } from './expectations.ts';

const long = DOCUMENTS.filter((file) =>
  blocksIn(file).some((block) => linesOf(block).some((line) => SLOW.includes(line))),
);

describe.each(long)('%s', (file) => {
  test('its commands run, and print what is shown', async () => {
    const folder = userFolder();
    try {
      const ran = runDocument(file, folder, true);
      expectRan(ran);
      expectPromised(file, ran);
      if (file === 'docs/tutorial.md') {
        const figure = join(folder, 'answer/rumour-sweep/figures/reached-all.svg');
        await expect(readFileSync(figure, 'utf8')).toMatchFileSnapshot(
          '../../docs/figures/tutorial.svg',
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
