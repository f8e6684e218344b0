/**
 * What is finished: a line per run, appended and never rewritten, so that Ctrl-C and kill -9 lose nothing finished.
 * A line carries a checksum of the rest of it; a torn or damaged line counts as not there, and its run is done again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { notWritable } from './folder.ts';
import { sha256 } from './keys.ts';
import type { Ran } from './result.ts';

const LINE = /^\{"sum":"([0-9a-f]{8})",(.*)\}$/;

interface Entry extends Ran {
  readonly key: string; // of the run
}

export class Journal {
  readonly #path: string;
  readonly #done = new Map<string, Ran>(); // [run key]
  /** Lines that are damaged. */
  readonly damaged: number;
  #torn: boolean; // the last line lacks its end

  /** @param forgets whether what is there counts as not there. */
  constructor(path: string, forgets = false) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.#torn = text !== '' && !text.endsWith('\n');
    let damaged = 0;
    for (const line of text.split('\n')) {
      const entry = parsed(line);
      if (entry === undefined) damaged += line === '' ? 0 : 1;
      else if (!forgets) this.#done.set(entry.key, entry);
    }
    this.damaged = damaged;
  }

  get(key: string): Ran | undefined {
    return this.#done.get(key);
  }

  /** Writes the runs in one piece, before it returns. */
  append(runs: readonly Entry[]): void {
    const lines = runs.map(lineOf).join('');
    try {
      appendFileSync(this.#path, this.#torn ? `\n${lines}` : lines);
    } catch (error) {
      throw notWritable(this.#path, error);
    }
    this.#torn = false;
    for (const run of runs) this.#done.set(run.key, run);
  }
}

function lineOf({ key, measures, paths }: Entry): string {
  const text = JSON.stringify(measures, (_, value) => packed(value));
  const body = `${JSON.stringify({ key, paths }).slice(1, -1)},"measures":${text}`;
  return `{"sum":"${checksum(body)}",${body}}\n`;
}

function parsed(line: string): Entry | undefined {
  const [, sum, body] = LINE.exec(line) ?? [];
  if (body === undefined || checksum(body) !== sum) return undefined;
  const entry = JSON.parse(`{${body}}`);
  for (const [column, value] of Object.entries(entry.measures)) {
    entry.measures[column] = Array.isArray(value) ? value.map(unpacked) : unpacked(value);
  }
  return entry;
}

const checksum = (body: string): string => sha256(body).slice(0, 8);

/** JSON has no NaN, infinities or -0; measures are never text, so text stands for them. */
const packed = (value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : value;

const unpacked = (value: unknown): unknown => (typeof value === 'string' ? Number(value) : value);
