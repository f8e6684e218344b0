/** One case: all programs in turn, round after round; and which of them did equal work. */
import { type Checked, inequalities, unsteady } from './check.ts';
import { interleaved, measured, RunFailed } from './measure.ts';
import type { Case, Command, Compared, Program, Run, Series } from './model.ts';
import { caseName, workloadOf } from './workloads.ts';

const SLOW_ROUNDS = 2; // of programs that take minutes

export interface Plan {
  readonly rounds: number;
  /** Whether programs with luck of their own must show first that with the shared one they compute the same. */
  readonly proves: boolean;
  readonly say: (line: string) => void;
  /** Takes each run as it is done: what an interrupted comparison keeps. */
  readonly keep?: (of: Case, program: Program, round: number, run: Run) => void;
}

/** A program in a case, and what is wrong with it. Its measures are left out. */
export interface Fault {
  readonly of: Case;
  readonly program: string;
  readonly why: string;
}

export type Outcome = Compared & { readonly faults: readonly Fault[] };

export async function compare(
  of: Case,
  programs: readonly Program[],
  { rounds, proves, say, keep }: Plan,
): Promise<Outcome> {
  const faults: Fault[] = [];
  const blame = (program: string, why: string) => faults.push({ of, program, why });
  const isGood = ({ name }: Program) => faults.every(({ program }) => program !== name);
  const attempt = async (program: Program, command: Command): Promise<Run | undefined> => {
    try {
      return await measured(command);
    } catch (error) {
      if (!(error instanceof RunFailed)) throw error;
      blame(program.name, error.message);
      return undefined;
    }
  };

  const able = programs.filter(
    ({ workload, most = Infinity }) => workload === of.workload && of.n <= most,
  );
  const runs = new Map<Program, Run[]>(able.map((program) => [program, []]));
  const most = Math.min(rounds, of.rounds ?? Infinity);
  const roundsOf = ({ slowFrom = Infinity, onceFrom = Infinity }: Program) => {
    if (of.n >= onceFrom) return 1;
    return of.n >= slowFrom ? Math.min(most, SLOW_ROUNDS) : most;
  };
  for (const { round, thing: program } of interleaved(able, roundsOf)) {
    if (program === able[0]) say(`${caseName(of)}: round ${round + 1} of ${most}`);
    if (!isGood(program)) continue;
    const run = await attempt(program, program.command(of));
    if (run === undefined) continue;
    runs.get(program)!.push(run);
    keep?.(of, program, round, run);
  }
  const whole = (): Series[] =>
    able.filter(isGood).map((program) => ({ program, runs: runs.get(program)! }));
  for (const series of whole()) {
    for (const why of unsteady(series)) blame(series.program.name, why);
  }
  const computed = whole().map(
    ({ program, runs: [{ check }] }): Checked => ({ ...program, check }),
  );
  if (proves) computed.push(...(await proofs(of, able.filter(isGood), attempt)));
  for (const { name, why } of inequalities(computed, workloadOf(of.workload).counts)) {
    blame(name, why);
  }
  return { of, series: whole(), faults };
}

async function proofs(
  of: Case,
  programs: readonly Program[],
  attempt: (program: Program, command: Command) => Promise<Run | undefined>,
): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const program of programs) {
    if (program.proof === undefined) continue;
    const run = await attempt(program, program.proof.command(of));
    if (run === undefined) continue;
    checked.push({ name: program.name, exact: program.proof.exact, check: run.check });
  }
  return checked;
}
