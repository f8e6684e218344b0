/** What hearsay aims for in these comparisons, and whether it is met. */
import { significant } from '../../src/report/numbers.ts';
import type { WorkloadName } from './model.ts';
import { OURS } from './programs/index.ts';
import type { Summary } from './summary.ts';

/** [workload, n, program, at least: its cost divided by ours]; below 1 we may take more. */
const RATIOS: readonly (readonly [WorkloadName, number, string, number])[] = [
  ['hold', 1e6, 'C++ priority_queue', 5],
  ['hold', 1e6, 'C++ ladder, told', 1 / 4],
  ['hold', 1e6, 'npm flatqueue', 8],
  ['push', 1e4, 'SimGrid, actors', 50],
  ['push', 1e5, 'C++ priority_queue', 1.2],
  ['push', 1e5, 'SimPy, callbacks', 60],
  ['push', 1e5, 'ns-3, map', 4],
  ['push', 1e5, 'PeerSim', 4],
  ['push', 1e6, 'C++ priority_queue', 2],
  ['push', 1e6, 'C++ ladder, told', 1 / 4],
  ['push', 1e6, 'ns-3, map', 10],
  ['push', 1e6, 'PeerSim', 10],
  ['heartbeat', 1e4, 'C++ plain', 3],
  ['heartbeat', 1e4, 'C++ tiled', 1 / 2.5],
  ['heartbeat', 1e4, 'PeerSim', 15],
];

/** [workload, n, at most: MB of ours] */
const MEMORY: readonly (readonly [WorkloadName, number, number])[] = [
  ['push', 1e6, 200],
  ['heartbeat', 1e4, 200],
];

/** The cost of a hold may grow by so much from the smaller to the larger number of pending events. */
const FLAT = { from: 1e5, to: 1e7, atMost: 2 };

/** The least ratio that is aimed for, if any. */
export const goalOf = ({ of, program }: Summary): number | undefined =>
  RATIOS.find(
    ([workload, n, name]) => workload === of.workload && n === of.n && name === program,
  )?.[3];

/** Beyond the ratios: a sentence for each goal that was measured. */
export function otherGoals(all: readonly Summary[]): string[] {
  const ours = (workload: WorkloadName, n: number) =>
    all.find(({ of, program }) => program === OURS && of.workload === workload && of.n === n);
  const memory = MEMORY.flatMap(([workload, n, most]) => {
    const peak = ours(workload, n)?.peak_mb.p50;
    if (peak === undefined) return [];
    const nodes = n.toLocaleString('en');
    return [
      `${workload}, ${nodes} nodes, takes ${significant(peak, 3)} MB; goal: at most ${most} MB, ${verdict(peak <= most)}.`,
    ];
  });
  const [few, many] = [ours('hold', FLAT.from), ours('hold', FLAT.to)];
  if (few === undefined || many === undefined) return memory;
  const growth = many.cost.p50 / few.cost.p50;
  return [
    `A hold among ${FLAT.to.toLocaleString('en')} events costs ${significant(growth, 3)} times what it costs among ${FLAT.from.toLocaleString('en')}; goal: at most ${FLAT.atMost}, ${verdict(growth <= FLAT.atMost)}.`,
    ...memory,
  ];
}

export const verdict = (met: boolean): string => (met ? 'met' : 'not met');
