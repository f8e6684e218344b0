/**
 * Traffic: what the spread cost, in copies and bytes, in all, per node and per rumour. Lost and sent copies belong to
 * the sender, received ones to the receiver; a duplicate is a DUPLICATE fact: the node was told what it knew.
 * Demers' traffic per site (PODC 1987, section 1.4) is `ofRumour(r).sent / n`: requests and feedback are free.
 */
import { numberIn, wholeNumber } from '../base/errors.ts';
import { micros } from '../base/time.ts';
import { DUPLICATE, LOST, type Observer } from '../engine/model.ts';

const QUANTITIES = ['sent', 'received', 'lost', 'duplicates', 'bytesSent', 'bytesLost'] as const;
/** What is counted of copies: sent, lost, bytes and so on. */
export type Quantity = (typeof QUANTITIES)[number];
/** A count of each quantity. */
export type Tally = Record<Quantity, number>;

/** How many nodes, and of which rumour a message is. */
export interface TrafficOptions<M> {
  readonly n: number;
  /** What happens before is warm-up, and not counted; default 0. */
  readonly startMs?: number;
  /** For counts per rumour: how many there are, and which one a message carries; -1 = none. */
  readonly rumours?: number;
  readonly rumourOf?: (message: M) => number;
}

/** Asked after the run. */
export interface TrafficMeter<M> extends Observer<M> {
  total(): Tally;
  /** Messages that carry no rumour are in no rumour's tally. Needs `rumours` and, except for duplicates, `rumourOf`. */
  ofRumour(rumour: number): Tally;
  perNode(quantity: Quantity): { readonly mean: number; readonly max: number };
}

/** [node] or [rumour] a column per quantity. */
type Columns = Record<Quantity, Float64Array>;

const columns = (length: number) =>
  Object.fromEntries(QUANTITIES.map((q) => [q, new Float64Array(length)])) as Columns;

/** An observer of copies and bytes. */
export function traffic<M>(options: TrafficOptions<M>): TrafficMeter<M> {
  const { n, startMs = 0, rumours = 0, rumourOf } = options;
  wholeNumber('traffic', 'n', n, 1);
  wholeNumber('traffic', 'rumours', rumours, 0);
  numberIn('traffic', 'startMs', startMs, 0);
  const start = micros(startMs);
  const nodes = columns(n);
  const carried = columns(rumours);

  function countSent(tally: Columns, i: number, bytes: number, lost: boolean): void {
    tally.sent[i]++;
    tally.bytesSent[i] += bytes;
    if (!lost) return;
    tally.lost[i]++;
    tally.bytesLost[i] += bytes;
  }

  return {
    onSend(now, from, _to, message, bytes, delay) {
      if (now < start) return;
      countSent(nodes, from, bytes, delay === LOST);
      const rumour = rumourOf === undefined ? -1 : rumourOf(message);
      if (rumour >= 0) countSent(carried, rumour, bytes, delay === LOST);
    },
    onMessage(now, node, _from, message) {
      if (now < start) return;
      nodes.received[node]++;
      const rumour = rumourOf === undefined ? -1 : rumourOf(message);
      if (rumour >= 0) carried.received[rumour]++;
    },
    skipsFirstNews: true,
    onFact(now, fact, node, about) {
      if (fact !== DUPLICATE || now < start) return;
      nodes.duplicates[node]++;
      if (about < rumours) carried.duplicates[about]++;
    },
    total: () => tally((quantity) => nodes[quantity].reduce((sum, x) => sum + x, 0)),
    ofRumour(rumour) {
      wholeNumber('traffic', 'rumour', rumour, 0, rumours - 1);
      return tally((quantity) => carried[quantity][rumour]);
    },
    perNode(quantity) {
      let sum = 0;
      let max = 0;
      for (const x of nodes[quantity]) {
        sum += x;
        if (x > max) max = x;
      }
      return { mean: sum / n, max };
    },
  };
}

const tally = (count: (quantity: Quantity) => number) =>
  Object.fromEntries(QUANTITIES.map((q) => [q, count(q)])) as Tally;
