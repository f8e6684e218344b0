/** What a benchmark is: a suite of tasks, each a piece of work that counts its units and proves what it computed. */

/** 'smoke': tens of milliseconds a task, to see that it works, as the tests do. 'full': to measure. */
export type Size = 'smoke' | 'full';

/** What one iteration did. It must be the same in every iteration. */
export interface Result {
  readonly units: number;
  readonly hash: string; // a faster wrong answer shows here
}

/** Work in this thread. */
export interface Task {
  readonly name: string;
  /** Bytes that the work must move per unit, for a column of bytes per second. */
  readonly bytesPerUnit?: number;
  /** Builds what an iteration needs, untimed; the function it returns is what is timed. */
  prepare(): () => Result;
}

/** Work on several threads: its CPU time is measured as well. */
export interface ThreadsTask {
  readonly name: string;
  run(): Promise<Result>;
  /** After the last iteration. */
  finish(): Promise<void>;
}

export interface Suite {
  readonly name: string;
  readonly goal: string;
  readonly nonGoals: string;
  readonly unit: string; // what is counted: 'event'
  tasks(size: Size): readonly (Task | ThreadsTask)[];
}

/** 8 hex digits over the exact values of numbers (FNV-1a over their bytes). */
export function digest(...values: number[]): string {
  let hash = 0x811c9dc5;
  const bytes = new DataView(new ArrayBuffer(8));
  for (const value of values) {
    bytes.setFloat64(0, value);
    for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ bytes.getUint8(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
