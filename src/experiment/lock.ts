/** One run at a time in a folder: a lock file that holds the process id. The lock of a dead process is taken over. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';

const held = new Set<string>(); // lock files of this process

/** Takes the lock of a folder; the answer releases it. A `UserError` if a living process holds it. */
export function lock(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    if (!linked(mine, path)) {
      removeStale(path);
      if (!linked(mine, path)) throw busy(path, 'another process');
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** Linking makes the lock appear with its content, and fails where there is one already. */
function linked(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeStale(path: string): void {
  const holder = readFileSync(path, 'utf8');
  if (lives(Number(holder), path)) throw busy(path, `process ${holder}`);
  const aside = `${path}.stale.${process.pid}`;
  renameSync(path, aside);
  // Somebody else may have taken the stale lock over between the two lines above: then this one is theirs.
  if (readFileSync(aside, 'utf8') !== holder) {
    linked(aside, path);
    rmSync(aside, { force: true });
    throw busy(path, 'another process');
  }
  rmSync(aside, { force: true });
}

/** A process id may be used again, by ourselves above all: in a container it is often the same small number. */
function lives(pid: number, path: string): boolean {
  if (pid === process.pid) return held.has(path);
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const busy = (path: string, holder: string): UserError =>
  new UserError(
    `${holder} is running in this folder; wait for it, choose another --out, or delete ${path} if no such run exists`,
  );
