/** Every example, as a page in a browser: it opens without complaint, goes to its end, and shows a node. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOfFile } from '../../src/report/replay/of-file.ts';
import { CHROMIUM, launched, opened } from './browser.ts';

const FOLDER = new URL('../../experiments/scenarios/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file !== 'scenario.schema.json');

/** What is said of some at the end. */
const SAID: Readonly<Record<string, RegExp>> = {
  'churn.yaml': /nodes? down/,
  'ordering.yaml': /of 10 nodes have applied write 0/,
  'load-balancing.yaml': /under way/,
  'last-write-wins.yaml': /of 3 nodes have applied/,
};

describe.skipIf(CHROMIUM === undefined)('a replay', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  it.each(files)('has a picture for %s', async (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const of = { text, file, settings: [], seed: 'page', replicate: 0, live: false };
    const look = { width: 1440, height: 950, scheme: 'light' } as const;
    const { page, complaints, close } = await opened(browser, pageOfFile(of), look);
    await page.keyboard.press('End');
    await page.fill('#node', '1');
    expect(await page.textContent('#now')).toMatch(SAID[file] ?? / s: /);
    expect(await page.textContent('#node-body')).toMatch(/^Node 1 is/);
    expect(complaints).toEqual([]);
    await close();
  });
});
