/** Each run declares its bytes before it starts. What fits into no worker is refused; workers wait for one another. */
import { freemem, platform, totalmem } from 'node:os';
import { UserError } from '../base/errors.ts';
import { cellText } from './grid.ts';
import type { Plan } from './plan.ts';

const MAIN_BYTES = 100e6; // Node itself with the rows of some ten thousand runs
const WORKER_BYTES = 40e6; // a thread with its heap

/** Of so many workers, each with the largest run of the plan. */
export const memoryOf = ({ bytes }: Plan, workers: number): number =>
  MAIN_BYTES + workers * (WORKER_BYTES + bytes);

/** A `UserError` if the largest run of the plan does not fit into `available` bytes alone, with what to lower. */
export function refuseIfTooLarge(plan: Plan, available: number = availableMemory()): void {
  if (memoryOf(plan, 1) <= available) return;
  const largest = plan.cells.find(({ bytes }) => bytes === plan.bytes)!;
  throw new UserError(
    `${plan.experiment.name}: its largest run alone needs about ${size(memoryOf(plan, 1))} of memory and ` +
      `${size(available)} are free; lower the axes of its largest cell (${cellText(largest.cell)}) with --set`,
  );
}

/** Whether a run of so many bytes fits if nothing else runs. */
export const fitsAlone = (bytes: number, available: number): boolean =>
  MAIN_BYTES + WORKER_BYTES + bytes <= available;

/** Of `jobs` workers as many as have room beside the largest run. */
export const workersThatFit = (plan: Plan, jobs: number, available = availableMemory()): number =>
  Math.min(jobs, Math.max(1, Math.floor((available - MAIN_BYTES - plan.bytes) / WORKER_BYTES)));

/** What a run may take: so many bytes that those of all runs under way fit, or anything if there is no other. */
export class Room {
  readonly #limit: number;
  #taken = 0;

  constructor(workers: number, available: number = availableMemory()) {
    this.#limit = available - MAIN_BYTES - workers * WORKER_BYTES;
  }

  fits(bytes: number): boolean {
    return this.#taken === 0 || this.#taken + bytes <= this.#limit;
  }

  take(bytes: number): void {
    this.#taken += bytes;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** What this process may still take: of the machine, or of the container if that is less. */
export function availableMemory(): number {
  const limit = process.constrainedMemory?.() ?? 0; // 0 or nonsense above the machine's memory: no limit
  // macOS counts memory that it would give at once as taken.
  const free = platform() === 'darwin' ? Math.max(freemem(), totalmem() / 2) : freemem();
  return limit > 0 ? Math.min(limit, free) : free;
}

const size = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
