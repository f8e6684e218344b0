/** The report in a browser: it opens from a file, answers clicks and keys, prints, and can be read by all. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportOf } from '../../src/report/page/report.ts';
import { violations } from './axe.ts';
import { CHROMIUM, type Look, launched, type Opened, opened } from './browser.ts';

const DESK: Look = { width: 1440, height: 900, scheme: 'light' };
const PHONE: Look = { width: 390, height: 844, scheme: 'dark' };

/** Reproduced, inconclusive and not; with series, with plots side by side, with a long table. */
const FOLDERS = ['push-rounds', 'lifeguard', 'swim-dissemination', 'lifeguard-tuning'];

describe.skipIf(CHROMIUM === undefined)('the report', () => {
  let browser: Browser;
  let html: string;
  beforeAll(async () => {
    html = reportOf(FOLDERS.map((name) => `results/${name}`)).html;
    browser = await launched();
  });
  afterAll(() => browser?.close());

  /** Opens it, and afterwards wants nothing to complain of. */
  async function reading(look: Look, use: (of: Opened) => Promise<void>): Promise<void> {
    const of = await opened(browser, html, look);
    try {
      await use(of);
      expect(of.complaints).toEqual([]);
    } finally {
      await of.close();
    }
  }

  const shown = (page: Page) => page.locator('article:visible').evaluateAll(ids);
  const go = (page: Page, id: string) => page.evaluate(`location.hash = '${id}'`);

  it('finds experiments by words and verdicts, with keys alone', async () => {
    await reading(DESK, async ({ page }) => {
      expect(await shown(page)).toHaveLength(4);
      await page.keyboard.press('/');
      await page.keyboard.type('healthy dadgar');
      expect((await shown(page)).sort()).toEqual(['lifeguard', 'lifeguard-tuning']);
      expect(await page.locator('.map li:visible').count()).toBe(2);
      expect(await page.textContent('#found')).toBe('2 of 4 experiments');
      await page.keyboard.press('Escape');
      expect(await page.textContent('#found')).toBe('');
      await page.keyboard.press('Tab'); // to the first verdict
      await page.keyboard.press('Space');
      expect(await shown(page)).not.toContain('push-rounds');
      expect(await shown(page)).toContain('lifeguard');
    });
  });

  it('follows a link to an experiment, also to one that the filter hides', async () => {
    await reading(DESK, async ({ page }) => {
      await page.fill('#search', 'no such words');
      expect(await shown(page)).toEqual([]);
      await go(page, 'lifeguard');
      await page.locator('#lifeguard:visible').waitFor();
      expect(await page.inputValue('#search')).toBe('');
      await page.waitForFunction(
        "Math.abs(document.getElementById('lifeguard').getBoundingClientRect().top) < 60",
      );
    });
  });

  it('hides a series by its button, by its entry in the legend, and shows it again', async () => {
    await reading(DESK, async ({ page }) => {
      await go(page, 'lifeguard--false-deaths');
      const figure = page.locator('#lifeguard--false-deaths.live');
      await figure.waitFor();
      const points = () => figure.locator('.mark-symbol.role-mark path').count();
      const all = await points();
      const swim = figure.getByRole('button', { name: 'SWIM', exact: true });
      await swim.press('Enter');
      await expect.poll(points).toBeLessThan(all);
      const less = await points();
      expect(await swim.getAttribute('aria-pressed')).toBe('false');
      await figure.locator('.role-legend-label text', { hasText: /^Lifeguard$/ }).click();
      await expect.poll(points).toBeLessThan(less);
      await swim.click();
      await figure.getByRole('button', { name: 'Lifeguard', exact: true }).click();
      await expect.poll(points).toBe(all);
    });
  });

  it('says what is at the pointer, and zooms and returns', async () => {
    await reading(DESK, async ({ page }) => {
      await go(page, 'lifeguard--open');
      const figure = page.locator('#lifeguard--open.live');
      await figure.waitFor();
      const point = figure.locator('.mark-symbol.role-mark path').first();
      const box = (await point.boundingBox())!;
      await page.mouse.move(box.x, box.y - 20);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await expect
        .poll(() => page.textContent('.tip'))
        .toMatch(/open between blocks \(ms\): [\d.,]+false deaths: [\d.,]+/);
      const ticks = async () =>
        (await figure.locator('.role-axis-label text').allTextContents()).sort();
      const before = await ticks();
      await figure.getByRole('button', { name: 'Zoom in' }).click();
      await expect.poll(ticks).not.toEqual(before);
      await figure.getByRole('button', { name: 'Reset' }).click();
      await expect.poll(ticks).toEqual(before);
    });
  });

  it('sorts a table by a column, and puts it back', async () => {
    await reading(DESK, async ({ page }) => {
      const fold = page.locator('#swim-dissemination details', { hasText: 'All 22 findings' });
      await fold.locator('summary').click();
      const first = () => fold.locator('tbody tr td:nth-child(6)').first().textContent();
      const before = await first();
      const z = fold.getByRole('columnheader', { name: 'z' });
      await z.getByRole('button').click();
      expect(await z.getAttribute('aria-sort')).toBe('descending');
      const sizes = (await fold.locator('tbody tr td:nth-child(6)').allTextContents())
        .map((text) => Math.abs(Number(text.replace('−', '-'))))
        .filter((size) => !Number.isNaN(size));
      expect(Math.abs(Number((await first())!.replace('−', '-')))).toBe(Math.max(...sizes));
      await z.getByRole('button').click();
      await z.getByRole('button').click();
      expect(await first()).toBe(before);
    });
  });

  it('prints with all folds open, figures and all, on white', async () => {
    await reading({ ...DESK, scheme: 'dark' }, async ({ page }) => {
      await page.evaluate(
        "addEventListener('beforeprint', () => { window.folded = document.querySelectorAll('details:not([open])').length; })",
      );
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(await page.evaluate('window.folded')).toBe(0);
      expect(await page.locator('details[open]').count()).toBe(0);
    });
  });

  it('reads well on a phone, in the dark', async () => {
    await reading(PHONE, async ({ page }) => {
      const name = 'swim-dissemination';
      await go(page, name);
      await page.evaluate(
        `for (const fold of document.querySelectorAll('#${name} details')) fold.open = true`,
      );
      await page.locator(`#${name} figure.live`).first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    });
  });
});

const ids = (elements: readonly { readonly id: string }[]) => elements.map(({ id }) => id);
