/** The state of this package's repository. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from './package.ts';

export interface GitState {
  readonly commit: string;
  /** Something other than results differs from the commit. */
  readonly dirty: boolean;
}

/** The commit of this package's own repository; null where it is installed without one. */
export async function gitState(): Promise<GitState | null> {
  try {
    const [place, changes] = await Promise.all([
      git('rev-parse', '--show-toplevel', 'HEAD'),
      git('status', '--porcelain', '--', '.', ':!results'),
    ]);
    const [top, commit] = place.split('\n');
    if (realpathSync(top) !== realpathSync(PACKAGE_ROOT)) return null;
    return { commit, dirty: changes !== '' };
  } catch {
    return null; // no git, or no repository
  }
}

const git = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)('git', args, { cwd: PACKAGE_ROOT, encoding: 'utf8' })).stdout.trim();
