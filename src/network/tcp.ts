/**
 * TCP over a link that loses messages: loss shows as delay. Each try asks the wrapped link at the time of that try, and
 * its acknowledgement asks it the other way round when the try arrives. So what loses messages one way only ends
 * connections of both directions: the one can send nothing, the other is never acknowledged.
 * Each ordered pair has a connection for small messages, and one for those above `largeBytes`, as Cassandra has; one way
 * each. The first message opens it, and the first after its end opens another.
 * Sources: RFC 9293 and 6298; Linux net/ipv4 (RTO = smoothed round trip + 200 ms at least, doubled at each timeout, a
 * SYN again after 1 s); tcp(7), TCP_USER_TIMEOUT; Cassandra 4.0, OutboundConnection and cassandra.yaml
 * (internode_tcp_connect_timeout, internode_tcp_user_timeout).
 * Deviations: a message is one segment, whatever its size, and there is no flow or congestion control but this: while
 * the connection waits for the acknowledgement of a retransmission, what is sent new waits, too. No fast retransmission
 * (there are seldom three segments in flight behind a lost gossip message), no delayed acknowledgements, no TLS; the
 * handshake is a single round trip.
 * When a connection cannot be opened, its queue is dropped, as in 3.11; 4.0 keeps what has not expired, and tries again.
 * A link does not see processes: connections outlive a crash, what they hold is still delivered, and a new life needs no
 * handshake, which saves it one round trip. Nor does it hear of DOWN, at which Cassandra closes its connections to a node:
 * after an outage a connection may still wait for its next retransmission, up to 13 s with the defaults.
 * What lies below is asked ahead of time, so it must answer for times to come: loss, latency, bursts and partitions do; an
 * uplink (`bandwidth`) belongs around this link, where it is not used by what is sent again. Copies made below are
 * discarded, as TCP does.
 */
import { numberIn, positive } from '../base/errors.ts';
import { type Micros, micros } from '../base/time.ts';
import type { Link, NodeId, Transit } from '../engine/model.ts';
import { Connection, type TcpTimes } from './tcp-connection.ts';

/** Timers of TCP, in ms, and which messages have a connection of their own. */
export interface TcpOptions {
  /** What the first retransmission waits for beyond the round trip, in ms; default 200, the least of Linux. */
  readonly rtoMs?: number;
  /** The longest wait between two tries; default 120 000. */
  readonly maxRtoMs?: number;
  /** A SYN without an answer is repeated after this, and then after twice as long; default 1000. */
  readonly synRtoMs?: number;
  /** A connection not opened in this time is given up, with what waits for it; default 2000. */
  readonly connectTimeoutMs?: number;
  /** Data not acknowledged for so long end the connection, with what waits in it; default 30 000. */
  readonly userTimeoutMs?: number;
  /** Messages of more bytes, header included, have a connection of their own; default 65 536. */
  readonly largeBytes?: number;
}

const LARGE_BYTES = 65_536;
/** As few busy connections are not worth a search for those that have become idle. */
const FEW = 1024;

/** TCP over a link that loses datagrams. A `UserError` if a value makes no sense. */
export function tcp(options: TcpOptions, link: Link): Link {
  const times = timesOf(options);
  const largeBytes = numberIn('tcp', 'largeBytes', options.largeBytes ?? LARGE_BYTES, 0);
  return (streams) => {
    const { n } = streams;
    const inner = link(streams);
    const connections = new Connections(inner, times);
    return {
      delay(from, to, now, bytes) {
        const key = 2 * (from * n + to) + (bytes > largeBytes ? 1 : 0);
        return connections.send(key, from, to, now, bytes) - now;
      },
    };
  };
}

function timesOf(options: TcpOptions): TcpTimes {
  const us = (name: keyof TcpOptions, otherwise: number): Micros =>
    micros(positive('tcp', name, options[name] ?? otherwise));
  const rto = us('rtoMs', 200);
  return {
    rto,
    maxRto: micros(numberIn('tcp', 'maxRtoMs', options.maxRtoMs ?? 120_000, rto / 1000)),
    synRto: us('synRtoMs', 1000),
    connectTimeout: us('connectTimeoutMs', 2000),
    userTimeout: us('userTimeoutMs', 30_000),
  };
}

/** The connections of a run. Of an idle one only the round trip is kept: there may be 2 n^2 of them. */
class Connections {
  readonly #inner: Transit;
  readonly #times: TcpTimes;
  readonly #busy = new Map<number, Connection>();
  readonly #idle = new Map<number, Micros>(); // -> smoothed round trip, in whole microseconds
  #many = FEW;

  constructor(inner: Transit, times: TcpTimes) {
    this.#inner = inner;
    this.#times = times;
  }

  /** When it arrives, or LOST. */
  send(key: number, from: NodeId, to: NodeId, now: Micros, bytes: number): Micros {
    return this.#at(key, from, to, now).send(this.#inner, from, to, now, bytes, this.#times);
  }

  #at(key: number, from: NodeId, to: NodeId, now: Micros): Connection {
    const found = this.#busy.get(key);
    if (found !== undefined && now < found.end) return found;
    const roundTrip = this.#idle.get(key);
    if (this.#busy.size >= this.#many) this.#tidy(now);
    const connection =
      roundTrip === undefined
        ? Connection.opened(this.#inner, from, to, now, this.#times)
        : Connection.idle(roundTrip, now);
    this.#idle.delete(key);
    this.#busy.set(key, connection);
    return connection;
  }

  /** Puts aside what has become idle, and forgets what is dead. */
  #tidy(now: Micros): void {
    for (const [key, { end, settled, roundTrip }] of this.#busy) {
      if (now < end && now < settled) continue;
      this.#busy.delete(key);
      if (now < end) this.#idle.set(key, Math.round(roundTrip));
    }
    this.#many = Math.max(FEW, 2 * this.#busy.size);
  }
}
