/** The benchmarks of the hot paths. `npx hearsay bench` runs them. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { shown, UserError } from '../src/base/errors.ts';
import { didYouMean } from '../src/base/nearest.ts';
import { broadcast } from './broadcast.ts';
import { detectors } from './detectors.ts';
import { draws } from './draws.ts';
import { measureSuite, suiteTable } from './harness.ts';
import { heartbeat } from './heartbeat.ts';
import { merge } from './merge.ts';
import { queue } from './queue.ts';
import type { Size, Suite } from './suite.ts';
import { sweep } from './sweep.ts';

export const suites: Suite[] = [queue, draws, broadcast, merge, heartbeat, detectors, sweep];

export interface BenchOptions {
  /** Names of suites; none given: all. */
  readonly only?: readonly string[];
  readonly size: Size;
  /** Writes a text that ends without a line feed, and a line feed. */
  readonly write: (text: string) => void;
}

export async function runBench({ only = [], size, write }: BenchOptions): Promise<void> {
  const chosen = only.length === 0 ? suites : only.map(suiteNamed);
  write(`${machine()}; size ${size}; ± is the 95 % interval of the mean\n`);
  for (const suite of chosen) write(suiteTable(suite, await measureSuite(suite, size)));
}

function suiteNamed(name: string): Suite {
  const names = suites.map((suite) => suite.name);
  const suite = suites.find((known) => known.name === name);
  if (suite !== undefined) return suite;
  throw new UserError(
    `bench: expected a suite (${names.join(', ')}); got ${shown(name)}.${didYouMean(name, names)}`,
  );
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} cores, ${memory} GiB; Node ${process.version}, ${process.platform} ${process.arch}`;
}
