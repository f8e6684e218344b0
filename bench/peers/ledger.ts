/**
 * The folder of a comparison. Runs are appended as they end, tables are written after each case: an interrupted comparison
 * keeps what it has. What was measured of other workloads before stays.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Comparison, figuresOf, recordsOf, runLine, runsHead, tablesOf } from './files.ts';
import type { Case, Program, Run, WorkloadName } from './model.ts';

const RUNS = 'peers-runs.csv';
const RECORD = 'peers.json';

export class Ledger {
  readonly #out: string;
  readonly #only: readonly WorkloadName[];
  readonly #records: Readonly<Record<string, unknown>>; // of other workloads

  constructor(out: string, only: readonly WorkloadName[]) {
    this.#out = out;
    this.#only = only;
    mkdirSync(out, { recursive: true });
    this.#write(RUNS, this.#withOthers(RUNS, runsHead()));
    const records = Object.entries(JSON.parse(this.#read(RECORD) ?? '{}'));
    this.#records = Object.fromEntries(records.filter(([name]) => this.#isOther(name)));
  }

  run(of: Case, program: Program, round: number, run: Run): void {
    appendFileSync(join(this.#out, RUNS), runLine(of, program.name, round, run));
  }

  tables(comparison: Comparison): void {
    for (const [name, text] of Object.entries(tablesOf(comparison))) {
      this.#write(name, this.#withOthers(name, text));
    }
    const records = { ...this.#records, ...recordsOf(comparison) };
    this.#write(RECORD, `${JSON.stringify(records, null, 2)}\n`);
  }

  async figures(comparison: Comparison): Promise<void> {
    for (const [name, content] of Object.entries(await figuresOf(comparison))) {
      this.#write(name, content);
    }
  }

  /** The table's heading, its rows of other workloads as they are, and the new rows. */
  #withOthers(name: string, text: string): string {
    const end = text.indexOf('\n') + 1;
    const before = this.#read(name) ?? '';
    const head = text.slice(0, end);
    if (!before.startsWith(head)) return text;
    const others = before
      .slice(end)
      .split('\n')
      .filter((line) => line !== '' && this.#isOther(line.split(',')[0]))
      .map((line) => `${line}\n`);
    return head + others.join('') + text.slice(end);
  }

  #isOther(workload: string): boolean {
    return !this.#only.some((name) => name === workload);
  }

  #read(name: string): string | undefined {
    const path = join(this.#out, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  #write(name: string, content: string | Uint8Array): void {
    const path = join(this.#out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
