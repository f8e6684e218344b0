/**
 * What nearly all news in a healthy cluster are: a newer heartbeat of who is alive, and nothing else. The rules
 * (Gossiper.notifyFailureDetector and apply) would do the same with it, one by one; this is their short way, in one
 * walk over the row of the receiver.
 */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { DELTA_WORDS, type Deltas } from './deltas.ts';
import { ALIVE, type Endpoints, KNOWN, QUARANTINED } from './endpoints.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { Row } from './row.ts';

export class Heartbeats {
  readonly #endpoints: Endpoints;
  readonly #detector: FailureDetector;

  constructor(endpoints: Endpoints, detector: FailureDetector) {
    this.#endpoints = endpoints;
    this.#detector = detector;
  }

  /**
   * Reports and merges the deltas that are no more than that; the others go to `rest`, in order.
   * @param latest generation that is plausible.
   */
  take(node: NodeId, deltas: Deltas, now: Micros, latest: number, rest: Row): void {
    const { n, flags, generation, heartbeat, states, max, book } = this.#endpoints;
    const { windows } = this.#detector;
    const isWatched = windows.heard !== undefined;
    const instant = isWatched ? 0 : windows.open(node, now);
    const logged = windows.logged;
    this.#endpoints.reported(node);
    for (let i = 0; i < deltas.length; i += DELTA_WORDS) {
      const subject = deltas[i];
      const pair = node * n + subject;
      const version = deltas[i + 2];
      const told = deltas[i + 3];
      if (
        (flags[pair] & (KNOWN | ALIVE | QUARANTINED)) === (KNOWN | ALIVE) &&
        deltas[i + 1] === generation[pair] &&
        deltas[i + 1] <= latest &&
        version > max[pair] &&
        (told === states[pair] || book.max(told) <= deltas[i + 4]) &&
        subject !== node
      ) {
        heartbeat[pair] = version;
        max[pair] = version;
        logged[pair] |= instant; // its report tells when it was updated, too
        if (isWatched) windows.report(pair, now);
      } else rest.add5(subject, deltas[i + 1], version, told, deltas[i + 4]);
    }
  }
}
