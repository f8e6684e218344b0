/** Every example, as a page in a browser: it opens without complaint, goes to its end, and shows a node. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOfFile } from '../../src/report/replay/of-file.ts';
import { violations } from './axe.ts';
import { CHROMIUM, launched, opened } from './browser.ts';

const FOLDER = new URL('../../experiments/scenarios/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file !== 'scenario.schema.json');

/** In turn. */
const LOOKS = [
  { width: 1440, height: 950, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
  { width: 1440, height: 950, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
] as const;

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
    const look = LOOKS[files.indexOf(file) % LOOKS.length];
    const { page, complaints, close } = await opened(browser, pageOfFile(of), look);
    await page.keyboard.press('End');
    await page.fill('#node', '1');
    expect(await page.textContent('#now')).toMatch(SAID[file] ?? / s: /);
    expect(await page.textContent('#node-body')).toMatch(/^Node 1 is/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
