/**
 * Changes of metadata, which the workload hands to members as its inputs: each is a rumour that whoever believes its
 * incarnation, or a later one, has heard.
 */
import { DELIVERED, type Env, type NodeId } from '../../engine/model.ts';

interface Update {
  readonly incarnation: number;
  readonly input: number;
}

export class Updates {
  readonly #env: Env<unknown>;
  readonly #of: Update[][]; // [subject] in this life of it
  readonly #heard: Uint8Array; // [node * inputs + input] 1 once it has

  constructor(env: Env<unknown>) {
    this.#env = env;
    this.#of = Array.from({ length: env.n }, () => []);
    this.#heard = new Uint8Array(env.n * env.inputs);
  }

  add(subject: NodeId, incarnation: number, input: number): void {
    this.#of[subject].push({ incarnation, input });
    this.#hear(subject, input);
  }

  /** The node believes that the subject is alive in that incarnation. */
  heard(node: NodeId, subject: NodeId, incarnation: number): void {
    for (const update of this.#of[subject]) {
      if (update.incarnation <= incarnation) this.#hear(node, update.input);
    }
  }

  /** A new life of the subject has other incarnations. */
  clear(subject: NodeId): void {
    this.#of[subject].length = 0;
  }

  #hear(node: NodeId, input: number): void {
    const place = node * this.#env.inputs + input;
    if (this.#heard[place] === 1) return;
    this.#heard[place] = 1;
    this.#env.emit(DELIVERED, node, input);
  }
}
