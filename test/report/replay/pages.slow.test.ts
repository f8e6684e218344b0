/** Every example makes a page, which opens and comes to its end without a complaint. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOfFile } from '../../../src/report/replay/of-file.ts';
import { CHROMIUM, launched, opened } from '../../browser/browser.ts';

const FOLDER = new URL('../../../experiments/scenarios/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file !== 'scenario.schema.json');

describe.skipIf(CHROMIUM === undefined)('the page of', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  it.each(files)('%s', async (file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const html = pageOfFile({ text, file, settings: [], replicate: 0, live: false });
    expect(html.length).toBeLessThan(8e6);
    const { page, complaints, close } = await opened(browser, html, {
      ...{ width: 1000, height: 800, scheme: 'light' },
    });
    for (const hundredths of [30, 60, 10, 100]) {
      await page.fill('#slider', String(1000 * hundredths));
      expect(await page.textContent('#now')).toContain('under way');
    }
    await page.fill('#node', '1');
    await page.keyboard.press('Escape');
    expect(complaints).toEqual([]);
    await close();
  });
});
