/**
 * Runs are addressed by content: the key of a run is a hash of all that decides its measures, so that adding an axis
 * value or replicates runs only what is new, and a changed experiment runs again.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { Cell } from './model.ts';
import { DIST } from './package.ts';
import { RESULTS_VERSION } from './version.ts';

/** Mathematical functions may differ in the last bit between versions of the engine. */
export const NODE_MAJOR: string = process.versions.node.split('.')[0];

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** The key of one run. `code` is the module's `codeHash`. */
export function runKey(experiment: string, code: string, cell: Cell, seed: string): string {
  const axes = sortedAxes(cell);
  return sha256(JSON.stringify([RESULTS_VERSION, NODE_MAJOR, experiment, code, axes, seed]));
}

/** The same text for the same cell, in whatever order its axes are declared. */
export const axesKey = (cell: Cell): string => JSON.stringify(sortedAxes(cell));

const sortedAxes = (cell: Cell) => Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Hash of the module's text and of the files it imports by relative path, directly or not. hearsay's own sources are left
 * out: RESULTS_VERSION stands for them.
 */
export function codeHash(modulePath: string): string {
  const texts: string[] = [];
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path) || path.startsWith(join(DIST, 'src') + sep) || !existsSync(path)) return;
    seen.add(path);
    const text = readFileSync(path, 'utf8');
    texts.push(text);
    for (const [, imported] of text.matchAll(
      /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g,
    )) {
      visit(resolve(dirname(path), imported));
    }
  };
  visit(modulePath);
  return sha256(JSON.stringify(texts));
}
