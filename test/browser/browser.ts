/** Pages in a real browser: Debian's Chromium, or what the variable CHROMIUM names. Without one these tests are skipped. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** undefined: there is none. */
export const CHROMIUM: string | undefined = PLACES.find(
  (place) => place !== undefined && existsSync(place),
);

const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export const launched = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM!, args: QUIET });

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

export interface Opened {
  readonly page: Page;
  /** What went wrong so far: errors of the page, and whatever it asked of a network. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** The page opened from a file, as a reader would. */
export async function opened(browser: Browser, html: string, look: Look): Promise<Opened> {
  const { width, height, scheme } = look;
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true });
  };
  return { page, complaints, close };
}
