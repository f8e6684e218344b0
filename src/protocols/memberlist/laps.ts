/**
 * Whom a member probes next: along its list, past itself and those that are dead or have left; at the end those dead for
 * long are forgotten and the list is shuffled. Suspects are probed. Source: memberlist, state.go (probe, resetNodes).
 */
import { type Env, FORGOTTEN, NOBODY, type NodeId } from '../../engine/model.ts';
import { DEAD, type Members } from './members.ts';
import type { Settings } from './options.ts';

export class Laps {
  readonly #env: Env<unknown>;
  readonly #members: Members;
  readonly #settings: Settings;
  readonly #place: Int32Array; // [node]

  constructor(env: Env<unknown>, settings: Settings, members: Members) {
    this.#env = env;
    this.#members = members;
    this.#settings = settings;
    this.#place = new Int32Array(env.n);
  }

  /** A new life begins at the start of its list. */
  start(node: NodeId): void {
    this.#place[node] = 0;
  }

  /** A cluster long up: the member is somewhere on its way. */
  settle(node: NodeId): void {
    this.#members.shuffle(node);
    this.#place[node] = Math.floor(this.#env.draw(node) * this.#members.count[node]);
  }

  next(node: NodeId): NodeId {
    const members = this.#members;
    for (let checked = 0; checked < members.count[node]; checked++) {
      if (this.#place[node] >= members.count[node]) {
        members.forget(node, this.#settings.gossipToTheDead, this.#forgotten);
        members.shuffle(node);
        this.#place[node] = 0;
        continue;
      }
      const subject = members.at(node, this.#place[node]++);
      if (subject !== node && members.status(node, subject) < DEAD) return subject;
    }
    return NOBODY;
  }

  readonly #forgotten = (node: NodeId, subject: NodeId): void =>
    this.#env.emit(FORGOTTEN, node, subject);
}
