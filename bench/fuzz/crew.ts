/** Workers that share the numbers of a fuzz run; one that hangs is ended, and the numbers it was at are told. */
import { Worker } from 'node:worker_threads';
import type { Done, Task } from './worker.ts';

const CHUNK = 20;
/** A chunk takes seconds. */
const HANGS_MS = 600_000;

export interface Wish {
  readonly of: Task['of'];
  readonly seed: string;
  readonly count: number;
  readonly workers: number;
  /** No more is begun after this time, by performance.now(). */
  readonly until: number;
  readonly heard: (done: Done, next: number) => void;
}

/** Resolves to how many numbers were done. */
export async function crew({ of, seed, count, workers, until, heard }: Wish): Promise<number> {
  let next = 0;
  let finished = 0;

  async function work(): Promise<void> {
    const worker = new Worker(new URL('./worker.js', import.meta.url));
    try {
      while (next < count && performance.now() < until) {
        const task: Task = { of, seed, from: next, to: Math.min(count, next + CHUNK) };
        next = task.to;
        heard(await answer(worker, task), task.to);
        finished += task.to - task.from;
      }
    } finally {
      await worker.terminate();
    }
  }

  await Promise.all(Array.from({ length: workers }, work));
  return finished;
}

function answer(worker: Worker, task: Task): Promise<Done> {
  return new Promise((resolve, reject) => {
    const which = `${task.of} ${task.from} to ${task.to - 1}, seed ${task.seed}`;
    const clock = setTimeout(() => reject(new Error(`it hangs at one of ${which}`)), HANGS_MS);
    worker.removeAllListeners();
    worker.once('message', (done: Done) => {
      clearTimeout(clock);
      resolve(done);
    });
    worker.once('error', (error) => reject(new Error(`${which}: ${error.stack}`)));
    worker.postMessage(task);
  });
}
