/** Sends messages over the scenario's link, and counts them. */
import { assert } from '../base/errors.ts';
import type { Micros } from '../base/time.ts';
import { type Agenda, countMessages } from './agenda.ts';
import type { Core } from './core/core.ts';
import { LOSS, MESSAGE, OBJECT } from './events.ts';
import { type Often, oftenOf } from './hooks.ts';
import {
  type Channel,
  type Holds,
  LOST,
  type NodeId,
  type Observer,
  type Traffic,
  type Transit,
} from './model.ts';
import { Payloads } from './payloads.ts';
import { plainOf } from './plain.ts';

const HEADER_BYTES = 28; // IPv4 20, UDP 8

export interface PostOptions<M> {
  readonly transit: Transit;
  readonly agenda: Agenda;
  /** Sends what goes by plain links; absent: all is sent here. */
  readonly core?: Core | undefined;
  readonly observers: readonly Observer<M>[];
  readonly headerBytes?: number | undefined;
  readonly checked: boolean;
}

export class Post<M> {
  readonly traffic: Traffic = {
    sent: 0,
    delivered: 0,
    lost: 0,
    dead: 0,
    inFlight: 0,
    bytesSent: 0,
    bytesLost: 0,
  };
  /** Messages in flight that are not small integers. */
  readonly payloads: Payloads<M>;
  /** Set by the run when it has its protocol; undefined: messages are not handles. */
  holds: Holds<M> | undefined;
  readonly #transit: Transit;
  readonly #agenda: Agenda;
  readonly #core: Core | undefined; // undefined: the link is not plain
  readonly #onSend: Often<M>['onSend'];
  readonly #headerBytes: number;

  constructor({ transit, agenda, core, observers, headerBytes, checked }: PostOptions<M>) {
    this.payloads = new Payloads(checked);
    this.#transit = transit;
    this.#agenda = agenda;
    this.#core = core !== undefined && plainly(core, transit) ? core : undefined;
    this.#onSend = oftenOf(observers).onSend;
    this.#headerBytes = headerBytes ?? HEADER_BYTES;
  }

  /** Now, which is the time of the event that the agenda gave last. */
  send(from: NodeId, to: NodeId, message: M, payloadBytes: number, channel: Channel): void {
    const now = this.#agenda.time;
    const bytes = payloadBytes + this.#headerBytes;
    if (this.#core !== undefined) {
      this.#sendPlainly(this.#core, now, from, to, message, bytes);
      return;
    }
    const transit = this.#transit;
    const copies = transit.copies === undefined ? 1 : transit.copies(from, to, now, channel);
    for (let i = 0; i < copies; i++) this.#sendCopy(now, from, to, message, bytes, channel);
  }

  /** Completes the counts; in checked mode messages must balance, for which the agenda is emptied. */
  close(checked: boolean, pendingBeside: number): Traffic {
    const traffic = this.traffic;
    traffic.inFlight = traffic.sent - traffic.lost - traffic.delivered - traffic.dead;
    if (checked) {
      const pending = countMessages(this.#agenda) + pendingBeside;
      const { inFlight } = traffic;
      assert(pending === inFlight, `${inFlight} messages should be in flight, ${pending} are`);
    }
    return traffic;
  }

  #sendCopy(
    now: Micros,
    from: NodeId,
    to: NodeId,
    message: M,
    bytes: number,
    channel: Channel,
  ): void {
    const delay = this.#transit.delay(from, to, now, bytes, channel);
    this.#count(now, from, to, message, bytes, delay);
    if (delay === LOST) {
      this.#agenda.occurred(LOSS, from, to);
      return;
    }
    const small = isSmall(message);
    const word = small ? (message as number) : this.payloads.store(message);
    this.#agenda.schedule(now + delay, small ? MESSAGE : OBJECT, to, from, word);
  }

  /** The same by the core, which knows only words: what is lost leaves the payloads as they were. */
  #sendPlainly(core: Core, now: Micros, from: NodeId, to: NodeId, message: M, bytes: number): void {
    const small = isSmall(message);
    const word = small ? (message as number) : this.payloads.store(message);
    const delay = core.send(now, from, to, small ? MESSAGE : OBJECT, word);
    this.#count(now, from, to, message, bytes, delay);
    if (delay === LOST && !small) this.payloads.take(word);
  }

  #count(now: Micros, from: NodeId, to: NodeId, message: M, bytes: number, delay: Micros): void {
    const traffic = this.traffic;
    traffic.sent++;
    traffic.bytesSent += bytes;
    const onSend = this.#onSend;
    for (let i = 0; i < onSend.length; i++) onSend[i].onSend(now, from, to, message, bytes, delay);
    if (delay === LOST) {
      traffic.lost++;
      traffic.bytesLost += bytes;
    } else this.holds?.retain(message);
  }
}

/** The type first: `|` on an object would print it, and throws for one without a prototype. */
const isSmall = (message: unknown): boolean =>
  typeof message === 'number' && (message | 0) === message;

/** Tells the core how the link delays messages, if it is so plain that the core can do it. */
function plainly(core: Core, transit: Transit): boolean {
  const plain = plainOf(transit);
  if (plain === undefined) return false;
  const { loss, draws, leastMs, rangeMs } = plain;
  const coins = loss === undefined ? NOWHERE : core.placeOf(loss.coins);
  const latencies = draws === undefined ? NOWHERE : core.placeOf(draws);
  if (coins === undefined || latencies === undefined) return false;
  core.setLoss(coins, loss?.p ?? 0);
  core.setDelay(latencies, leastMs, rangeMs);
  return true;
}

/** Not drawn from. */
const NOWHERE = { key0: 0, key1: 0, address: 0 };
