/**
 * hearsay beside other programs that do the same: `npm run bench:peers`. Each workload at each size is run by all programs
 * in turn, round after round; CPU times are compared, never wall times, and only where the work was equal.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/base/errors.ts';
import { count } from '../../src/cli/wording.ts';
import { compare, type Outcome } from './compare.ts';
import { filesOf, machine } from './files.ts';
import { otherGoals } from './goals.ts';
import { type Options, optionsOf, USAGE } from './options.ts';
import { findPrograms } from './programs/index.ts';
import { summaries } from './summary.ts';
import { caseTable, faultText, LEGEND, missingText } from './table.ts';
import { workloads } from './workloads.ts';

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
  print(
    `${machine()}; Node ${process.version}; size ${size}, ${count(rounds, 'round')}\n\n${LEGEND}\n`,
  );
  const outcomes: Outcome[] = [];
  for (const { name, cases } of workloads) {
    if (!only.includes(name)) continue;
    for (const [i, of] of cases(size).entries()) {
      const outcome = await compare(of, programs, { rounds, proves: i === 0, say });
      outcomes.push(outcome);
      const rows = summaries(outcome);
      if (rows.length > 0) print(caseTable(rows));
    }
  }
  const all = outcomes.flatMap(summaries);
  for (const sentence of otherGoals(all)) print(sentence);
  const files = await filesOf({ size, rounds, outcomes, summaries: all, missing });
  write(out, files);
  print(`\nWritten to ${out}/: ${Object.keys(files).join(', ')}`);
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  for (const fault of faults) say(faultText(fault));
  return faults.length === 0 ? DONE : FAILED;
}

function write(out: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
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
