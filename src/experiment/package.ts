/** Where this package lies, which version it is, and the state of its repository. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../base/errors.ts';

/** The folder of package.json; the same seen from src/ and from dist/src/. */
export const PACKAGE_ROOT: string = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** Where tsconfig.build.json puts its output: workers load from here, since Node 20 does not read TypeScript. */
export const DIST: string = join(PACKAGE_ROOT, 'dist');

export const packageVersion = (): string =>
  JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version;

export interface GitState {
  readonly commit: string;
  /** Something other than results differs from the commit. */
  readonly dirty: boolean;
}

/** The commit of this package's own repository; null where it is installed without one. */
export function gitState(): GitState | null {
  try {
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync(PACKAGE_ROOT)) {
      return null;
    }
    const changes = git('status', '--porcelain', '--', '.', ':!results');
    return { commit: git('rev-parse', 'HEAD'), dirty: changes !== '' };
  } catch {
    return null; // no git, or no repository
  }
}

const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: PACKAGE_ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  assert(dirname(folder) !== folder, 'no package.json above this module');
  return rootAbove(dirname(folder));
}
