/**
 * SYN, ACK, ACK2: what each carries. The three make a push-pull exchange, without session and without limit of size.
 * Source: Gossiper.makeRandomGossipDigest, examineGossiper, getStateForVersionBiggerThan, GossipDigestSynVerbHandler,
 * GossipDigestAckVerbHandler. One digest at a time: digest.ts.
 * [!] Endpoints that the receiver knows and the SYN does not name are not sent: they travel in the receiver's own SYN.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Deltas, Digests } from './deltas.ts';
import { DELTA_WORDS, DIGEST_WORDS } from './deltas.ts';
import { examine, floorOf, hasDelta, NOTHING, REQUEST_ALL, REQUEST_NEWER } from './digest.ts';
import { ABSENT, type Endpoints, KNOWN } from './endpoints.ts';
import { Row } from './row.ts';
import type { AskedRows, ToldRows } from './row-answers.ts';
import { RowExchange } from './row-exchange.ts';
import { deltaBytes } from './sizes.ts';
import type { Synopsis } from './synopsis.ts';
import type { Version } from './versions.ts';

/** What an ACK carries; an ACK2 has no requests. The same by rows, where it could be had so. */
export interface Answer {
  readonly requests: Digests;
  readonly deltas: Deltas;
  readonly asked?: AskedRows | undefined;
  readonly told?: ToldRows;
  /** Of the deltas alone. */
  readonly bytes: number;
}

export const requestCount = (answer: Answer): number =>
  answer.asked?.count ?? answer.requests.length / DIGEST_WORDS;

/** The floor below every version. */
const EVERYTHING = -(2 ** 31) + 1;

export class Exchange {
  readonly #endpoints: Endpoints;
  readonly #version: Version;
  readonly #emptyDelta: number; // bytes of a delta without states
  readonly #byRows: RowExchange;
  readonly #told: Int32Array; // [i] subject of a delta
  readonly #floors: Int32Array; // [subject] of its delta
  readonly #requests = new Row();
  readonly #deltas = new Row();

  constructor(endpoints: Endpoints, version: Version) {
    this.#endpoints = endpoints;
    this.#version = version;
    this.#emptyDelta = deltaBytes([], version);
    this.#byRows = new RowExchange(endpoints, version);
    this.#told = new Int32Array(endpoints.n);
    this.#floors = new Int32Array(endpoints.n);
  }

  /** The ACK to a SYN. */
  examine(node: NodeId, digests: Synopsis): Answer {
    return this.#byRows.examine(node, digests) ?? this.examineEach(node, digests);
  }

  /** The same, one by one, whatever the rows are. */
  examineEach(node: NodeId, digests: Synopsis): Answer {
    this.#requests.clear();
    let count = 0;
    const { n, generation, max } = this.#endpoints;
    for (let subject = 0; subject < digests.max.length; subject++) {
      const remoteGeneration = digests.generation[subject];
      const remoteMax = digests.max[subject];
      if (remoteMax === ABSENT) continue;
      const pair = node * n + subject;
      const isKnown = max[pair] !== ABSENT;
      const found = examine(isKnown, generation[pair], max[pair], remoteGeneration, remoteMax);
      if (found === NOTHING) continue;
      if (found === REQUEST_ALL) this.#requests.add3(subject, remoteGeneration, 0);
      else if (found === REQUEST_NEWER) this.#requests.add3(subject, generation[pair], max[pair]);
      else {
        const floor = floorOf(found, remoteMax, this.#version);
        if (hasDelta(max[pair], floor)) this.#list(count++, subject, floor);
      }
    }
    const requests = this.#requests.copy();
    return { requests, ...this.#tell(node, this.#told, this.#floors, count) };
  }

  /**
   * The ACK to the SYN of a shadow round: whole states of all. 3.11 answers as if each had been named with (0, 0). Later
   * ones tell of empty endpoints what is on disk (`saved`: its number in the book): host id and tokens.
   */
  everything(node: NodeId, saved: (subject: NodeId) => number): Answer {
    this.#deltas.clear();
    let bytes = 0;
    const floor = this.#version.floor === 0 ? 0 : EVERYTHING;
    const { n, generation, max, states, book } = this.#endpoints;
    for (let subject = 0; subject < n; subject++) {
      const pair = this.#endpoints.pair(node, subject);
      if (!this.#endpoints.has(pair, KNOWN)) continue;
      const isTold = floor === 0 || !this.#endpoints.isEmpty(pair);
      if (isTold && !hasDelta(max[pair], floor)) continue;
      const set = isTold ? states[pair] : saved(subject);
      const heartbeat = this.#endpoints.heartbeatOf(pair);
      this.#deltas.add5(subject, generation[pair], heartbeat, set, floor);
      bytes += deltaBytes(isTold ? book.above(set, floor) : book.of(set), this.#version);
    }
    return { requests: [], deltas: this.#deltas.copy(), bytes };
  }

  /** The ACK2 to the requests of an ACK. [!] Their generations are not looked at. */
  answer(node: NodeId, ack: Pick<Answer, 'requests' | 'asked'>): Answer {
    if (ack.asked !== undefined) return this.#byRows.answer(node, ack.asked);
    return this.answerEach(node, ack.requests);
  }

  /** The same, one by one. */
  answerEach(node: NodeId, requests: Digests): Answer {
    const { n, max } = this.#endpoints;
    let count = 0;
    for (let i = 0; i < requests.length; i += DIGEST_WORDS) {
      const subject = requests[i];
      const localMax = max[node * n + subject];
      const floor = requests[i + 2];
      if (localMax !== ABSENT && hasDelta(localMax, floor)) this.#list(count++, subject, floor);
    }
    return { requests: [], ...this.#tell(node, this.#told, this.#floors, count) };
  }

  #list(i: number, subject: NodeId, floor: number): void {
    this.#told[i] = subject;
    this.#floors[subject] = floor;
  }

  /** getStateForVersionBiggerThan, of so many subjects. */
  #tell(node: NodeId, subjects: Int32Array, floors: Int32Array, count: number) {
    const { n, generation, states, book } = this.#endpoints;
    const deltas = new Int32Array(DELTA_WORDS * count);
    let bytes = count * this.#emptyDelta;
    for (let i = 0, at = 0; i < count; i++, at += DELTA_WORDS) {
      const subject = subjects[i];
      const floor = floors[subject];
      const pair = node * n + subject;
      const set = states[pair];
      deltas[at] = subject;
      deltas[at + 1] = generation[pair];
      deltas[at + 2] = this.#endpoints.heartbeatOf(pair);
      deltas[at + 3] = set;
      deltas[at + 4] = floor;
      if (book.max(set) > floor) {
        bytes += deltaBytes(book.above(set, floor), this.#version) - this.#emptyDelta;
      }
    }
    return { deltas, bytes };
  }
}
