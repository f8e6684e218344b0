/** Which runs of a plan are finished, and what they measured: from the journal, and as they come in. */
import { join } from 'node:path';
import { checkFolder, JOURNAL } from './folder.ts';
import { Journal } from './journal.ts';
import { codeHash, runKey, sha256 } from './keys.ts';
import type { Measures } from './model.ts';
import type { Plan } from './plan.ts';
import type { Ran, Row } from './result.ts';
import { replicateSeed } from './seeds.ts';
import type { Work } from './tasks.ts';

/** How much of a plan is left to run in a folder: runs, and about how many events. Changes nothing. */
export function remaining(plan: Plan, out: string): { runs: number; events: number } {
  checkFolder(out, plan.experiment.name);
  const { finished, events } = new Ledger(plan, new Journal(join(out, JOURNAL)));
  return { runs: plan.runs - finished, events: plan.events - events };
}

/** All that decides the measures beside cell and seed. */
function codeOf({ modulePath, request, experiment }: Plan): string {
  const code = codeHash(modulePath);
  if (request.reference === undefined && request.sweep === undefined) return code;
  // In which the measurements have their hash, and the scenario its text.
  return sha256(JSON.stringify([code, experiment.fixed]));
}

/** Of runs in a journal from before they told of their paths. */
const NOT_TOLD = ['not told by an earlier version'];

export class Ledger {
  readonly #plan: Plan;
  readonly #journal: Journal;
  readonly #keys: readonly (readonly string[])[]; // [cell][replicate]
  readonly #measures: (Measures | undefined)[][]; // [cell][replicate] undefined until it is finished
  readonly #paths = new Set<string>();
  finished = 0;
  events = 0; // about how many events the finished runs took

  constructor(plan: Plan, journal: Journal) {
    const { experiment, seed } = plan;
    const code = codeOf(plan);
    this.#plan = plan;
    this.#journal = journal;
    this.#keys = plan.cells.map(({ cell, replicates }) =>
      Array.from({ length: replicates }, (_, replicate) =>
        runKey(experiment.name, code, cell, replicateSeed(seed, replicate)),
      ),
    );
    this.#measures = this.#keys.map((keys) => keys.map((key) => this.#known(journal.get(key))));
    for (const { index, events } of plan.cells) {
      const known = this.#measures[index].filter((measures) => measures !== undefined).length;
      this.finished += known;
      this.events += known * events;
    }
  }

  /** Of the estimated work. */
  get share(): number {
    const { events, runs } = this.#plan;
    return events > 0 ? this.events / events : this.finished / runs;
  }

  missing(): Work[] {
    return this.#plan.cells
      .map((planned) => ({
        planned,
        replicates: [...this.#measures[planned.index].entries()]
          .filter(([, measures]) => measures === undefined)
          .map(([replicate]) => replicate),
      }))
      .filter(({ replicates }) => replicates.length > 0);
  }

  /** Keeps what came out of the first replicates of the task. */
  add({ planned: { index, events }, replicates }: Work, ran: readonly Ran[]): void {
    if (ran.length === 0) return;
    const keys = this.#keys[index];
    this.#journal.append(ran.map((one, i) => ({ key: keys[replicates[i]], ...one })));
    ran.forEach((one, i) => {
      this.#measures[index][replicates[i]] = this.#known(one);
    });
    this.finished += ran.length;
    this.events += ran.length * events;
  }

  /** Which paths the finished runs took. */
  get paths(): string[] {
    return [...this.#paths].sort();
  }

  /** All measures, [cell][replicate]; everything must be finished. */
  measures(): Measures[][] {
    return this.#measures as Measures[][];
  }

  /** All rows; everything must be finished. */
  rows(): Row[] {
    return this.#plan.cells.flatMap(({ index, cell }) =>
      this.#measures[index].map((measures, replicate) => ({
        index,
        cell,
        replicate,
        seed: replicateSeed(this.#plan.seed, replicate),
        measures: measures!,
      })),
    );
  }

  #known(ran: Ran | undefined): Measures | undefined {
    if (ran === undefined) return undefined;
    for (const path of ran.paths ?? NOT_TOLD) this.#paths.add(path);
    return ran.measures;
  }
}
