/**
 * Convergence after a partition: how long until no live node suspects a live node, or has dropped it. What is meant by
 * suspicion is as in `qos-meter.ts`: SUSPECTED or FORGOTTEN begin it, TRUSTED or JOINED end it. Memory: a bit per pair.
 */
import { wholeNumber } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import {
  FORGOTTEN,
  JOINED,
  type NodeId,
  type Observer,
  SUSPECTED,
  TRUSTED,
} from '../engine/model.ts';
import { Bits } from './qos-bits.ts';

/** What became of the suspicions of live nodes after a partition healed, until the next healing or the end. */
export interface Recovery {
  readonly atMs: number; // when it healed
  readonly wrong: number; // pairs in which a live node suspected a live one then
  /** Delay until nobody suspected a live node, for the first time; null if never. */
  readonly clearMs: number | null;
  /** Delay until the last such suspicion was taken back, later mistakes included; null if some were left. */
  readonly settledMs: number | null;
  readonly left: number; // pairs at the next healing or the end
}

/** Asked after the run: when views were right again after each healing. */
export interface Healing extends Observer {
  recoveries(): Recovery[];
}

/** @param healsMs when a partition ends: ascending, within the run. */
export function healing({ n, healsMs }: { n: number; healsMs: readonly number[] }): Healing {
  wholeNumber('healing', 'n', n, 1);
  const up = new Uint8Array(n).fill(1); // [node]
  const suspects = new Bits(n); // observers that are up; also subjects that are down
  const marks = healsMs.map(micros);
  const done: { at: Micros; wrong: number; clear: Micros; settled: Micros; left: number }[] = [];
  let wrong = 0; // pairs in which both are up

  /** Before anything at `now`: the healings up to then. What happens at the healing's instant comes after it. */
  function pass(now: Micros): void {
    while (done.length < marks.length && marks[done.length] <= now) {
      const at = marks[done.length];
      const clear = wrong === 0 ? at : NaN;
      done.push({ at, wrong, clear, settled: clear, left: wrong });
    }
  }

  function change(now: Micros, by: number): void {
    wrong += by;
    const last = done.at(-1);
    if (last === undefined) return;
    last.left = wrong;
    if (wrong > 0) return;
    last.settled = now;
    if (Number.isNaN(last.clear)) last.clear = now;
  }

  function fall(now: Micros, node: NodeId): void {
    up[node] = 0;
    let gone = 0;
    for (let other = 0; other < n; other++) {
      if (up[other] === 0) continue;
      if (suspects.has(other, node)) gone++;
      if (suspects.has(node, other)) gone++;
    }
    suspects.clearRow(node);
    if (gone > 0) change(now, -gone);
  }

  function restart(now: Micros, node: NodeId): void {
    up[node] = 1;
    let back = 0;
    for (let other = 0; other < n; other++) if (suspects.has(other, node)) back++;
    if (back > 0) change(now, back);
  }

  return {
    onFault(now, node, kind) {
      pass(now);
      if ((kind === 'crash' || kind === 'absent') && up[node] === 1) fall(now, node);
      else if (kind === 'restart' && up[node] === 0) restart(now, node);
    },
    onFact(now, fact, observer, subject) {
      if (observer === subject || up[observer] === 0) return;
      pass(now);
      if (fact === SUSPECTED || fact === FORGOTTEN) {
        if (suspects.set(observer, subject) && up[subject] === 1) change(now, 1);
      } else if (fact === TRUSTED || fact === JOINED) {
        if (suspects.clear(observer, subject) && up[subject] === 1) change(now, -1);
      }
    },
    recoveries() {
      pass(Infinity);
      return done.map(({ at, wrong, clear, settled, left }) => ({
        atMs: millis(at),
        wrong,
        clearMs: Number.isNaN(clear) ? null : millis(clear - at),
        settledMs: left > 0 ? null : millis(settled - at),
        left,
      }));
    },
  };
}
