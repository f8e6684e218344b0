/**
 * SYN, ACK, ACK2: what each carries. The three make a push-pull exchange, without session and without limit of size.
 * Source: Gossiper.makeRandomGossipDigest, examineGossiper, getStateForVersionBiggerThan, GossipDigestSynVerbHandler,
 * GossipDigestAckVerbHandler. One digest at a time: digest.ts.
 * [!] Endpoints that the receiver knows and the SYN does not name are not sent: they travel in the receiver's own SYN.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Deltas, Digests } from './deltas.ts';
import { DIGEST_WORDS } from './deltas.ts';
import { examine, floorOf, hasDelta, NOTHING, REQUEST_ALL, REQUEST_NEWER } from './digest.ts';
import { type Endpoints, KNOWN } from './endpoints.ts';
import { Row } from './row.ts';
import { deltaBytes } from './sizes.ts';
import type { Version } from './versions.ts';

/** What an ACK carries; an ACK2 has no requests. */
export interface Answer {
  readonly requests: Digests;
  readonly deltas: Deltas;
  /** Of the deltas alone. */
  readonly bytes: number;
}

/** The floor below every version. */
const EVERYTHING = -(2 ** 31) + 1;

export class Exchange {
  readonly #endpoints: Endpoints;
  readonly #version: Version;
  readonly #emptyDelta: number; // bytes of a delta without states
  readonly #requests = new Row();
  readonly #deltas = new Row();
  #bytes = 0;

  constructor(endpoints: Endpoints, version: Version) {
    this.#endpoints = endpoints;
    this.#version = version;
    this.#emptyDelta = deltaBytes([], version);
  }

  /** The digests of a SYN: all that the node knows, itself included, in quarantine or not. */
  digests(node: NodeId): Int32Array {
    const { n, flags, generation, max } = this.#endpoints;
    const words = new Int32Array(n * DIGEST_WORDS);
    let at = 0;
    for (let subject = 0; subject < n; subject++) {
      const pair = node * n + subject;
      if ((flags[pair] & KNOWN) === 0) continue;
      words[at++] = subject;
      words[at++] = generation[pair];
      words[at++] = max[pair];
    }
    return at === words.length ? words : words.slice(0, at);
  }

  /** The ACK to a SYN. */
  examine(node: NodeId, digests: Digests): Answer {
    this.#begin();
    const { n, flags, generation, max } = this.#endpoints;
    for (let i = 0; i < digests.length; i += DIGEST_WORDS) {
      const subject = digests[i];
      const remoteGeneration = digests[i + 1];
      const remoteMax = digests[i + 2];
      const pair = node * n + subject;
      const isKnown = (flags[pair] & KNOWN) !== 0;
      const found = examine(isKnown, generation[pair], max[pair], remoteGeneration, remoteMax);
      if (found === NOTHING) continue;
      if (found === REQUEST_ALL) this.#requests.add3(subject, remoteGeneration, 0);
      else if (found === REQUEST_NEWER) this.#requests.add3(subject, generation[pair], max[pair]);
      else this.#addDelta(pair, subject, floorOf(found, remoteMax, this.#version));
    }
    return this.#end();
  }

  /**
   * The ACK to the SYN of a shadow round: whole states of all. 3.11 answers as if each had been named with (0, 0). Later
   * ones tell of empty endpoints what is on disk (`saved`: its number in the book): host id and tokens.
   */
  everything(node: NodeId, saved: (subject: NodeId) => number): Answer {
    this.#begin();
    const floor = this.#version.floor === 0 ? 0 : EVERYTHING;
    const { n, generation, heartbeat } = this.#endpoints;
    for (let subject = 0; subject < n; subject++) {
      const pair = this.#endpoints.pair(node, subject);
      if (!this.#endpoints.has(pair, KNOWN)) continue;
      if (floor === 0 || !this.#endpoints.isEmpty(pair)) this.#addDelta(pair, subject, floor);
      else {
        const { book } = this.#endpoints;
        const set = saved(subject);
        this.#deltas.add5(subject, generation[pair], heartbeat[pair], set, floor);
        this.#bytes += deltaBytes(book.of(set), this.#version);
      }
    }
    return this.#end();
  }

  /** The ACK2 to the requests of an ACK. [!] Their generations are not looked at. */
  answer(node: NodeId, requests: Digests): Answer {
    this.#begin();
    for (let i = 0; i < requests.length; i += DIGEST_WORDS) {
      const pair = this.#endpoints.pair(node, requests[i]);
      if (this.#endpoints.has(pair, KNOWN)) this.#addDelta(pair, requests[i], requests[i + 2]);
    }
    return this.#end();
  }

  #begin(): void {
    this.#requests.clear();
    this.#deltas.clear();
    this.#bytes = 0;
  }

  /** getStateForVersionBiggerThan. */
  #addDelta(pair: number, subject: NodeId, floor: number): void {
    const { generation, heartbeat, max, states, book } = this.#endpoints;
    if (!hasDelta(max[pair], floor)) return;
    this.#deltas.add5(subject, generation[pair], heartbeat[pair], states[pair], floor);
    this.#bytes +=
      book.max(states[pair]) <= floor
        ? this.#emptyDelta
        : deltaBytes(book.above(states[pair], floor), this.#version);
  }

  #end(): Answer {
    const requests = this.#requests.copy();
    const deltas = this.#deltas.copy();
    return { requests, deltas, bytes: this.#bytes };
  }
}
