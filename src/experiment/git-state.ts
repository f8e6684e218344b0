/** The state of this package's repository. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from './package.ts';

export interface GitState {
  readonly commit: string;
  /** Something other than results differs from the commit; as in git describe --dirty, files that are not tracked do not count. */
  readonly dirty: boolean;
}

/** The commit of this package's own repository; null where it is installed without one. */
export async function gitState(root: string = PACKAGE_ROOT): Promise<GitState | null> {
  try {
    const [place, changes] = await Promise.all([
      git(root, 'rev-parse', '--show-toplevel', 'HEAD'),
      git(root, 'status', '--porcelain', '--untracked-files=no', '--', '.', ':!results'),
    ]);
    const [top, commit] = place.split('\n');
    if (realpathSync(top) !== realpathSync(root)) return null;
    return { commit, dirty: changes !== '' };
  } catch {
    return null; // no git, or no repository
  }
}

const git = async (cwd: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)('git', args, { cwd, encoding: 'utf8' })).stdout.trim();
