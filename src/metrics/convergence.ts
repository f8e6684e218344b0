/**
 * Convergence after a restart or a late join: how long until every live node has heard of the new life (JOINED). Whoever
 * is down is not waited for, whoever comes up is, and who has dropped the subject (FORGOTTEN) must hear again.
 * A fact does not say of which life it is. Where a node that had lost its table hears of a subject's former life first,
 * and was the last to hear at all, the result is early by the time until it hears of the new one.
 */
import { wholeNumber } from '../base/errors.ts';
import { quantile, sum } from '../base/statistics.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { FORGOTTEN, JOINED, type NodeId, type Observer } from '../engine/model.ts';

/** A new life of a node. Delays in ms since it began, over the nodes that have heard of it and are up. */
export interface Arrival {
  readonly node: NodeId;
  readonly atMs: number;
  /** Delay until every live node knew it; null where it crashed, or the run ended, before. */
  readonly everyoneMs: number | null;
  readonly heard: number;
  readonly missing: number; // live nodes that had not heard of it when it was closed
  readonly meanMs: number | null;
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
}

/** Asked after the run: who had heard of each new life, and when. */
export interface Spread extends Observer {
  /** The new lives in the order in which they began. Asked after the run. */
  arrivals(): Arrival[];
}

/** A life of which not every live node has heard: 8 bytes per node while it is so. */
class Life {
  readonly node: NodeId;
  readonly at: Micros;
  readonly heardAt: Float64Array; // [observer] us; NaN = not yet, or lost again
  arrival: Arrival | undefined; // once it is closed
  #missing: number; // live nodes that have not heard

  constructor(node: NodeId, at: Micros, up: Uint8Array) {
    this.node = node;
    this.at = at;
    this.heardAt = new Float64Array(up.length).fill(NaN);
    this.#missing = up.reduce((live, isUp) => live + isUp, -1); // it is up itself
  }

  hears(now: Micros, observer: NodeId): void {
    if (Number.isNaN(this.heardAt[observer])) this.#missing--;
    this.heardAt[observer] = now;
    this.closeIfKnown(now);
  }

  /** The observer has dropped it, or lost its table in a crash. */
  loses(observer: NodeId): void {
    if (Number.isNaN(this.heardAt[observer])) return;
    this.heardAt[observer] = NaN;
    this.#missing++;
  }

  observerFalls(now: Micros, observer: NodeId): void {
    this.loses(observer);
    this.#missing--;
    this.closeIfKnown(now);
  }

  observerReturns(): void {
    this.#missing++;
  }

  closeIfKnown(now: Micros): void {
    if (this.#missing === 0) this.close(millis(now - this.at));
  }

  close(everyoneMs: number | null): Arrival {
    const sorted = this.heardAt.filter((time) => !Number.isNaN(time)).sort(); // [rank] us
    const delay = (time: Micros) => (sorted.length === 0 ? null : millis(time - this.at));
    this.arrival = {
      node: this.node,
      atMs: millis(this.at),
      everyoneMs,
      heard: sorted.length,
      missing: this.#missing,
      meanMs: delay(sum(sorted) / sorted.length),
      medianMs: delay(quantile(sorted, 0.5)),
      p99Ms: delay(quantile(sorted, 0.99)),
    };
    return this.arrival;
  }
}

/** @param from restarts before this time are left out (warm-up). */
export function spread({ n, fromMs = 0 }: { n: number; fromMs?: number }): Spread {
  wholeNumber('spread', 'n', n, 1);
  const from = micros(fromMs);
  const up = new Uint8Array(n).fill(1); // [node]
  const lives: Life[] = [];
  const open = new Map<NodeId, Life>();

  function settle(life: Life): void {
    if (life.arrival !== undefined) open.delete(life.node);
  }

  function fall(now: Micros, node: NodeId): void {
    up[node] = 0;
    open.get(node)?.close(null);
    open.delete(node);
    for (const life of [...open.values()]) {
      life.observerFalls(now, node);
      settle(life);
    }
  }

  function restart(now: Micros, node: NodeId): void {
    up[node] = 1;
    for (const life of open.values()) life.observerReturns();
    if (now < from) return;
    const life = new Life(node, now, up);
    lives.push(life);
    open.set(node, life);
    life.closeIfKnown(now); // alone
    settle(life);
  }

  return {
    onFault(now, node, kind) {
      if ((kind === 'crash' || kind === 'absent') && up[node] === 1) fall(now, node);
      else if (kind === 'restart' && up[node] === 0) restart(now, node);
    },
    onFact(now, fact, observer, subject) {
      if (open.size === 0 || (fact !== JOINED && fact !== FORGOTTEN)) return;
      const life = open.get(subject);
      if (life === undefined || observer === subject || up[observer] === 0) return;
      if (fact === FORGOTTEN) life.loses(observer);
      else life.hears(now, observer);
      settle(life);
    },
    arrivals: () => lives.map((life) => life.arrival ?? life.close(null)),
  };
}
