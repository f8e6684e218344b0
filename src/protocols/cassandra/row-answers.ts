/**
 * What an ACK or ACK2 carries, by rows: how the sender's highest versions stand to those of the other side says for which
 * endpoints there is a request, or a delta. Between nodes that know the same lives, as they nearly always do, that is all:
 * nothing is written down endpoint by endpoint, unless somebody wants to read it.
 */
import { DELTA_WORDS, DIGEST_WORDS } from './deltas.ts';
import type { VersionRows } from './version-rows.ts';

/** Requests: of each endpoint of which `news` are above `floors`, what is above the latter. */
export interface AskedRows {
  readonly count: number;
  readonly news: Int32Array; // [subject] highest version of who is asked, as it said in its SYN
  readonly floors: Int32Array; // [subject] highest version of who asks
  readonly generation: Int32Array; // [subject]
}

/** Deltas: of each endpoint of which both `max` and `asked` are above `floors`. */
export interface ToldRows {
  readonly count: number;
  readonly max: Int32Array; // [subject] highest version of who tells
  readonly asked: Int32Array; // [subject]
  readonly floors: Int32Array; // [subject]
  readonly heartbeat: Int32Array; // [subject] as a rule the same row as `max`
  readonly generation: Int32Array; // [subject]
  readonly states: Int32Array; // [subject] number in the book
}

/** Whatever of these rows are copies (version-rows.ts) get one more reference, or lose one. */
export function retainRows({ max, asked, floors }: ToldRows, rows: VersionRows): void {
  rows.retain(max);
  rows.retain(floors);
  if (asked !== max) rows.retain(asked);
}
export function releaseRows({ max, asked, floors }: ToldRows, rows: VersionRows): void {
  rows.release(max);
  rows.release(floors);
  if (asked !== max) rows.release(asked);
}

/** The same with rows of their own, which nobody uses again. */
export function apart(told: ToldRows): ToldRows {
  const max = told.max.slice();
  const asked = told.asked === told.max ? max : told.asked.slice();
  const heartbeat = told.heartbeat === told.max ? max : told.heartbeat;
  return { ...told, max, asked, floors: told.floors.slice(), heartbeat };
}

/** Endpoint by endpoint, as `Digests` are. */
export function requestsIn({ count, news, floors, generation }: AskedRows): Int32Array {
  const requests = new Int32Array(DIGEST_WORDS * count);
  let at = 0;
  for (let subject = 0; subject < news.length; subject++) {
    if (news[subject] <= floors[subject]) continue;
    requests[at] = subject;
    requests[at + 1] = generation[subject];
    requests[at + 2] = floors[subject];
    at += DIGEST_WORDS;
  }
  return requests;
}

/** Endpoint by endpoint, as `Deltas` are. */
export function deltasIn(told: ToldRows): Int32Array {
  const { count, max, asked, floors, heartbeat, generation, states } = told;
  const deltas = new Int32Array(DELTA_WORDS * count);
  let at = 0;
  for (let subject = 0; subject < max.length; subject++) {
    if (max[subject] <= floors[subject] || asked[subject] <= floors[subject]) continue;
    deltas[at] = subject;
    deltas[at + 1] = generation[subject];
    deltas[at + 2] = heartbeat[subject];
    deltas[at + 3] = states[subject];
    deltas[at + 4] = floors[subject];
    at += DELTA_WORDS;
  }
  return deltas;
}

/** An answer that is kept by rows, and can be read endpoint by endpoint. */
export class RowAnswer {
  readonly told: ToldRows;
  readonly asked: AskedRows | undefined;
  readonly bytes: number; // of the deltas alone

  constructor(told: ToldRows, asked: AskedRows | undefined, bytes: number) {
    this.told = told;
    this.asked = asked;
    this.bytes = bytes;
  }

  get requests(): Int32Array {
    return this.asked === undefined ? new Int32Array(0) : requestsIn(this.asked);
  }

  get deltas(): Int32Array {
    return deltasIn(this.told);
  }
}
