/** What nodes are, as the facts and faults of a chronicle tell it: up or down, informed, suspicious, paused. */
import { DELIVERED } from '../../engine/model.ts';
import { type Chronicle, FACT, FAULT, FAULTS, STARTED } from '../../metrics/chronicle/index.ts';
import { doubts } from '../../metrics/doubt.ts';

/** Not slow: that it ends a chronicle does not tell from a change. From the outermost to the innermost, as slices lie in one another. */
const STATES = ['up', 'informed', 'suspects', 'paused'] as const;
type State = (typeof STATES)[number];

export class States {
  /** Nodes that are up and have heard a rumour. */
  informed = 0;
  /** Pairs: a node that is up suspects another, holds it to be dead, or has dropped it. */
  suspicions = 0;
  down = 0;
  readonly #of: Set<State>[]; // [node]
  readonly #isDown: Uint8Array; // [node]
  readonly #suspects = new Map<number, Set<number>>();

  constructor(n: number) {
    this.#of = Array.from({ length: n }, () => new Set());
    this.#isDown = new Uint8Array(n);
  }

  /** Of a node, outermost first. A node that has not started is nothing. */
  of(node: number): readonly string[] {
    if (this.#isDown[node]) return ['down'];
    return STATES.filter((state) => this.#of[node].has(state));
  }

  /** Whether the happening i changed what the node is. */
  take({ what, node, other, word }: Chronicle, i: number): boolean {
    if (what[i] === STARTED) this.#start(node[i]);
    else if (what[i] === FAULT) this.#befall(node[i], FAULTS[word[i]]);
    else if (what[i] === FACT) return this.#learn(node[i], word[i], other[i]);
    else return false;
    return true;
  }

  #start(node: number): void {
    if (this.#isDown[node]) {
      this.#isDown[node] = 0;
      this.down--;
    }
    this.#of[node].add('up');
  }

  #befall(node: number, fault: string): void {
    const states = this.#of[node];
    if (fault === 'pause') states.add('paused');
    else if (fault === 'resume') states.delete('paused');
    else if (fault === 'crash' || fault === 'absent') this.#fall(node);
  }

  #fall(node: number): void {
    this.#isDown[node] = 1;
    this.down++;
    if (this.#of[node].has('informed')) this.informed--;
    this.suspicions -= this.#suspects.get(node)?.size ?? 0;
    this.#suspects.delete(node);
    this.#of[node].clear();
  }

  #learn(node: number, fact: number, about: number): boolean {
    const states = this.#of[node];
    if (fact === DELIVERED && !states.has('informed')) {
      states.add('informed');
      this.informed++;
      return true;
    }
    const doubt = doubts(fact);
    if (doubt === undefined) return false;
    return doubt ? this.#suspect(node, about) : this.#clear(node, about);
  }

  #suspect(node: number, about: number): boolean {
    const suspects = this.#suspects.get(node) ?? new Set();
    if (suspects.has(about)) return false;
    this.#suspects.set(node, suspects.add(about));
    this.#of[node].add('suspects');
    this.suspicions++;
    return true;
  }

  #clear(node: number, about: number): boolean {
    const suspects = this.#suspects.get(node);
    if (!suspects?.delete(about)) return false;
    if (suspects.size === 0) this.#of[node].delete('suspects');
    this.suspicions--;
    return true;
  }
}
