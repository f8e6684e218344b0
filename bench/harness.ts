/** Runs a suite with tinybench and makes a table of it. */
import { Bench } from 'tinybench';
import { columns } from '../src/report/columns.ts';
import { significant } from '../src/report/numbers.ts';
import type { Result, Size, Suite, Task, ThreadsTask } from './suite.ts';

/** One row of a suite's table. */
export interface Measure extends Result {
  readonly task: string;
  readonly nsPerUnit: number; // of the mean iteration
  readonly margin: number; // half of the 95 % interval of the mean, in %
  readonly iterations: number;
  readonly cpuPerUnit?: number; // ns on all threads, of the mean iteration; where others work as well
  readonly bytesPerUnit?: number;
}

const OPTIONS = {
  smoke: { time: 0, iterations: 2, warmup: false },
  // One iteration to warm up, then half a second, but three iterations of what takes long.
  full: { time: 500, iterations: 3, warmupTime: 0, warmupIterations: 1 },
} as const;

const LINE = 110; // characters

export async function measureSuite(suite: Suite, size: Size): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const task of suite.tasks(size)) measures.push(await measureTask(suite.name, task, size));
  return measures;
}

async function measureTask(suite: string, task: Task | ThreadsTask, size: Size): Promise<Measure> {
  const bench = new Bench({ ...OPTIONS[size], throws: true });
  const { results, cpu } = 'run' in task ? addThreads(bench, task) : addTask(bench, task);
  const [{ result }] = await bench.run();
  if ('run' in task) await task.finish();
  if (result.state !== 'completed') {
    throw new Error(`bench ${suite}: '${task.name}' was not completed, but ${result.state}`);
  }
  const { units, hash } = results[0];
  const other = results.find((it) => it.units !== units || it.hash !== hash);
  if (other !== undefined) {
    throw new Error(
      `bench ${suite}: every iteration of '${task.name}' must compute the same; got ${hash} (${units} units), then ${other.hash} (${other.units} units)`,
    );
  }
  const { mean, rme, samplesCount } = result.latency;
  return {
    ...('run' in task || task.bytesPerUnit === undefined
      ? {}
      : { bytesPerUnit: task.bytesPerUnit }),
    ...(cpu.length === 0 ? {} : { cpuPerUnit: meanOf(cpu.slice(-samplesCount)) / units }),
    task: task.name,
    units,
    hash,
    nsPerUnit: (mean * 1e6) / units,
    margin: rme,
    iterations: samplesCount,
  };
}

interface Seen {
  readonly results: readonly Result[]; // [iteration]
  readonly cpu: readonly number[]; // [iteration] ns
}

function addTask(bench: Bench, task: Task): Seen {
  const results: Result[] = [];
  let timed: () => Result;
  const prepare = () => {
    timed = task.prepare();
  };
  const work = () => {
    results.push(timed());
  };
  bench.add(task.name, work, { async: false, beforeEach: prepare });
  return { results, cpu: [] };
}

function addThreads(bench: Bench, task: ThreadsTask): Seen {
  const results: Result[] = [];
  const cpu: number[] = [];
  const work = async () => {
    const before = process.cpuUsage();
    results.push(await task.run());
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) * 1000);
  };
  bench.add(task.name, work, { async: true });
  return { results, cpu };
}

const meanOf = (of: readonly number[]): number =>
  of.reduce((sum, each) => sum + each, 0) / of.length;

/** A suite's measures as a table, under its goal. */
export function suiteTable(suite: Suite, measures: readonly Measure[]): string {
  const moves = measures.some(({ bytesPerUnit }) => bytesPerUnit !== undefined);
  const shares = measures.some(({ cpuPerUnit }) => cpuPerUnit !== undefined);
  const table = columns(
    [
      { title: 'task' },
      { title: `ns per ${suite.unit}`, align: 'right' },
      ...(shares ? ([{ title: 'of CPU', align: 'right' }] as const) : []),
      { title: `${suite.unit}s per s`, align: 'right' },
      ...(moves ? ([{ title: 'GB per s', align: 'right' }] as const) : []),
      { title: '±', align: 'right' },
      { title: 'iterations', align: 'right' },
      { title: 'result' },
    ],
    measures.map(({ task, nsPerUnit, cpuPerUnit, margin, iterations, hash, bytesPerUnit }) => [
      task,
      significant(nsPerUnit, 3),
      ...(shares ? [cpuPerUnit === undefined ? '' : significant(cpuPerUnit, 3)] : []),
      significant(Number((1e9 / nsPerUnit).toPrecision(3))),
      ...(moves
        ? [bytesPerUnit === undefined ? '' : significant(bytesPerUnit / nsPerUnit, 3)]
        : []),
      `${significant(margin, 2)} %`,
      String(iterations),
      hash,
    ]),
    LINE,
  );
  return [`${suite.name}: ${suite.goal}`, `Not measured: ${suite.nonGoals}`, '', table, ''].join(
    '\n',
  );
}
