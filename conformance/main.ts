#!/usr/bin/env node
/**
 * `npm run conformance -- FILE.json`: holds our Cassandra against cases of input and expected output, in the format of
 * test/conformance/*.json. Lists what fails. Exit codes: 0 all pass, 1 something fails, 2 the input is wrong.
 */
import { readFileSync } from 'node:fs';
import { UserError } from '../src/base/errors.ts';
import { explain } from '../src/cli/failure.ts';
import { print, say } from '../src/cli/terminal.ts';
import { DONE, FAILED, WRONG_INPUT } from '../src/cli/verb.ts';
import { parseFile } from './format.ts';
import { type GroupReport, runFile } from './run.ts';

const USAGE = 'conformance: needs one or more files, as in: npm run conformance -- FILE.json';

function main(files: readonly string[]): number {
  if (files.length === 0) throw new UserError(USAGE);
  const sums = { cases: 0, runs: 0, failed: 0, unknown: 0 };
  for (const file of files) {
    const parsed = parseFile(read(file), file);
    runFile(parsed, (report) => {
      show(report);
      sums.cases += report.cases;
      sums.runs += report.runs;
      sums.failed += report.failed;
      sums.unknown += report.unknown;
    });
  }
  const { cases, runs, failed, unknown } = sums;
  const passed = cases - failed - unknown;
  print(`${passed} of ${cases} cases pass, in ${runs} runs under the versions they apply to`);
  if (unknown > 0)
    say(`conformance: ${unknown} of ${cases} cases could not be understood; they are listed above`);
  if (failed > 0) return FAILED;
  return unknown > 0 ? WRONG_INPUT : DONE;
}

function show({ name, cases, failed, failures, unknown, notUnderstood }: GroupReport): void {
  const passed = cases - failed - unknown;
  print(`${passed === cases ? 'pass' : 'FAIL'}  ${name}: ${passed} of ${cases}`);
  for (const text of failures) print(`      ${text}`);
  for (const text of notUnderstood) print(`      not understood: ${text}`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `${file}: must be a file that can be read; ${code ?? (error as Error).message}`,
    );
  }
}

const words = process.argv.slice(2);
try {
  process.exitCode = main(words);
} catch (error) {
  process.exitCode = explain(error, words);
}
