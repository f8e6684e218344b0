/** Makes the folder for results before anything runs, so that hours of work do not end in one that cannot be written. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';

/** Folder by folder: with `recursive`, Node 20 tries for ever where a parent takes no folders (/proc). */
export function makeFolder(verb: string, path: string): void {
  try {
    make(resolve(path));
    accessSync(path, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${verb}: --out ${path} cannot be written (${reason}); choose another folder`,
    );
  }
  if (!statSync(path).isDirectory())
    throw new UserError(`${verb}: --out ${path} is a file; choose a folder`);
}

function make(path: string): void {
  if (existsSync(path)) return;
  make(dirname(path));
  mkdirSync(path);
}
