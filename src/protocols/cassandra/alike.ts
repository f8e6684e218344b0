/**
 * Two rows of the same lives, compared: what digest.ts says of each digest where both sides know its endpoint in the same
 * generation, or neither knows it, as it nearly always is. Without a branch: which side is ahead is as good as random.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Endpoints } from './endpoints.ts';
import { sameNumbers } from './shared-rows.ts';
import type { Synopsis } from './synopsis.ts';

export class Alike {
  readonly sends: Int32Array; // [i] subject of which the receiver knows more: SEND_NEWER
  readonly asks: Int32Array; // [i] subject of which the sender knows more: REQUEST_NEWER
  sent = 0;
  asked = 0;
  readonly #endpoints: Endpoints;

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
    this.sends = new Int32Array(endpoints.n + 1);
    this.asks = new Int32Array(endpoints.n + 1);
  }

  /** False: there are different lives, or somebody whom one side does not know, and the lists are worth nothing. */
  compare(node: NodeId, digests: Synopsis): boolean {
    const { n, max } = this.#endpoints;
    const { sends, asks } = this;
    if (!sameNumbers(this.#endpoints.lives.of(node), digests.generation)) return false;
    const theirMax = digests.max;
    const row = node * n;
    let sent = 0;
    let asked = 0;
    let signs = 0;
    for (let subject = 0; subject < n; subject++) {
      const mine = max[row + subject];
      const theirs = theirMax[subject];
      signs |= mine ^ theirs;
      sends[sent] = subject;
      sent += (theirs - mine) >>> 31; // 1 where it is less, if both have the same sign
      asks[asked] = subject;
      asked += (mine - theirs) >>> 31;
    }
    this.sent = sent;
    this.asked = asked;
    return signs >= 0;
  }
}
