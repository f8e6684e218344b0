/** Which runs of a share are finished, and what they measured: what was kept, and as they come in. */
import { checkFolder } from './folder.ts';
import { readKept } from './kept.ts';
import type { Keeper } from './kept-run.ts';
import { codeHash, runKey, sha256 } from './keys.ts';
import type { Measures } from './model.ts';
import type { Plan } from './plan.ts';
import type { Ran, Row } from './result.ts';
import { groundOf } from './scenario/sweep/model.ts';
import { replicateSeed } from './seeds.ts';
import type { Share } from './share.ts';
import type { Work } from './tasks.ts';

/** How much of a share is left to run in a folder: runs, and about how many events. Changes nothing. */
export function remaining(share: Share, out: string): { runs: number; events: number } {
  checkFolder(out, share.plan.experiment.name);
  const { finished, events } = new Ledger(share, readKept(out).runs);
  return { runs: share.plan.runs - finished, events: share.plan.events - events };
}

/** All that decides the measures beside cell and seed. */
function codeOf({ modulePath, request, experiment }: Plan): string {
  const code = codeHash(modulePath);
  const { reference, sweep } = request;
  if (sweep !== undefined) return sha256(JSON.stringify([code, groundOf(sweep)]));
  if (reference === undefined) return code;
  return sha256(JSON.stringify([code, experiment.fixed])); // in which the measurements have their hash
}

/** Of runs that were kept before they told of their paths. */
const NOT_TOLD = ['not told by an earlier version'];

export class Ledger {
  readonly #share: Share;
  readonly #runs: Map<string, Ran>; // [run key]
  readonly #keys: readonly (readonly string[])[]; // [cell][replicate]
  readonly #measures: (Measures | undefined)[][]; // [cell][replicate] undefined until it is finished
  readonly #paths = new Set<string>();
  finished = 0; // runs of the share
  events = 0; // about how many events they took

  /** @param runs what is finished, by run key, of whatever experiment; what comes in is added. */
  constructor(share: Share, runs: Map<string, Ran>) {
    const { experiment, seed, cells } = share.whole;
    const code = codeOf(share.whole);
    this.#share = share;
    this.#runs = runs;
    this.#keys = cells.map(({ cell, replicates }) =>
      Array.from({ length: replicates }, (_, replicate) =>
        runKey(experiment.name, code, cell, replicateSeed(seed, replicate)),
      ),
    );
    this.#measures = this.#keys.map((keys) => keys.map((key) => this.#known(runs.get(key))));
    for (const { planned, replicates } of share.work) {
      const measures = this.#measures[planned.index];
      const finished = replicates.filter((replicate) => measures[replicate] !== undefined).length;
      this.finished += finished;
      this.events += finished * planned.events;
    }
  }

  /** How much of the estimated work of the share is done. */
  get progress(): number {
    const { events, runs } = this.#share.plan;
    return events > 0 ? this.events / events : this.finished / runs;
  }

  /** Of the share. */
  missing(): Work[] {
    return this.#share.work
      .map(({ planned, replicates }) => ({
        planned,
        replicates: replicates.filter(
          (replicate) => this.#measures[planned.index][replicate] === undefined,
        ),
      }))
      .filter(({ replicates }) => replicates.length > 0);
  }

  /** Keeps what came out of the first replicates of the task. */
  add({ planned, replicates }: Work, ran: readonly Ran[], keeper: Keeper): void {
    if (ran.length === 0) return;
    const { index, cell, events } = planned;
    const runs = ran.map((one, i) => ({ ...one, key: this.#keys[index][replicates[i]] }));
    keeper.keep(cell, runs);
    runs.forEach((run, i) => {
      this.#runs.set(run.key, run);
      this.#measures[index][replicates[i]] = this.#known(run);
    });
    this.finished += ran.length;
    this.events += ran.length * events;
  }

  /** Which paths the finished runs took. */
  get paths(): string[] {
    return [...this.#paths].sort();
  }

  /** Takes over what is missing here and known elsewhere. */
  adopt(known: ReadonlyMap<string, Ran>, keeper: Keeper): void {
    for (const { planned, replicates } of this.missing()) {
      const keys = this.#keys[planned.index];
      const there = replicates.filter((replicate) => known.has(keys[replicate]));
      const ran = there.map((replicate) => known.get(keys[replicate])!);
      this.add({ planned, replicates: there }, ran, keeper);
    }
  }

  /** All measures, [cell][replicate]; everything must be finished. */
  measures(): Measures[][] {
    return this.#measures as Measures[][];
  }

  /** All rows; everything must be finished. */
  rows(): Row[] {
    const { cells, seed } = this.#share.whole;
    return cells.flatMap(({ index, cell }) =>
      this.#measures[index].map((measures, replicate) => ({
        index,
        cell,
        replicate,
        seed: replicateSeed(seed, replicate),
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
