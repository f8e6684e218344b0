/** What a plan will take, before it starts: how many runs, about how long, how much memory. */

import { freemem, platform, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { UserError } from '../base/errors.ts';
import { quantile } from '../base/statistics.ts';
import { simulate } from '../engine/simulate.ts';
import { push } from '../protocols/broadcast/push.ts';
import { cellText } from './grid.ts';
import { synchronous } from './models.ts';
import type { Plan } from './plan.ts';

const WARM_UP_RUNS = 12; // until it is compiled
const FEWEST_RUNS = 9;
const CALIBRATION_MS = 40;
const MAIN_BYTES = 100e6; // Node itself with the rows of some ten thousand runs
const WORKER_BYTES = 40e6; // a thread with its heap

export interface Estimate {
  readonly runs: number;
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * Measures this machine: nanoseconds per event of a small push epidemic. Takes about 50 ms. The median, since a run that
 * shares its core with another program, or is still being compiled, says nothing.
 */
export function nanosecondsPerEvent(): number {
  for (let run = 0; run < WARM_UP_RUNS; run++) sample(run);
  const samples: number[] = []; // [run] ns per event
  const end = performance.now() + CALIBRATION_MS;
  while (performance.now() < end || samples.length < FEWEST_RUNS) {
    samples.push(sample(WARM_UP_RUNS + samples.length));
  }
  return quantile(
    samples.sort((a, b) => a - b),
    0.5,
  );
}

/** By the processor's time, which other programs on the machine do not lengthen. */
function sample(run: number): number {
  const start = process.cpuUsage();
  const seed = `calibration/${run}`;
  const { events } = simulate({ ...synchronous(256, 20), seed, protocol: push() });
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / events;
}

/** `pending`: what is left of the plan after a resume; default all of it. */
export function estimate(
  plan: Plan,
  jobs: number,
  nsPerEvent: number,
  pending: { readonly runs: number; readonly events: number } = plan,
): Estimate {
  const { runs, events } = pending;
  const heaviest = plan.cells.reduce((most, cell) => Math.max(most, cell.events), 0);
  const seconds = (Math.max(events / jobs, runs > 0 ? heaviest : 0) * nsPerEvent) / 1e9;
  return { runs, seconds, bytes: memory(plan, Math.min(jobs, Math.max(1, runs))) };
}

const memory = ({ bytes }: Plan, jobs: number): number =>
  MAIN_BYTES + jobs * (WORKER_BYTES + bytes);

/** A `UserError` if the plan does not fit into `available` bytes, with what to lower. */
export function refuseIfTooLarge(plan: Plan, jobs: number, available = availableMemory()): void {
  const workers = Math.min(jobs, plan.runs);
  if (memory(plan, workers) <= available) return;
  const fitting = Math.floor((available - MAIN_BYTES) / (WORKER_BYTES + plan.bytes));
  const largest = plan.cells.find(({ bytes }) => bytes === plan.bytes)!;
  const cure =
    fitting >= 1
      ? `lower --jobs to ${fitting}, or the axes of its largest cell (${cellText(largest.cell)})`
      : `lower the axes of its largest cell (${cellText(largest.cell)}) with --set`;
  throw new UserError(
    `${plan.experiment.name}: ${workers} runs at once need about ${size(memory(plan, workers))} of memory and ` +
      `${size(available)} are free; ${cure}`,
  );
}

/** What this process may still take: of the machine, or of the container if that is less. */
function availableMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0; // 0 or nonsense above the machine's memory: no limit
  // macOS counts memory that it would give at once as taken.
  const free = platform() === 'darwin' ? Math.max(freemem(), totalmem() / 2) : freemem();
  return limit > 0 ? Math.min(limit, free) : free;
}

const size = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
