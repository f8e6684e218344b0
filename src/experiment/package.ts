/** Where this package lies, and which version it is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../base/errors.ts';

/** The folder of package.json; the same seen from src/ and from dist/src/. */
export const PACKAGE_ROOT: string = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** Where tsconfig.build.json puts its output: workers load from here, since Node 20 does not read TypeScript. */
export const DIST: string = join(PACKAGE_ROOT, 'dist');

export const packageVersion = (): string =>
  JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version;

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  assert(dirname(folder) !== folder, 'no package.json above this module');
  return rootAbove(dirname(folder));
}
