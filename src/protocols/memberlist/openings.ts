/**
 * The moment at which a stalled member's input and output opens again. What has arrived meanwhile is read, answered and
 * worked off first, then the loops go on whose packets had to wait. Where no time passes while things are done (`races`),
 * it may be the other way round. It matters: answers use up transmissions of what the loops are about to say.
 */
import type { Env, NodeId } from '../../engine/model.ts';
import type { Inbox } from './inbox.ts';
import { GOSSIP_SENT, LATE, numberOf, PROBE_ASKED, PROBE_SENT, tagOf, whatOf } from './timers.ts';

export class Openings {
  readonly #env: Env<unknown>;
  readonly #inbox: Inbox;
  readonly #races: boolean;
  readonly #last: Float64Array; // [node] the last opening
  readonly #readsFirst: Uint8Array; // [node] then

  constructor(env: Env<unknown>, inbox: Inbox, races: boolean) {
    this.#env = env;
    this.#inbox = inbox;
    this.#races = races;
    this.#last = new Float64Array(env.n).fill(-1);
    this.#readsFirst = new Uint8Array(env.n);
  }

  /** Whether this timer's turn has come; otherwise it will come again, in the same instant. */
  hasTurn(node: NodeId, tag: number): boolean {
    const what = whatOf(tag) % LATE;
    if (what !== GOSSIP_SENT && what !== PROBE_SENT && what !== PROBE_ASKED) return true;
    const now = this.#env.now();
    if (this.#last[node] !== now) {
      this.#last[node] = now;
      this.#readsFirst[node] = Number(!this.#races || this.#env.draw(node) < 0.5);
    }
    if (this.#readsFirst[node] === 0) return true;
    if (whatOf(tag) === what) this.#env.at(node, now, tagOf(what + LATE, numberOf(tag)));
    else if (!this.#inbox.isEmpty(node)) this.#env.at(node, now, tag);
    else return true;
    return false;
  }
}
