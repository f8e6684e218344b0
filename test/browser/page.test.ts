/** The skeleton of all pages: it opens from a file, changes its colours, and lets nothing in. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escaped, pageText } from '../../src/report/page/page.ts';
import { CHROMIUM, launched, opened } from './browser.ts';

describe.skipIf(CHROMIUM === undefined)('a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launched();
  });
  afterAll(() => browser?.close());

  const LOOK = { width: 390, height: 800, scheme: 'dark' } as const;
  const evil = '</script><script>window.evil = 1</script><img src="http://127.0.0.1:9/x.png">';
  const html = pageText({
    title: evil,
    viewer: 'replay',
    body: `<main><h1>${escaped(evil)}</h1><button id="theme"></button></main>`,
    data: { evil },
  });

  it('shows what it is given as text, and asks for nothing', async () => {
    const { page, complaints, close } = await opened(browser, html, LOOK);
    expect(await page.title()).toBe(evil);
    expect(await page.textContent('h1')).toBe(evil);
    expect(await page.evaluate('window.evil')).toBeUndefined();
    const data = await page.evaluate("JSON.parse(document.getElementById('data').textContent)");
    expect(data).toEqual({ evil });
    expect(complaints).toEqual([]);
    await close();
  });

  it('is dark where the system is, until the reader says otherwise', async () => {
    const { page, close } = await opened(browser, html, LOOK);
    const colour = () =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await colour()).toBe('rgb(21, 24, 28)');
    await page.click('#theme');
    expect(await colour()).toBe('rgb(255, 255, 255)');
    expect(await page.textContent('#theme')).toBe('Colours: light');
    await close();
  });

  it('runs no code but its own, whatever stands in the body', async () => {
    const body =
      '<main><script>window.evil = 1</script><p onclick="window.evil = 2">text</p></main>';
    const careless = pageText({ title: 'page', viewer: 'replay', body, data: {} });
    const { page, complaints, close } = await opened(browser, careless, LOOK);
    await page.click('p');
    expect(await page.evaluate('window.evil')).toBeUndefined();
    expect(complaints.join()).toContain('Content Security Policy');
    await close();
  });

  it('does not load what its data might bring in', async () => {
    const { page, complaints, close } = await opened(browser, html, LOOK);
    await page.evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/x.png\">')",
    );
    await page.waitForTimeout(50);
    expect(complaints.join()).toContain('Content Security Policy');
    await close();
  });
});
