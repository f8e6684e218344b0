/** The bytes of a file that was named on the command line, or a sentence that says why there are none. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { UserError } from '../base/errors.ts';
import { nearestOf } from '../base/nearest.ts';

export function inputFile(verb: string, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UserError(`${verb}: there is no file ${path}${nearTo(path)}`);
    if (code === 'EISDIR') throw new UserError(`${verb}: ${path} is a folder; name a file in it`);
    throw new UserError(`${verb}: ${path} cannot be read: ${message}`);
  }
}

/** '; nearest: cluster.yaml', of the files in the same folder. */
function nearTo(path: string): string {
  const name = basename(path);
  const nearest = nearestOf(name, filesIn(dirname(path)));
  return nearest === undefined ? '' : `; nearest: ${path.slice(0, -name.length)}${nearest}`;
}

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
  } catch {
    return []; // no such folder
  }
}
