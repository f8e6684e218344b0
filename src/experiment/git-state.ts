/** The state of this package's repository. */
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { PACKAGE_ROOT } from './package.ts';

export interface GitState {
  readonly commit: string;
  /** Something other than results differs from the commit. */
  readonly dirty: boolean;
}

/** The commit of this package's own repository; null where it is installed without one. */
export function gitState(): GitState | null {
  try {
    const [top, commit] = git('rev-parse', '--show-toplevel', 'HEAD').split('\n');
    if (realpathSync(top) !== realpathSync(PACKAGE_ROOT)) return null;
    return { commit, dirty: git('status', '--porcelain', '--', '.', ':!results') !== '' };
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
