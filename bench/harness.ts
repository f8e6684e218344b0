/** Runs a suite with tinybench and makes a table of it. */
import { Bench } from 'tinybench';
import { columns } from '../src/report/columns.ts';
import { significant } from '../src/report/numbers.ts';
import type { Result, Size, Suite, Task } from './suite.ts';

/** One row of a suite's table. */
export interface Measure extends Result {
  readonly task: string;
  readonly nsPerUnit: number; // of the mean iteration
  readonly margin: number; // half of the 95 % interval of the mean, in %
  readonly iterations: number;
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

async function measureTask(suite: string, task: Task, size: Size): Promise<Measure> {
  const results: Result[] = []; // [iteration]
  let timed: () => Result;
  const prepare = () => {
    timed = task.prepare();
  };
  const work = () => {
    results.push(timed());
  };
  const bench = new Bench({ ...OPTIONS[size], throws: true });
  bench.add(task.name, work, { async: false, beforeEach: prepare });
  const [{ result }] = await bench.run();
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
  const nsPerUnit = (mean * 1e6) / units;
  const { bytesPerUnit } = task;
  const bytes = bytesPerUnit === undefined ? {} : { bytesPerUnit };
  return {
    ...bytes,
    task: task.name,
    units,
    hash,
    nsPerUnit,
    margin: rme,
    iterations: samplesCount,
  };
}

/** A suite's measures as a table, under its goal. */
export function suiteTable(suite: Suite, measures: readonly Measure[]): string {
  const moves = measures.some(({ bytesPerUnit }) => bytesPerUnit !== undefined);
  const table = columns(
    [
      { title: 'task' },
      { title: `ns per ${suite.unit}`, align: 'right' },
      { title: `${suite.unit}s per s`, align: 'right' },
      ...(moves ? ([{ title: 'GB per s', align: 'right' }] as const) : []),
      { title: '±', align: 'right' },
      { title: 'iterations', align: 'right' },
      { title: 'result' },
    ],
    measures.map(({ task, nsPerUnit, margin, iterations, hash, bytesPerUnit }) => [
      task,
      significant(nsPerUnit, 3),
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
