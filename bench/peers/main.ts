/**
 * hearsay beside other programs that do the same: `npm run bench:peers`. Each workload at each size is run by all programs
 * in turn, round after round; CPU times are compared, never wall times, and only where the work was equal.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/base/errors.ts';
import { count } from '../../src/cli/wording.ts';
import { gitState } from '../../src/experiment/git-state.ts';
import { compare, type Outcome } from './compare.ts';
import { machine } from './files.ts';
import { judged } from './goals.ts';
import { Ledger } from './ledger.ts';
import { type Options, optionsOf, USAGE } from './options.ts';
import { findPrograms } from './programs/index.ts';
import { summaries } from './summary.ts';
import { caseTable, faultText, goalTable, LEGEND, missingText } from './table.ts';
import { vectorsHere } from './tools.ts';
import { caseName, workloads } from './workloads.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_INPUT = 2;

const print = (text: string) => void process.stdout.write(`${text}\n`);
const say = (text: string) => void process.stderr.write(`${text}\n`);

async function main(options: Options): Promise<number> {
  if (!existsSync('/proc/self/stat')) {
    throw new UserError('bench:peers: needs Linux: CPU time and memory are read from /proc.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-peers-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  process.once('SIGINT', () => {
    tidy();
    process.exit(130);
  });
  try {
    return await compareAll(options, folder);
  } finally {
    tidy();
  }
}

/** Resolves to the exit code. */
async function compareAll({ size, rounds, only, out }: Options, folder: string): Promise<number> {
  say('building the programs');
  const { programs, missing } = findPrograms(folder);
  for (const line of missingText(missing)) say(line);
  const vectors = vectorsHere();
  const git = await gitState();
  print(
    `${machine()}; Node ${process.version}; C++: ${vectors}; size ${size}, ${count(rounds, 'round')}\n\n${LEGEND}\n`,
  );
  const ledger = new Ledger(out, only);
  const keep = ledger.run.bind(ledger);
  const outcomes: Outcome[] = [];
  const comparison = () => {
    const all = outcomes.flatMap(summaries);
    return { size, rounds, outcomes, summaries: all, missing, vectors, git };
  };
  for (const { name, cases } of workloads) {
    if (!only.includes(name)) continue;
    for (const [i, of] of cases(size).entries()) {
      const began = performance.now();
      const outcome = await compare(of, programs, { rounds, proves: i === 0, say, keep });
      outcomes.push(outcome);
      const rows = summaries(outcome);
      if (rows.length > 0) print(caseTable(rows));
      for (const fault of outcome.faults) say(faultText(fault));
      say(`${caseName(of)}: ${Math.round((performance.now() - began) / 1000)} s`);
      ledger.tables(comparison());
    }
  }
  const goals = judged(comparison().summaries);
  if (goals.length > 0) print(goalTable(goals));
  await ledger.figures(comparison());
  print(`Written to ${out}/`);
  return outcomes.every(({ faults }) => faults.length === 0) ? DONE : FAILED;
}

try {
  const options = optionsOf(process.argv.slice(2));
  if (options === undefined) print(USAGE);
  else process.exitCode = await main(options);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  say(error.message);
  process.exitCode = WRONG_INPUT;
}
