/**
 * An experiment by the command line, on so many worker threads. Arguments: WORKERS, N, REPLICATES. What is reported as
 * time is wall time, start to end: threads that work at once are the point. The rows must be the same.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIST } from '../../../src/experiment/package.ts';
import { digest } from '../../suite.ts';
import { report } from './report.ts';

const [workers, n, replicates] = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'hearsay-workers-'));
try {
  const words = ['run', 'push-rounds', '--set', `n=${n}`, '--replicates', replicates];
  const more = ['--jobs', workers, '--fresh', '--out', out];
  const command = [join(DIST, 'src', 'cli', 'main.js'), ...words, ...more];
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(stderr);
  const rows = readFileSync(join(out, 'push-rounds', 'rows.csv'));
  report(seconds, 1, { rows: Number.parseInt(digest(...rows), 16) });
} finally {
  rmSync(out, { recursive: true, force: true });
}
