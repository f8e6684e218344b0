/**
 * Connections: a site accepts at most `connectionLimit` calls per cycle and rejects the others; a rejected caller hunts, that is,
 * it tries up to `huntLimit` more partners in the same cycle. Without a limit no handshake is sent.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.4 (connection
 * limit, hunting). Deviations: a hunter draws each partner afresh, so it may draw the same one again; a site's own call
 * does not count against its limit; a caller that gets no answer at all waits for its next cycle.
 */
import { type Env, NOBODY, type NodeId } from '../../engine/model.ts';
import { ACCEPT, CALL, CONTROL_BYTES, message, REJECT, tagOf } from './messages.ts';

export interface ConnectionOptions {
  /** Calls that a site accepts per cycle; Infinity: all. */
  readonly connectionLimit: number;
  /** Partners that a rejected caller tries beyond the first, per cycle. */
  readonly huntLimit: number;
}

export class Connections {
  readonly #env: Env<number>;
  readonly #options: ConnectionOptions;
  readonly #connected: (node: NodeId, partner: NodeId) => void;
  readonly #accepted: Int32Array; // [node] calls accepted in this cycle
  readonly #hunted: Int32Array; // [node] further partners tried in this cycle
  readonly #dialled: Int32Array; // [node] whose answer it waits for; NOBODY = nobody's

  /** @param connected what a caller does once its partner has accepted. */
  constructor(
    env: Env<number>,
    options: ConnectionOptions,
    connected: (node: NodeId, partner: NodeId) => void,
  ) {
    this.#env = env;
    this.#options = options;
    this.#connected = connected;
    this.#accepted = new Int32Array(env.n);
    this.#hunted = new Int32Array(env.n);
    this.#dialled = new Int32Array(env.n).fill(NOBODY);
  }

  /** A new cycle of the site begins: it accepts calls again, and forgets a call that is still unanswered. */
  newCycle(node: NodeId): void {
    this.#accepted[node] = 0;
    this.#hunted[node] = 0;
    this.#dialled[node] = NOBODY;
  }

  /** Calls a random partner. */
  call(node: NodeId): void {
    const partner = this.#env.peer(node);
    if (this.#options.connectionLimit === Infinity) {
      this.#connected(node, partner);
      return;
    }
    this.#dialled[node] = partner;
    this.#env.send(node, partner, message(CALL), CONTROL_BYTES);
  }

  /** Takes part in the handshake; any other message is none of its business. */
  onMessage(node: NodeId, from: NodeId, received: number): void {
    const tag = tagOf(received);
    if (tag === CALL) this.#answer(node, from);
    if (this.#dialled[node] !== from) return; // nobody's answer, or one to a call of an earlier cycle
    if (tag === ACCEPT) this.#open(node, from);
    if (tag === REJECT) this.#hunt(node);
  }

  #answer(node: NodeId, caller: NodeId): void {
    const accepts = this.#accepted[node] < this.#options.connectionLimit;
    if (accepts) this.#accepted[node]++;
    this.#env.send(node, caller, message(accepts ? ACCEPT : REJECT), CONTROL_BYTES);
  }

  #open(node: NodeId, partner: NodeId): void {
    this.#dialled[node] = NOBODY;
    this.#connected(node, partner);
  }

  #hunt(node: NodeId): void {
    this.#dialled[node] = NOBODY;
    if (this.#hunted[node]++ < this.#options.huntLimit) this.call(node);
  }
}
