/** News of one node as others heard it, in protocols that wait for news: who heard how new ones, and when. */
import type { Micros } from '../../../base/time.ts';
import type { NodeId } from '../../../engine/model.ts';
import { HEARD, SENT } from '../../../metrics/chronicle/index.ts';
import type { Ground } from './ground.ts';
import { versionIn } from './speech.ts';

export class News {
  readonly subject: NodeId;
  readonly #ground: Ground;
  readonly #isDirect: boolean;
  readonly #known = new Map<number, number | undefined>(); // number of words -> version

  constructor(ground: Ground, subject: NodeId) {
    this.#ground = ground;
    this.subject = subject;
    this.#isDirect = ground.protocol === 'direct-heartbeats';
  }

  /** How new the news is that a message carries, which was SENT or HEARD: more is newer; undefined: it carries none. */
  version(i: number): number | undefined {
    const { chronicle } = this.#ground;
    if (this.#isDirect) {
      const sent = chronicle.what[i] === SENT ? i : chronicle.cause[i];
      return chronicle.node[sent] === this.subject ? sent : undefined;
    }
    const word = chronicle.word[i];
    if (!this.#known.has(word)) {
      this.#known.set(word, versionIn(chronicle.words[word], this.subject));
    }
    return this.#known.get(word);
  }

  /** Messages that brought the node newer news than it had, until a happening; in order. */
  heardBy(node: NodeId, until: number, from = 0): readonly number[] {
    const { what, node: who } = this.#ground.chronicle;
    const found: number[] = [];
    let newest = -1;
    for (let i = from; i < until; i++) {
      if (what[i] !== HEARD || who[i] !== node) continue;
      const version = this.version(i);
      if (version === undefined || version <= newest) continue;
      newest = version;
      found.push(i);
    }
    return found;
  }

  /** How the news that a message brought came there: messages as they were heard, the first from the subject itself. */
  pathTo(heard: number): readonly number[] {
    const { other, cause } = this.#ground.chronicle;
    const version = this.version(heard)!;
    const path = [heard];
    for (let from = other[heard]; from !== this.subject; from = other[path[0]]) {
      const before = this.#firstAt(from, version, cause[path[0]]);
      if (before === undefined) break;
      path.unshift(before);
    }
    return path;
  }

  /** Messages that carry newer news than that, to a node if it is named, sent before a happening. */
  carriers(version: number, until: number, to?: NodeId): readonly number[] {
    const newer = (i: number) => (this.version(i) ?? -1) > version;
    return this.#ground.sent(to === undefined ? {} : { to }, newer, 0, until);
  }

  /** When the subject first sent news as new as that; undefined: it is from before the run. */
  born(version: number): Micros | undefined {
    const { at, length } = this.#ground.chronicle;
    const isSo = (i: number) => (this.version(i) ?? -1) >= version;
    const [first] = this.#ground.sent({ from: this.subject }, isSo, 0, length);
    return first === undefined ? undefined : at[first];
  }

  #firstAt(node: NodeId, version: number, until: number): number | undefined {
    const { what, node: who } = this.#ground.chronicle;
    for (let i = 0; i < until; i++) {
      if (what[i] === HEARD && who[i] === node && (this.version(i) ?? -1) >= version) return i;
    }
    return undefined;
  }
}
