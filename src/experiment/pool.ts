/**
 * Runs tasks on worker threads. A run that throws, or takes its worker down with it (out of memory, process.exit), fails
 * its cell; the others go on. Input that `run` refuses ends everything: it is the user's to change.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { UserError } from '../base/errors.ts';
import { cellCommand } from './command.ts';
import { cellText } from './grid.ts';
import type { Cell, Measures } from './model.ts';
import { DIST } from './package.ts';
import type { Plan } from './plan.ts';
import { replicateSeed } from './seeds.ts';
import { tasksOf, type Work } from './tasks.ts';
import type { Answer, Task } from './worker.ts';

const WORKER = join(DIST, 'src', 'experiment', 'worker.js');

/** A cell that could not be finished. */
export interface Failure {
  readonly index: number; // of the cell
  readonly cell: Cell;
  readonly replicate: number;
  readonly seed: string;
  readonly reason: string;
  /** The whole story in a sentence, with the command that repeats it. */
  readonly message: string;
}

export interface PoolOptions {
  readonly jobs: number;
  readonly signal?: AbortSignal | undefined;
  /** Takes the measures of the first runs of a task: of all, unless one of them failed. */
  readonly onDone: (work: Work, measures: readonly Measures[]) => void;
}

/** Runs what is pending, and answers which cells failed. Returns early when the signal is aborted. */
export async function runAll(
  plan: Plan,
  pending: readonly Work[],
  options: PoolOptions,
): Promise<Failure[]> {
  if (pending.length === 0) return [];
  if (!existsSync(WORKER)) throw new UserError('hearsay is not built; run npm run build first');
  const tasks = tasksOf(pending);
  const threads = Math.min(options.jobs, tasks.length);
  const pool = new Piscina<Task, Answer>({
    filename: WORKER,
    minThreads: threads,
    maxThreads: threads,
  });
  pool.on('error', () => {}); // of a worker without a task; a task's own failure comes with its promise
  const stop = () => void pool.destroy();
  options.signal?.addEventListener('abort', stop, { once: true });
  const dispatch = new Dispatch(plan, tasks, pool, options);
  try {
    await Promise.all(Array.from({ length: threads }, () => dispatch.lane()));
    return dispatch.failures.sort((a, b) => a.index - b.index);
  } finally {
    options.signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}

class Dispatch {
  readonly failures: Failure[] = [];
  readonly #plan: Plan;
  readonly #tasks: Work[]; // not yet handed out, in order
  readonly #pool: Piscina<Task, Answer>;
  readonly #options: PoolOptions;
  readonly #failed = new Set<Cell>();
  #refused = false; // a run threw a UserError

  constructor(plan: Plan, tasks: Work[], pool: Piscina<Task, Answer>, options: PoolOptions) {
    this.#plan = plan;
    this.#tasks = tasks.reverse(); // taken from the end
    this.#pool = pool;
    this.#options = options;
  }

  /** One task after the other: as many lanes as workers. */
  async lane(): Promise<void> {
    for (let work = this.#tasks.pop(); work !== undefined; work = this.#tasks.pop()) {
      if (this.#options.signal?.aborted || this.#refused) return;
      if (!this.#failed.has(work.planned.cell)) await this.#attempt(work);
    }
  }

  async #attempt(work: Work): Promise<void> {
    const answer = await this.#answer(work);
    if (answer === undefined) return;
    const { measures, error } = answer;
    this.#options.onDone(work, measures);
    if (error?.byUser) this.#refuse(work.planned.cell, error.message);
    else if (error) this.#fail(work, work.replicates[measures.length], error.message);
  }

  /** Undefined if the worker died, by itself or because the run is over. */
  async #answer({ planned, replicates }: Work): Promise<Answer | undefined> {
    const { modulePath, seed } = this.#plan;
    const seeds = replicates.map((replicate) => replicateSeed(seed, replicate));
    try {
      return await this.#pool.run({ modulePath, cell: planned.cell, seeds });
    } catch (crash) {
      const over = this.#refused || this.#options.signal?.aborted;
      if (!over) this.#crashed({ planned, replicates }, crash);
      return undefined;
    }
  }

  /** Which replicate took the worker down is seen by running them one by one. */
  #crashed(work: Work, crash: unknown): void {
    const { planned, replicates } = work;
    if (replicates.length === 1) {
      const reason = crash instanceof Error ? crash.message : String(crash);
      this.#fail(work, replicates[0], `its worker died: ${reason}`);
      return;
    }
    for (const replicate of [...replicates].reverse()) {
      this.#tasks.push({ planned, replicates: [replicate] });
    }
  }

  #fail({ planned: { index, cell } }: Work, replicate: number, reason: string): void {
    if (this.#failed.has(cell)) return; // another worker was at the same cell
    this.#failed.add(cell);
    const seed = replicateSeed(this.#plan.seed, replicate);
    const message =
      `${this.#plan.experiment.name}: cell ${cellText(cell)}, replicate ${replicate}, seed ${JSON.stringify(seed)} ` +
      `failed: ${reason}; ${cellCommand(this.#plan, cell, replicate)} repeats it`;
    this.failures.push({ index, cell, replicate, seed, reason, message });
  }

  #refuse(cell: Cell, reason: string): never {
    this.#refused = true;
    throw new UserError(`${this.#plan.experiment.name}: cell ${cellText(cell)}: ${reason}`);
  }
}
