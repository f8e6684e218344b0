/**
 * A page that holds all that it needs: style, code and data in one file, which opens from a disk and asks no network for
 * anything. Its content security policy forbids that to whatever comes in with the data, too.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../base/errors.ts';
import { DIST } from '../../experiment/package.ts';

export interface Page {
  readonly title: string;
  /** Which page it is: dist/viewer/NAME.js and .css, built from src/viewer/NAME/. */
  readonly viewer: 'report' | 'replay';
  /** What stands in the body: HTML, with whatever is not markup escaped (`escaped`). */
  readonly body: string;
  /** For the code of the page: `dataOf` of src/viewer/shared/data.ts reads it. */
  readonly data: unknown;
  /** It is served, and may ask its own server for news; default false: it asks nobody. */
  readonly live?: boolean;
}

/** The page's own code runs, known by its hash, and no other. */
const policy = (code: string, live: boolean): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${createHash('sha256').update(code).digest('base64')}'`,
    'img-src data: blob:',
    'font-src data:',
    ...(live ? ["connect-src 'self'"] : []),
  ].join('; ');

/** Text as it may stand in HTML, also between quotes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** In a script element, `</script>` and `<!--` would end it. */
const embedded = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c');

export function pageText({ title, viewer, body, data, live = false }: Page): string {
  const code = `\n${built(viewer, 'js').replaceAll('</script', '<\\/script')}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy(code, live)}">
<meta name="generator" content="hearsay">
<title>${escaped(title)}</title>
<style>
${built(viewer, 'css')}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${embedded(data)}</script>
<script>${code}</script>
</body>
</html>
`;
}

function built(viewer: string, kind: 'css' | 'js'): string {
  const file = join(DIST, 'viewer', `${viewer}.${kind}`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UserError(
      `${viewer}: the code of the page is missing at ${file}: npm run build makes it`,
    );
  }
}
