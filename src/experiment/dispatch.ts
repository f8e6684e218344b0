/**
 * Hands tasks to workers. A run that throws, or takes its worker down with it (out of memory, process.exit), fails its
 * cell; the others go on. Input that `run` refuses ends everything: it is the user's to change.
 */
import { RunFailed, UserError } from '../base/errors.ts';
import { cellCommand } from './command.ts';
import { cellText } from './grid.ts';
import type { Room } from './memory.ts';
import type { Cell } from './model.ts';
import type { Plan } from './plan.ts';
import type { Ran } from './result.ts';
import { replicateSeed } from './seeds.ts';
import type { Work } from './tasks.ts';
import type { Answer } from './worker.ts';
import type { Workers } from './workers.ts';

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

interface Means {
  readonly workers: Workers;
  readonly room: Room;
  readonly signal: AbortSignal | undefined;
  /** The results root, for the command that repeats what failed; undefined: the usual one. */
  readonly root?: string | undefined;
  readonly onDone: (work: Work, ran: readonly Ran[]) => void;
}

export class Dispatch {
  readonly failures: Failure[] = [];
  readonly #plan: Plan;
  readonly #tasks: Work[]; // not yet handed out, in order
  readonly #means: Means;
  readonly #failed = new Set<Cell>();
  readonly #waiting: (() => void)[] = []; // lanes for which there was no room
  #refused = false; // a run threw a UserError

  constructor(plan: Plan, tasks: Work[], means: Means) {
    this.#plan = plan;
    this.#tasks = tasks.reverse(); // taken from the end
    this.#means = means;
  }

  /** One task after the other: as many lanes as workers. */
  async lane(): Promise<void> {
    const { room, signal } = this.#means;
    while (this.#tasks.length > 0) {
      if (signal?.aborted || this.#refused) return;
      const work = this.#next();
      if (work === undefined) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
        continue;
      }
      if (this.#failed.has(work.planned.cell)) continue;
      const { bytes } = work.planned;
      room.take(bytes);
      try {
        await this.#attempt(work);
      } finally {
        room.give(bytes);
        for (const wake of this.#waiting.splice(0)) wake();
      }
    }
  }

  /** The first task for which there is room beside those under way. */
  #next(): Work | undefined {
    const tasks = this.#tasks;
    for (let i = tasks.length - 1; i >= 0; i--) {
      if (!this.#means.room.fits(tasks[i].planned.bytes)) continue;
      return i === tasks.length - 1 ? tasks.pop() : tasks.splice(i, 1)[0];
    }
    return undefined;
  }

  async #attempt(work: Work): Promise<void> {
    const answer = await this.#answer(work);
    if (answer === undefined) return;
    const { ran, error } = answer;
    this.#means.onDone(work, ran);
    if (error?.byUser) this.#refuse(work.planned.cell, error.message);
    else if (error) this.#fail(work, work.replicates[ran.length], error.message);
  }

  /** Undefined if the worker died, by itself or because the run is over. */
  async #answer({ planned, replicates }: Work): Promise<Answer | undefined> {
    const { modulePath, seed, request } = this.#plan;
    const { reference, sweep } = request;
    const seeds = replicates.map((replicate) => replicateSeed(seed, replicate));
    const { cell, bytes } = planned;
    try {
      return await this.#means.workers.run({ modulePath, reference, sweep, cell, seeds, bytes });
    } catch (crash) {
      if (crash instanceof RunFailed) throw crash;
      const over = this.#refused || this.#means.signal?.aborted;
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
      `failed: ${reason}; ${cellCommand(this.#plan, cell, replicate, this.#means.root)} repeats it`;
    this.failures.push({ index, cell, replicate, seed, reason, message });
  }

  #refuse(cell: Cell, reason: string): never {
    this.#refused = true;
    const { name } = this.#plan.experiment;
    const isOnly = Object.keys(cell).length === 0; // a scenario of the user's, as it is
    throw new UserError(isOnly ? reason : `${name}: cell ${cellText(cell)}: ${reason}`);
  }
}
