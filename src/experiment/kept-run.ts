/**
 * A finished run as a line of text: its key, what came out, and a checksum of the two. Lines are what journals and
 * cell files are made of; a damaged one counts as not there, and its run is done again.
 */
import { sha256 } from './keys.ts';
import type { Cell } from './model.ts';
import type { Ran } from './result.ts';

const LINE = /^\{"sum":"([0-9a-f]{8})",(.*)\}$/;

export interface KeptRun extends Ran {
  readonly key: string;
}

/** Where finished runs of a session go. */
export interface Keeper {
  /** A `UserError` if they, or some before, could not be written. */
  keep(cell: Cell, runs: readonly KeptRun[]): void;
  /** Resolves when all of them are written. */
  settled(): Promise<void>;
}

/** With its end. */
export function lineOf({ key, measures, paths }: KeptRun): string {
  const text = JSON.stringify(measures, (_, value) => packed(value));
  const body = `${JSON.stringify({ key, paths }).slice(1, -1)},"measures":${text}`;
  return `{"sum":"${checksum(body)}",${body}}\n`;
}

/** Undefined if the line is damaged. */
export function parsed(line: string): KeptRun | undefined {
  const [, sum, body] = LINE.exec(line) ?? [];
  if (body === undefined || checksum(body) !== sum) return undefined;
  const run = JSON.parse(`{${body}}`);
  for (const [column, value] of Object.entries(run.measures)) {
    run.measures[column] = Array.isArray(value) ? value.map(unpacked) : unpacked(value);
  }
  return run;
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
