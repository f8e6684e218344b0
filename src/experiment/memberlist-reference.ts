/**
 * Measurements of the real memberlist in a folder of CSV files (experiments/data/memberlist/README.md says what they hold):
 * every configuration that is found, with what was measured of it, and how to set up the same.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Collected, MemberlistConfiguration } from './memberlist-configurations.ts';
import { readRates } from './memberlist-reference-rates.ts';
import { readHealth, readQuantiles, readTrials } from './memberlist-reference-trials.ts';
import { PACKAGE_ROOT } from './package.ts';
import { checkReferenceFolder } from './reference-table.ts';

/** Measurements that were read from a folder. */
export interface MemberlistReference {
  /** As the user wrote it; '' for our own. */
  readonly folder: string;
  /** Hash of all that was read. */
  readonly sha256: string;
  readonly configurations: readonly MemberlistConfiguration[];
  /** What is not compared and why, in sentences. */
  readonly leftOut: readonly string[];
}

const FILES = [
  'dissemination.csv',
  'dissemination_quantiles.csv',
  'crash.csv',
  'crash_dead_quantiles.csv',
  'crash_health.csv',
  'loss.csv',
  'slow.csv',
];
const OWN = join(PACKAGE_ROOT, 'experiments', 'data', 'memberlist');

const known = new Map<string, MemberlistReference>();

/** Reads a folder; without one, our own measurements. A `UserError` that names file, line and column if it is broken. */
export function memberlistReference(folder = ''): MemberlistReference {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const reference = read(folder);
  known.set(folder, reference);
  return reference;
}

function read(folder: string): MemberlistReference {
  const path = folder === '' ? OWN : folder;
  checkReferenceFolder(path, FILES);
  const into: Collected = { folder: path, configurations: new Map(), leftOut: new Map() };
  readTrials(into);
  readQuantiles(into);
  readHealth(into);
  readRates(into);
  const configurations = [...into.configurations.values()];
  const leftOut = [...into.leftOut].map(([what, rows]) => `${what}: ${rows} rows left out.`);
  if (configurations.length === 0)
    throw new UserError(
      `the reference folder ${path} holds nothing that can be compared. ${leftOut.join(' ')}`.trim(),
    );
  return { folder, sha256: hashOf(path), configurations, leftOut };
}

function hashOf(path: string): string {
  const hash = createHash('sha256');
  for (const file of FILES) {
    const of = join(path, file);
    hash.update(file);
    if (existsSync(of)) hash.update(readFileSync(of));
  }
  return hash.digest('hex');
}
