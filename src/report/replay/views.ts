/** How wrong all that is believed is, kept up to date while time goes on or back. Doubts and truth as in metrics/views.ts. */
import { beliefsLog, isDoubt, OLD_NEWS } from './beliefs.ts';
import { ABSENT, isDown, livesLog } from './lives.ts';
import { Cells, type Log } from './log.ts';
import type { RunColumns } from './model.ts';

export class Views {
  readonly lives: Cells; // [node] its condition
  readonly beliefs: Cells; // [observer * n + subject]
  readonly doubters: Int32Array; // [node] how many of those that are up doubt it
  readonly stale: Int32Array; // [node] ... of these: because of an earlier life
  readonly livesLog: Log;
  readonly beliefsLog: Log;
  upNodes: number;
  /** Pairs of observers that are up: they doubt a node that is up. */
  doubtedUp = 0;
  #missing = 0; // nodes that are down, and have been there
  #doubtedMissing = 0; // pairs that doubt those

  constructor(run: RunColumns) {
    const { n } = run;
    this.upNodes = n;
    this.doubters = new Int32Array(n);
    this.stale = new Int32Array(n);
    this.livesLog = livesLog(run);
    this.beliefsLog = beliefsLog(run);
    this.lives = new Cells(this.livesLog, (node, from, to) => {
      this.#count(from, -1, this.doubters[node]);
      this.#count(to, 1, this.doubters[node]);
    });
    this.beliefs = new Cells(this.beliefsLog, (pair, from, to) => {
      const subject = pair % n;
      this.stale[subject] += (to >= OLD_NEWS ? 1 : 0) - (from >= OLD_NEWS ? 1 : 0);
      const more = (isDoubt(to) ? 1 : 0) - (isDoubt(from) ? 1 : 0);
      const condition = this.lives.value[subject];
      this.doubters[subject] += more;
      if (!isDown(condition)) this.doubtedUp += more;
      else if ((condition & ABSENT) === 0) this.#doubtedMissing += more;
    });
  }

  seek(time: number): void {
    this.lives.seek(time);
    this.beliefs.seek(time);
  }

  /** Pairs of observers that are up: they trust a node that is down, and has been there. */
  get trustedDown(): number {
    return this.#missing * this.upNodes - this.#doubtedMissing;
  }

  /** A node of that condition, with so many doubters, is one more (or one less). */
  #count(condition: number, sign: 1 | -1, doubters: number): void {
    if (!isDown(condition)) {
      this.upNodes += sign;
      this.doubtedUp += sign * doubters;
    } else if ((condition & ABSENT) === 0) {
      this.#missing += sign;
      this.#doubtedMissing += sign * doubters;
    }
  }
}

/** The times at which anything of it changes, rising. */
export function changeTimes({ livesLog, beliefsLog }: Views): Float64Array {
  const all = Float64Array.from([...new Set([...livesLog.at, ...beliefsLog.at])]);
  return all.sort();
}

/** How many pairs are wrong, from each of these times on. */
export interface WrongPairs {
  readonly at: Float64Array;
  readonly doubtedUp: Float64Array;
  readonly trustedDown: Float64Array;
}

export function wrongPairs(run: RunColumns): WrongPairs {
  const views = new Views(run);
  const at = changeTimes(views);
  const [doubtedUp, trustedDown] = [new Float64Array(at.length), new Float64Array(at.length)];
  at.forEach((time, i) => {
    views.seek(time);
    doubtedUp[i] = views.doubtedUp;
    trustedDown[i] = views.trustedDown;
  });
  return { at, doubtedUp, trustedDown };
}
