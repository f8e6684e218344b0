/** The figures of the benchmarks from their tables: those beside other programs, and those of growth. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as peers from '../dist/bench/peers/figures.js';
import * as scaling from '../dist/bench/scaling/figures.js';
import { statistic } from '../dist/src/base/statistics.js';
import { drawFigures } from '../dist/src/report/figures.js';

/** File name -> content. */
export async function benchFigures(folder) {
  const read = (file) => parse(readFileSync(join(folder, file)), { columns: true });
  const summaries = peersSummaries(read('peers.csv'), read('peers-runs.csv'));
  const rows = read('scaling.csv').map((line) =>
    Object.fromEntries(
      Object.entries(line).map(([name, text]) => [name, name === 'workload' ? text : Number(text)]),
    ),
  );
  return {
    ...(await drawFigures(peers.drawableOf(summaries), peers.summariesForFigures(summaries))),
    ...(await drawFigures(scaling.drawableOf(rows), scaling.summariesOf(rows))),
  };
}

/** What the figures show of them: median and ends. */
function peersSummaries(lines, runs) {
  return lines.map(({ workload, n, program, cost, cost_min, cost_max }) => {
    const own = runs.filter(
      (run) => run.workload === workload && run.n === n && run.program === program,
    );
    const ends = { p50: Number(cost), min: Number(cost_min), max: Number(cost_max) };
    return {
      of: { workload, n: Number(n) },
      program,
      cost: { ...statistic([ends.p50]), ...ends, count: own.length },
      peak_mb: statistic(own.map((run) => Number(run.peak_mb))),
    };
  });
}
