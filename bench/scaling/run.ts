/** One run in a process of its own, for its memory. Arguments: WORKLOAD, N. Prints a line of JSON. */
import { simulate } from '../../src/engine/simulate.ts';
import { peakMb, timed } from '../peers/ours/report.ts';
import { workloads } from './workloads.ts';

/** What a run took. */
export interface Took {
  readonly cpu_s: number; // of the simulation, all threads
  readonly base_mb: number; // resident before it
  readonly peak_mb: number;
  readonly events: number;
}

const [name, n] = process.argv.slice(2);
const workload = workloads.find((known) => known.name === name)!;
const base_mb = process.memoryUsage.rss() / 1e6;
const { seconds, result } = timed(() => simulate(workload.scenario(Number(n))));
const took: Took = { cpu_s: seconds, base_mb, peak_mb: peakMb(), events: result.events };
console.log(JSON.stringify(took));
