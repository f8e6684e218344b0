/** What of a run is to be traced, and how: as typed -> as meant, or a sentence. */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { shown, UserError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { inUnit } from '../experiment/scenario/units.ts';
import {
  FORMAT_NAMES,
  FORMATS,
  type Format,
  type FormatName,
  formatOfFile,
  MATTERS,
  type Matter,
} from '../report/trace/index.ts';
import { isSameFile } from './same-file.ts';

/** Of `--format` and `--out`; text if neither says. A UserError where bytes would go to a terminal. */
export function formatFor(
  format: string | undefined,
  out: string | undefined,
  isTerminal: boolean,
): FormatName {
  const meant = (format as FormatName | undefined) ?? (out === undefined ? 'text' : named(out));
  if (out === undefined && isTerminal && (FORMATS[meant] as Format).isBinary) {
    const [extension] = FORMATS[meant].extensions;
    throw new UserError(
      `trace: ${meant} is not for a terminal; add --out run.${extension}, or send it on with a pipe`,
    );
  }
  return meant;
}

function named(out: string): FormatName {
  const format = formatOfFile(out);
  if (format !== undefined) return format;
  const known = FORMAT_NAMES.flatMap((name) => FORMATS[name].extensions.map((each) => `.${each}`));
  const typed = /\.[^./\\]*$/.exec(out)?.[0] ?? '';
  throw new UserError(
    `trace: the name of --out ${out} does not say which format it has.${didYouMean(typed, known)} Known: ${known.join(', ')}; or add --format`,
  );
}

/** A UserError if no file can be there, or what is read is: a run is not made in vain. */
export function checkOut(out: string, file: string): void {
  const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder(out)) throw new UserError(`trace: --out ${out} is a folder; name a file`);
  if (!isFolder(dirname(out))) {
    throw new UserError(`trace: --out ${out}: there is no folder ${dirname(out)}`);
  }
  if (isSameFile(out, file)) {
    throw new UserError(`trace: --out ${out} is the scenario itself; name another file`);
  }
}

/** Milliseconds. */
export function timeIn(name: string, text: string): number {
  const ms = inUnit(text, 'ms');
  const isPlain = text.trim() !== '' && !Number.isNaN(Number(text));
  if (ms !== undefined && ms >= 0 && !isPlain) return ms;
  const hint = isPlain && Number(text) >= 0 ? ` Did you mean ${text}ms, or ${text}s?` : '';
  throw new UserError(
    `trace: --${name} must be a time such as 250ms, 30s or 10m; got ${shown(text)}.${hint}`,
  );
}

export function nodesIn(text: string, n: number): ReadonlySet<number> {
  const nodes = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (first === undefined || Number(first) > Number(last)) {
      throw new UserError(
        `trace: --nodes must be numbers and ranges, as in 3,5-9; got ${shown(text)}`,
      );
    }
    if (Number(last) >= n) {
      throw new UserError(`trace: --nodes must be from 0 to ${n - 1}; got ${shown(part.trim())}`);
    }
    for (let node = Number(first); node <= Number(last); node++) nodes.add(node);
  }
  return nodes;
}

export function mattersIn(text: string): ReadonlySet<Matter> {
  const matters = new Set<Matter>();
  for (const part of text.split(',')) {
    const matter = MATTERS.find((each) => each === part.trim());
    if (matter === undefined) {
      throw new UserError(
        `trace: --only: there is no ${shown(part.trim())}.${didYouMean(part.trim(), MATTERS)} Known: ${MATTERS.join(', ')}`,
      );
    }
    matters.add(matter);
  }
  return matters;
}
