/** A Chrome trace, opened by speedscope itself: its importer takes all of it and has nothing to warn of. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, chronicleFrom, SMALL, SWIM } from '../report/trace/runs.ts';
import { CHROMIUM, launched } from './browser.ts';

const SITE = join(
  dirname(createRequire(import.meta.url).resolve('speedscope/package.json')),
  'dist/release/index.html',
);

describe.skipIf(CHROMIUM === undefined)('speedscope', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await launched();
    folder = mkdtempSync(join(tmpdir(), 'hearsay-speedscope-'));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['push', SMALL, 4],
    ['swim', SWIM, 6],
  ])('opens a trace of %s, with a profile for each node', async (name, text, nodes) => {
    const page = await browser.newPage();
    const warnings: string[] = [];
    page.on('console', (message) => warnings.push(message.text()));
    page.on('pageerror', (error) => warnings.push(error.message));
    const file = join(folder, `${name}.json`);
    writeFileSync(file, await bytesOf(chronicleFrom(text), 'chrome', { title: name }));
    await page.goto(pathToFileURL(SITE).href);
    await page.setInputFiles('input[type=file]', file);
    await page.waitForFunction(`document.body.innerText.includes('(1/${nodes})')`);
    expect(await page.textContent('body')).toContain(`${name} (pid 1), n0 (tid 1) (1/${nodes})`);
    const imported = warnings.filter(
      (said) => !/WebGL|GL Driver|^speedscope v|^import: /.test(said),
    );
    expect(imported).toEqual(['Importing as Trace Event Format profile']);
    await page.close();
  });
});
