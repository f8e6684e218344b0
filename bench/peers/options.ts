/** The command line of the comparison. */
import { parseArgs } from 'node:util';
import { oneOf, UserError, wholeNumber } from '../../src/base/errors.ts';
import type { Size, WorkloadName } from './model.ts';
import { workloads } from './workloads.ts';

export interface Options {
  readonly size: Size;
  readonly rounds: number;
  readonly only: readonly WorkloadName[];
  readonly out: string;
}

export const USAGE = `npm run bench:peers -- [--quick] [--rounds N] [--only WORKLOAD,...] [--out FOLDER]

Compares hearsay with programs in C++, queues from npm, ns-3, SimGrid, SimPy and PeerSim, as far as they are here.
Some twenty minutes on a quiet machine. What is done is kept if it is interrupted.
  --quick    two minutes, to see that it works; results go to results/quick/bench
  --rounds   runs of each program; default 5, with --quick 3
  --only     some of ${workloads.map(({ name }) => name).join(', ')}; of others, what was measured before stays
  --out      default results/bench
CXX, PYTHON and PEERSIM_CLASSPATH name a C++ compiler, a Python with SimPy, and the classes of PeerSim.`;

/** Undefined: help is wanted. */
export function optionsOf(words: readonly string[]): Options | undefined {
  const { quick, rounds, only, out, help } = parsed(words);
  if (help) return undefined;
  const size = quick ? 'quick' : 'full';
  const names = workloads.map(({ name }) => name);
  const wanted = only?.split(',') ?? names;
  for (const name of wanted) oneOf('bench:peers', '--only', name, names);
  return {
    size,
    rounds: rounds === undefined ? { full: 5, quick: 3 }[size] : roundsIn(rounds),
    only: wanted as WorkloadName[],
    out: out ?? { full: 'results/bench', quick: 'results/quick/bench' }[size],
  };
}

const roundsIn = (text: string): number =>
  wholeNumber('bench:peers', '--rounds', text === '' ? Number.NaN : Number(text), 1, 100);

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        quick: { type: 'boolean' },
        rounds: { type: 'string' },
        only: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UserError(`bench:peers: ${(error as Error).message} --help shows the options.`);
  }
}
