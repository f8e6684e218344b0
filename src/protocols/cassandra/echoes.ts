/**
 * Echo requests, and when they leave: of many endpoints that one message brings, each is asked whether it is there when
 * its turn comes, after the listeners of those before it. Source: Gossiper.applyStateLocally, markAlive.
 */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { Fifo } from './fifo.ts';
import { type CassandraMessage, ECHO } from './messages.ts';
import { ECHO_BYTES } from './sizes.ts';

interface Question {
  readonly subject: NodeId;
  /** Of the subject, when its news were applied. */
  readonly generation: number;
}

export class Echoes {
  readonly #env: Env<CassandraMessage>;
  readonly #timer: number;
  readonly #waiting: Fifo<Question>[]; // [node]

  /** @param timer the tag of its timers. */
  constructor(env: Env<CassandraMessage>, timer: number) {
    this.#env = env;
    this.#timer = timer;
    this.#waiting = Array.from({ length: env.n }, () => new Fifo<Question>());
  }

  /** A process starts. */
  start(node: NodeId): void {
    this.#waiting[node].clear();
  }

  /** @param after us, what the listeners before it take; never less than for the one asked before. */
  ask(node: NodeId, subject: NodeId, generation: number, after: Micros): void {
    const question = { subject, generation };
    if (after === 0) this.#send(node, question);
    else {
      this.#waiting[node].push(question);
      this.#env.at(node, this.#env.now() + after, this.#timer);
    }
  }

  /** The timer. */
  next(node: NodeId): void {
    this.#send(node, this.#waiting[node].shift());
  }

  #send(node: NodeId, { subject, generation }: Question): void {
    this.#env.send(node, subject, { kind: ECHO, created: this.#env.now(), generation }, ECHO_BYTES);
  }
}
