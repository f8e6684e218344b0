/** Runs in memory for a question, with progress; Ctrl-C ends it, and there is nothing to keep. */
import { measured } from '../experiment/measured.ts';
import { refuseIfTooLarge } from '../experiment/memory.ts';
import { CellsFailed, Interrupted } from '../experiment/result.ts';
import { defaultJobs } from '../experiment/runner.ts';
import { type Ask, partOf } from '../experiment/scenario/samples.ts';
import { SharedThreads } from '../experiment/workers.ts';
import { interruptible } from './interrupt.ts';
import { wholeOption } from './numbers.ts';
import { progress, timeLeft } from './progress.ts';
import { say } from './terminal.ts';
import { FAILED, type Given, INTERRUPTED } from './verb.ts';

/** Either the answer, or the exit code where there is none. */
export type Asked<T> = { readonly answer: T } | { readonly code: number };

/** @param most about how many runs it takes; @param question is given the runs, as it asks for them. */
export async function asking<T>(
  verb: string,
  given: Given,
  most: number,
  question: (ask: Ask) => Promise<T>,
): Promise<Asked<T>> {
  const jobs = wholeOption(verb, given, 'jobs', 1, 1024) ?? defaultJobs();
  const { signal, release } = interruptible();
  const threads = new SharedThreads(jobs);
  const start = Date.now();
  let [done, total] = [0, most];
  const step = (runs: number) => {
    done += runs;
    return { done, total, left_s: timeLeft(start, done / total) };
  };
  const bar = await progress(verb, step(0), signal);
  const ask: Ask = (plan, cells, from, to) => {
    total = Math.max(total, done + cells.length * (to - from));
    bar.update(step(0));
    const part = partOf(plan, cells, to);
    refuseIfTooLarge(part);
    return measured(part, {
      ...{ jobs, threads, signal, from },
      onProgress: (runs) => bar.update(step(runs)),
    });
  };
  try {
    return { answer: await question(ask) };
  } catch (error) {
    bar.stop();
    return { code: codeOf(verb, error) };
  } finally {
    bar.stop();
    await threads.stop();
    release();
  }
}

/** The exit code of what ends a question without an answer, after saying why. */
export function codeOf(verb: string, error: unknown): number {
  if (error instanceof Interrupted) {
    say(`${verb}: interrupted; nothing is kept`);
    return INTERRUPTED;
  }
  if (!(error instanceof CellsFailed)) throw error;
  for (const message of error.messages) say(`${verb}: ${message}`);
  return FAILED;
}
