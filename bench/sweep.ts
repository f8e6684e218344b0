/** Many small runs: in a loop, and as a sweep hands them to one worker and to two. */
import { join } from 'node:path';
import type { Measures } from '../src/experiment/model.ts';
import { DIST } from '../src/experiment/package.ts';
import { plan } from '../src/experiment/plan.ts';
import { runAll } from '../src/experiment/pool.ts';
import { loadModule } from '../src/experiment/registry.ts';
import { replicateSeed } from '../src/experiment/seeds.ts';
import type { Work } from '../src/experiment/tasks.ts';
import { SharedThreads } from '../src/experiment/workers.ts';
import { digest, type Result, type Size, type Suite, type ThreadsTask } from './suite.ts';

const WORKERS = [1, 2];

export const sweep: Suite = {
  name: 'sweep',
  goal: '1,000 runs of push among 1,000 nodes, 20 rounds, on threads that are warm: two take 1 / 1.75 of one.',
  nonGoals: 'the start of threads; journal, tables and figures.',
  unit: 'event',
  tasks: (size) => [loop(size), ...WORKERS.map((count) => onThreads(size, count))],
};

const planned = async (size: Size) =>
  plan(await loadModule(join(DIST, 'bench', 'sweep-experiment.js')), { quick: size === 'smoke' });

/** The same runs one after the other, without a runner. */
function loop(size: Size): ThreadsTask {
  return {
    name: 'a loop in this thread',
    async run() {
      const { experiment, cells, seed } = await planned(size);
      const [{ cell, replicates }] = cells;
      const all = Array.from({ length: replicates }, (_, replicate) =>
        experiment.run(cell, replicateSeed(seed, replicate)),
      );
      return resultOf(all);
    },
    finish: async () => undefined,
  };
}

function onThreads(size: Size, count: number): ThreadsTask {
  const threads = new SharedThreads(count);
  return {
    name: `${count} worker${count === 1 ? '' : 's'}`,
    async run() {
      const of = await planned(size);
      const [{ replicates }] = of.cells;
      const all: Measures[] = []; // [replicate]
      const pending: Work[] = [
        { planned: of.cells[0], replicates: Array.from({ length: replicates }, (_, r) => r) },
      ];
      await runAll(of, pending, {
        jobs: count,
        threads,
        onDone(work, ran) {
          for (const [i, { measures }] of ran.entries()) all[work.replicates[i]] = measures;
        },
      });
      return resultOf(all);
    },
    finish: () => threads.stop(),
  };
}

/** The hash is the same for any number of workers. */
function resultOf(all: readonly Measures[]): Result {
  const numbers = all.map((of) => Object.values(of) as number[]);
  return {
    units: numbers.reduce((sum, [events]) => sum + events, 0),
    hash: digest(...numbers.flat()),
  };
}
