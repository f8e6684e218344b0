/** The report of all committed results, as a reader would open it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportOf } from '../../src/report/page/report.ts';
import { violations } from './axe.ts';
import { CHROMIUM, launched, opened } from './browser.ts';

describe.skipIf(CHROMIUM === undefined)('the report of all committed results', () => {
  let browser: Browser;
  const { html, problems, experiments } = reportOf(['results']);
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  it('is whole, and not too large', () => {
    expect(problems).toEqual([]);
    expect(html.length).toBeLessThan(15e6);
  });

  it.each([
    { width: 390, height: 844, scheme: 'light' },
    { width: 390, height: 844, scheme: 'dark' },
    { width: 1440, height: 900, scheme: 'light' },
    { width: 1440, height: 900, scheme: 'dark' },
  ] as const)('opens at $width px, $scheme, fits, and can be read by all', async (look) => {
    const { page, complaints, close } = await opened(browser, html, look);
    expect(await page.locator('article').count()).toBe(experiments);
    await page.evaluate("document.querySelectorAll('figure')[9].scrollIntoView()");
    await page.locator('figure.live').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    expect(await violations(page, '#push-rounds')).toEqual([]); // axe takes minutes for all
    expect(complaints).toEqual([]);
    await close();
  });
});
