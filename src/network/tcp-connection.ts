/**
 * One TCP connection, one way: tries, acknowledgements, order, and its end. All that becomes of a message is known when
 * it is sent, since the link beneath is asked about its tries ahead of time; so nothing has to be taken back later.
 */
import type { Micros } from '../base/time.ts';
import { LOST, type NodeId, type Transit } from '../engine/model.ts';

/** The times of network/tcp.ts, in microseconds. */
export interface TcpTimes {
  readonly rto: Micros;
  readonly maxRto: Micros;
  readonly synRto: Micros;
  readonly connectTimeout: Micros;
  readonly userTimeout: Micros;
}

/** IPv4 and TCP: an acknowledgement, a SYN. */
const HEADER_BYTES = 40;
/** Weight of a new round trip in the smoothed one (RFC 6298). */
const GAIN = 1 / 8;
const NEVER = Infinity;

/** A message or an acknowledgement that is lost arrives at LOST, which is NEVER. */
export class Connection {
  /** From when on it is dead; the next message opens another. */
  end: Micros = NEVER;
  /** When all that will arrive of what was sent has arrived, and been acknowledged: it then is as good as new. */
  settled: Micros;
  /** Smoothed. */
  roundTrip: Micros;
  #open: Micros; // nothing sets out before
  #arrived: Micros; // what was sent last
  #timedOut: Micros = NEVER; // when the first retransmission of what is not acknowledged is due
  #recovered: Micros = 0; // when all that was retransmitted is acknowledged

  private constructor(open: Micros, roundTrip: Micros) {
    this.#open = open;
    this.#arrived = open;
    this.settled = open;
    this.roundTrip = roundTrip;
  }

  /** An open one without anything under way. */
  static idle(roundTrip: Micros, now: Micros): Connection {
    return new Connection(now, roundTrip);
  }

  /** The handshake: SYN and SYN-ACK have to arrive in time; else the connection is dead when the time is up. */
  static opened(inner: Transit, from: NodeId, to: NodeId, now: Micros, times: TcpTimes) {
    const limit = now + times.connectTimeout;
    let answered = NEVER;
    let roundTrip = 0;
    let wait = times.synRto;
    for (let sent = now; sent < Math.min(limit, answered); sent += wait, wait *= 2) {
      const heard = sent + inner.delay(from, to, sent, HEADER_BYTES);
      if (heard === LOST) continue;
      const back = heard + inner.delay(to, from, heard, HEADER_BYTES);
      if (back < answered) roundTrip = back - sent;
      answered = Math.min(answered, back);
    }
    if (answered <= limit) return new Connection(answered, roundTrip);
    const failed = new Connection(NEVER, roundTrip);
    failed.end = limit;
    return failed;
  }

  /** When a message sent now arrives, or LOST. */
  send(inner: Transit, from: NodeId, to: NodeId, now: Micros, bytes: number, times: TcpTimes) {
    if (this.#recovered <= now) this.#timedOut = NEVER;
    // A timeout leaves a window of one segment: new data wait.
    const start = Math.max(now, this.#timedOut <= now ? this.#recovered : this.#open);
    if (start >= this.end) return LOST;
    const rto = Math.min(times.rto + Math.round(this.roundTrip), times.maxRto);
    const troubled = this.#timedOut < NEVER; // what went before will time out; retransmissions come in order
    const deadline = start + times.userTimeout;
    let arrival = NEVER;
    let acked = NEVER;
    let sent = start;
    for (let wait = rto; sent < deadline; wait = Math.min(2 * wait, times.maxRto)) {
      const there = sent + inner.delay(from, to, sent, bytes);
      if (there !== LOST) {
        arrival = Math.min(arrival, there);
        acked = Math.min(acked, there + inner.delay(to, from, there, HEADER_BYTES));
      }
      const next = troubled ? Math.max(sent + wait, this.#recovered) : sent + wait;
      if (acked <= next) break;
      sent = next;
    }
    if (acked > deadline) acked = NEVER;
    const inOrder = this.#arrived <= arrival;
    this.#arrived = Math.max(this.#arrived, arrival);
    this.#account(start, rto, acked, inOrder, deadline);
    return this.#arrived;
  }

  #account(start: Micros, rto: Micros, acked: Micros, inOrder: boolean, deadline: Micros): void {
    if (acked <= start + rto) {
      this.roundTrip += (acked - start - this.roundTrip) * GAIN;
      if (inOrder && acked <= this.#timedOut) {
        // It acknowledges all before it, too.
        this.#timedOut = NEVER;
        this.end = NEVER;
        this.#recovered = acked;
      }
    } else {
      this.#timedOut = Math.min(this.#timedOut, start + rto);
      this.#recovered = Math.max(this.#recovered, acked);
      if (acked === NEVER) this.end = Math.min(this.end, deadline);
    }
    this.settled = Math.max(this.#arrived, this.#recovered, acked);
  }
}
