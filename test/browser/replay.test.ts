/** The page that plays a run, in a browser: it plays, pauses, steps and scrubs, and answers clicks and keys. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOfFile } from '../../src/report/replay/of-file.ts';
import { violations } from './axe.ts';
import { CHROMIUM, launched, type Opened, opened } from './browser.ts';

const FOLDER = new URL('../../experiments/scenarios/', import.meta.url);
const WIDE = { width: 1440, height: 950, scheme: 'light' } as const;
const NARROW = { width: 390, height: 844, scheme: 'dark' } as const;

const htmlOf = (file: string, ...settings: string[]): string => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  return pageOfFile({ text, file, settings, seed: 'page', replicate: 0, live: false });
};

const now = (page: Page) => page.textContent('#now').then((text) => text ?? '');
const seconds = async (page: Page) => Number.parseFloat(await now(page));
/** Every pixel of the picture and of the messages in it. */
const pixels = (page: Page) =>
  page.evaluate(
    "['flights', 'picture'].map((id) => document.getElementById(id).toDataURL()).join()",
  );
const go = async (page: Page, time: string) => {
  await page.evaluate(`location.hash = '#t=${time}'`);
  await expect.poll(() => seconds(page)).toBe(Number.parseFloat(time));
};

describe.skipIf(CHROMIUM === undefined)('a replay', () => {
  let browser: Browser;
  let swim: string;
  let push: string;
  let rig: Opened | undefined;
  beforeAll(async () => {
    browser = await launched();
    swim = htmlOf('swim.yaml', 'loss=0.03', 'nodes=20', 'duration=60s');
    push = htmlOf('partition.yaml', 'duration=30s');
  });
  afterAll(() => browser?.close());

  async function open(html: string, look: Parameters<typeof opened>[2] = WIDE): Promise<Page> {
    rig = await opened(browser, html, look);
    return rig.page;
  }

  /** After whatever was done: no errors, and no network. */
  async function close(): Promise<void> {
    expect(rig!.complaints).toEqual([]);
    await rig!.close();
  }

  it('plays, pauses, and plays on from there', async () => {
    const page = await open(push);
    expect(await now(page)).toMatch(/^0\.00 s: 1 of 30 nodes know rumour 0, 1 partition in force/);
    await page.click('#play');
    expect(await page.textContent('#play')).toContain('Pause');
    await expect.poll(() => seconds(page)).toBeGreaterThan(0.2);
    await page.click('#play');
    const stopped = await now(page);
    await page.waitForTimeout(300);
    expect(await now(page)).toBe(stopped);
    expect(page.url()).toMatch(/#t=[\d.]+s$/);
    await page.keyboard.press('End');
    expect(await now(page)).toMatch(/^29\.99 s: 30 of 30 nodes/);
    await close();
  });

  it('steps back to where it was, and scrubs to the same picture', async () => {
    const page = await open(push);
    await go(page, '15.3s');
    const [said, shown] = [await now(page), await pixels(page)];
    await page.click('#forward');
    expect(await pixels(page)).not.toBe(shown);
    await page.click('#back');
    for (const time of ['2s', '29s', '21s', '15.3s']) await go(page, time);
    expect([await now(page), await pixels(page)]).toEqual([said, shown]);
    await page.fill('#slider', '90000');
    expect(await seconds(page)).toBeCloseTo(27, 1);
    await close();
  });

  it('jumps to moments, from the list and one by one', async () => {
    const page = await open(push);
    await page.click('#marks li:nth-child(4) a');
    await expect.poll(() => seconds(page)).toBe(20);
    await page.click('#mark-back');
    expect(await seconds(page)).toBe(10);
    await page.click('#mark-forward');
    expect(await seconds(page)).toBe(20);
    await page.selectOption('#topic', '1');
    expect(await now(page)).toContain('know rumour 1');
    await close();
  });

  it('shows the table of a node that is clicked, and its view of another', async () => {
    const page = await open(swim);
    await go(page, '55s');
    // Node 0 stands at the top of the circle, node 10 at the bottom.
    const box = (await page.locator('#picture').boundingBox())!;
    const high = box.height / 2 - 24;
    const middle = [box.width / 2, box.height / 2] as const;
    await page.click('#picture', { position: { x: middle[0], y: middle[1] - 0.9 * high } });
    expect(await page.inputValue('#node')).toBe('0');
    expect(await page.textContent('#node-body')).toMatch(
      /Node 0 is up.*It trusts \d+ live nodes.*heard/s,
    );
    await page.click('#picture', { position: { x: middle[0], y: middle[1] + 0.9 * high } });
    expect(await page.textContent('.view')).toMatch(/^Node 0 \w+ .*node 10, which is/);
    await page.fill('#node', '99');
    expect(await page.getAttribute('#node', 'aria-invalid')).toBe('true');
    await close();
  });

  it('has a matrix in which a pair can be chosen', async () => {
    const page = await open(swim);
    await go(page, '58s');
    await page.click('#matrix-button');
    expect(await page.isVisible('#matrix')).toBe(true);
    expect(await page.isVisible('#picture')).toBe(false);
    const box = (await page.locator('#matrix').boundingBox())!;
    await page.click('#matrix', { position: { x: box.width / 2 + 40, y: box.height / 2 } });
    expect(await page.textContent('.view')).toMatch(/^Node \d+ .*node \d+, which is/);
    await page.keyboard.press('m');
    expect(await page.isVisible('#picture')).toBe(true);
    await close();
  });

  it('is played by keys alone', async () => {
    const page = await open(swim);
    const speed = () => page.inputValue('#speed');
    const before = Number(await speed());
    await page.keyboard.press('+');
    expect(Number(await speed())).toBeGreaterThan(before);
    await page.keyboard.press('-');
    expect(Number(await speed())).toBe(before);
    await page.keyboard.press(' ');
    await expect.poll(() => seconds(page)).toBeGreaterThan(0.3);
    await page.keyboard.press(' ');
    await page.keyboard.press('Home');
    expect(await seconds(page)).toBe(0);
    await page.keyboard.press('Shift+ArrowRight');
    expect(await seconds(page)).toBeCloseTo(0.6, 1);
    const there = await now(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('PageDown');
    expect(await now(page)).not.toBe(there);
    await page.keyboard.press('?');
    expect(await page.isVisible('#help')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.isVisible('#help')).toBe(false);
    await page.fill('#node', '3');
    await page.locator('#node').blur();
    await page.keyboard.press('Escape');
    expect(await page.inputValue('#node')).toBe('');
    await close();
  });

  it.each([
    ['wide and light', WIDE],
    ['narrow and dark', NARROW],
  ] as const)('fits and is accessible: %s', async (_, look) => {
    const page = await open(swim, look);
    await go(page, '58s');
    await page.fill('#node', '3');
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(look.width);
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
