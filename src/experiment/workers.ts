/**
 * Who runs tasks: worker threads, started once for all experiments of a command, or this thread. Workers on other machines
 * are in redis/.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../base/errors.ts';
import { DIST } from './package.ts';
import type { Answer, Task } from './worker.ts';

const WORKER = join(DIST, 'src', 'experiment', 'worker.js');
const LARGE_BYTES = 100e6;

export interface Workers {
  /** Rejects if the worker died, by itself or because it was stopped. */
  run(task: Task): Promise<Answer>;
}

/** Workers for one experiment after the other. */
export interface SharedWorkers {
  /** Of workers elsewhere: so many tasks are handed out at once, whatever there is room for here. */
  readonly inFlight?: number;
  /** `tell` hears what the user should know of them, until the next call. */
  take(tell?: (sentence: string) => void): Promise<Workers>;
  /** After runs of so many bytes. */
  rest(bytes: number): Promise<void>;
  /** Ends whatever is under way. */
  stop(): Promise<void>;
}

interface Threads extends Workers {
  stop(): Promise<void>;
}

/** This thread. */
export const here: Workers = {
  async run(task) {
    const { default: work } = await import('./worker.ts');
    await setImmediate(); // lets Ctrl-C be heard between two tasks
    return work(task);
  },
};

/** Threads for one experiment after the other. They start as tasks come, and stay until they are stopped. */
export class SharedThreads implements SharedWorkers {
  readonly #most: number;
  #threads: Threads | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(most: number) {
    this.#most = most;
  }

  get started(): boolean {
    return this.#threads !== undefined;
  }

  async take(): Promise<Workers> {
    this.#threads ??= await threads(this.#most);
    return this.#threads;
  }

  /** After large runs the threads are ended, since only that gives their memory back for certain. */
  async rest(bytes: number): Promise<void> {
    if (bytes > LARGE_BYTES) await this.stop();
  }

  stop(): Promise<void> {
    const threads = this.#threads;
    this.#threads = undefined;
    if (threads !== undefined) this.#ended = threads.stop();
    return this.#ended;
  }
}

async function threads(most: number): Promise<Threads> {
  if (!existsSync(WORKER)) throw new UserError('hearsay is not built; run npm run build first');
  const { Piscina } = await import('piscina');
  const pool = new Piscina<Task, Answer>({
    filename: WORKER,
    minThreads: 1,
    maxThreads: most,
    idleTimeout: Number.POSITIVE_INFINITY,
  });
  pool.on('error', () => {}); // of a worker without a task; a task's own failure comes with its promise
  return { run: (task) => pool.run(task), stop: () => pool.destroy() };
}
