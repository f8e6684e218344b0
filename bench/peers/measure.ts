/** Runs programs in turn, and measures each: its own report, and the CPU time of its whole process. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Command, Run } from './model.ts';
import type { Report } from './ours/report.ts';

const TICKS_PER_S = 100; // of /proc, on every Linux

/** A program ended badly, or said something else than a report. The message is a sentence. */
export class RunFailed extends Error {
  override name = 'RunFailed';
}

/** A B C, A B C, ...: what disturbs the machine for a while disturbs all alike. `rounds` may differ by thing. */
export function* interleaved<T>(
  things: readonly T[],
  rounds: (thing: T) => number,
): Generator<{ round: number; thing: T }> {
  const most = Math.max(0, ...things.map(rounds));
  for (let round = 0; round < most; round++) {
    for (const thing of things) if (round < rounds(thing)) yield { round, thing };
  }
}

/** Nothing else may be started meanwhile: the CPU time is that of all children that ended. */
export async function measured(command: Command): Promise<Run> {
  const before = childrensSeconds(readFileSync('/proc/self/stat', 'utf8'));
  const output = await outputOf(command);
  const after = childrensSeconds(readFileSync('/proc/self/stat', 'utf8'));
  return {
    ...reportIn(output),
    process_s: Math.round((after - before) * TICKS_PER_S) / TICKS_PER_S,
  };
}

/** CPU time of the children that have ended, user and system, from the text of /proc/self/stat (see proc(5)). */
export function childrensSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold blanks
  const [user, system] = [fields[13], fields[14]].map(Number);
  return (user + system) / TICKS_PER_S;
}

/** The report among the lines of a program's output. */
export function reportIn(output: string): Report {
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (line === undefined)
    throw new RunFailed(`it printed no report, but ${JSON.stringify(output)}`);
  const report = parsed(line);
  const numbers = [
    report.cpu_s,
    report.units,
    report.peak_mb,
    ...Object.values(report.check ?? {}),
  ];
  if (report.check === undefined || !numbers.every(Number.isFinite)) {
    throw new RunFailed(`its report lacks a number: ${line}`);
  }
  return report;
}

function parsed(line: string): Report {
  try {
    return JSON.parse(line);
  } catch {
    throw new RunFailed(`its report is no JSON: ${line}`);
  }
}

function outputOf([program, ...words]: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', (error) =>
      reject(new RunFailed(`it could not be started: ${error.message}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new RunFailed(`it ended with ${signal ?? `code ${code}`}: ${reasonIn(said)}`));
    });
  });
}

/** The line that names an error, which Node does not put last; else the last one. */
export function reasonIn(said: string): string {
  const lines = said.trim().split('\n');
  const error = lines.find((line) => /^(\w*Error|Exception in .*): /.test(line));
  return error ?? (lines.at(-1) || 'it said nothing');
}
