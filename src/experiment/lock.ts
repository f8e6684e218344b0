/**
 * One run at a time in a folder: a lock file that holds the process id and the host. The lock of a dead process is taken
 * over. Whether a process of another host lives cannot be asked, so the holder gives a sign of life now and then.
 */
import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';

const SIGN_MS = 20_000; // between signs of life
const SILENT_MS = 120_000; // file systems show one another's changes a minute late at most

const held = new Set<string>(); // lock files of this process

/** Takes the lock of a folder; the answer releases it. A `UserError` if a living process holds it. */
export function lock(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = `${path}.${process.pid}`;
  const content = `${process.pid} ${hostname()}`;
  writeFileSync(mine, content);
  try {
    if (!linked(mine, path)) {
      removeStale(path);
      if (!linked(mine, path)) throw busy(path, 'another process');
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(path);
  const signs = setInterval(giveSign, SIGN_MS, path, content).unref();
  return () => {
    clearInterval(signs);
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** A `UserError` if a living process holds the lock of the folder. */
export function refuseIfLocked(folder: string): void {
  const path = join(folder, 'lock');
  const holder = read(path);
  if (holder && lives(holder, path)) throw busy(path, nameOf(holder));
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
  const holder = read(path);
  if (holder === undefined) return; // released meanwhile
  if (lives(holder, path)) throw busy(path, nameOf(holder));
  const aside = `${path}.stale.${process.pid}`;
  renameSync(path, aside);
  // Somebody else may have taken the stale lock over between the two lines above: then this one is theirs.
  if (readFileSync(aside, 'utf8') !== holder.content) {
    linked(aside, path);
    rmSync(aside, { force: true });
    throw busy(path, 'another process');
  }
  rmSync(aside, { force: true });
}

interface Holder {
  readonly content: string;
  readonly pid: number;
  readonly host: string;
  readonly signMs: number; // of its last sign of life, by the clock of the file system
}

function read(path: string): Holder | undefined {
  try {
    const file = openSync(path, 'r'); // opening makes a network file system ask its server
    try {
      const content = readFileSync(file, 'utf8');
      const [pid, host = hostname()] = content.split(' ');
      return { content, pid: Number(pid), host, signMs: fstatSync(file).mtimeMs };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process id may be used again, by ourselves above all: in a container it is often the same small number. */
function lives({ pid, host, signMs }: Holder, path: string): boolean {
  if (host !== hostname()) return timeAt(path) - signMs < SILENT_MS;
  if (pid === process.pid) return held.has(path);
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** By the clock of the file system, in ms: those of two hosts may differ. */
function timeAt(path: string): number {
  const probe = `${path}.time.${process.pid}`;
  writeFileSync(probe, '');
  const { mtimeMs } = statSync(probe);
  rmSync(probe);
  return mtimeMs;
}

/** Writes the same again, in place, so that nobody ever reads half of it. */
function giveSign(path: string, content: string): void {
  try {
    const file = openSync(path, 'r+');
    writeSync(file, content, 0);
    closeSync(file);
  } catch {} // the run does not end for want of a sign
}

const nameOf = ({ pid, host }: Holder): string =>
  host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;

function busy(path: string, holder: string): UserError {
  const [, index, count] = /(\d+)-of-(\d+)[\\/]lock$/.exec(path) ?? [];
  const what = index === undefined ? 'running' : `running shard ${index}/${count}`;
  return new UserError(
    `${holder} is ${what} in this folder; wait for it, choose another --out, or delete ${path} if no such run exists`,
  );
}
