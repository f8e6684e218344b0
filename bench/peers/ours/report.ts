/** What a program says of itself when it is done, as bench/peers/cpp/report.hpp does: one line of JSON. */
import { readFileSync } from 'node:fs';

export interface Report {
  readonly cpu_s: number; // of the part that is measured, all threads, user and system
  readonly units: number; // the cost is divided by them
  readonly peak_mb: number;
  readonly check: Readonly<Record<string, number>>;
  /** Of arrays, where that is asked: what a pair of nodes takes, beside its window. */
  readonly bytes_per_pair?: number;
  /** CPU time of equal parts of the run, where a run is so long that its parts show the spread. */
  readonly slices_s?: readonly number[];
}

/** Does the work, and returns what it returned with the CPU time that it took. */
export function timed<T>(work: () => T): { seconds: number; result: T } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, result };
}

export function report(
  seconds: number,
  units: number,
  check: Report['check'],
  more: Pick<Report, 'bytes_per_pair' | 'slices_s'> = {},
): void {
  const made: Report = { cpu_s: seconds, units, peak_mb: peakMb(), check, ...more };
  console.log(JSON.stringify(made));
}

/** The most memory that was ever resident. Not ru_maxrss: that starts with what the parent had at the fork. */
export function peakMb(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return (Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1]) * 1024) / 1e6;
}
