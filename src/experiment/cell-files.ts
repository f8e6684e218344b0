/**
 * What one shard has finished: a file per cell, in a corner of its own. A file appears all at once and is replaced as a
 * whole when more of its runs are finished, so that nothing depends on appending, which network file systems do not
 * promise; the hash in its first line tells a damaged or shortened one. Files are written behind the running shard, a few
 * at a time; what is finished meanwhile goes into the next.
 */
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserError } from '../base/errors.ts';
import { notWritable } from './folder.ts';
import { type Keeper, type KeptRun, lineOf, parsed } from './kept-run.ts';
import { axesKey, sha256 } from './keys.ts';
import type { Cell } from './model.ts';

const AT_ONCE = 16; // file systems flush several files in hardly more time than one

export const CELL_FILE: RegExp = /^[0-9a-f]{16}\.jsonl$/;

/** The runs in a cell file; undefined if it does not hold what was written into it. */
export function readCellFile(path: string): KeptRun[] | undefined {
  const text = readFileSync(path, 'utf8');
  const body = text.slice(text.indexOf('\n') + 1);
  if (text !== headed(body)) return undefined;
  return body
    .split('\n')
    .map(parsed)
    .filter((run) => run !== undefined);
}

const headed = (body: string): string => `{"sha256":"${sha256(body)}"}\n${body}`;

export class CellFiles implements Keeper {
  readonly #folder: string;
  readonly #lines = new Map<string, Map<string, string>>(); // [file][run key]
  readonly #changed = new Set<string>(); // files to be written
  #writing: Promise<void> | undefined;
  #failure: UserError | undefined;

  /** Nobody else may write into the folder. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  keep(cell: Cell, runs: readonly KeptRun[]): void {
    if (this.#failure) throw this.#failure;
    const file = `${sha256(axesKey(cell)).slice(0, 16)}.jsonl`;
    const lines = this.#linesOf(file);
    for (const run of runs) lines.set(run.key, lineOf(run));
    this.#changed.add(file);
    this.#writing ??= this.#writeChanged();
  }

  async settled(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure;
  }

  /** Begins with what the file holds already: runs of an earlier session, also those of another seed or version. */
  #linesOf(file: string): Map<string, string> {
    const known = this.#lines.get(file);
    if (known !== undefined) return known;
    const path = join(this.#folder, file);
    const runs = (existsSync(path) && readCellFile(path)) || [];
    const lines = new Map(runs.map((run) => [run.key, lineOf(run)]));
    this.#lines.set(file, lines);
    return lines;
  }

  async #writeChanged(): Promise<void> {
    try {
      while (this.#changed.size > 0) {
        const files = [...this.#changed].slice(0, AT_ONCE);
        for (const file of files) this.#changed.delete(file);
        // All are waited for, also after one has failed: none may be under way when the folder is another's.
        const ended = await Promise.allSettled(files.map((file) => this.#replace(file)));
        for (const end of ended) if (end.status === 'rejected') throw end.reason;
      }
    } catch (error) {
      this.#failure = notWritable(this.#folder, error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #replace(file: string): Promise<void> {
    const path = join(this.#folder, file);
    const body = [...this.#linesOf(file).values()].join('');
    await writeFile(`${path}.new`, headed(body), { flush: true });
    await rename(`${path}.new`, path);
  }
}
