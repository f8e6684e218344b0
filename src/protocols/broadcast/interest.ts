/**
 * How a site loses interest in a rumour: it removes itself after k cycles in which it was told nothing but
 * "unnecessary" (counter), or with probability 1/k after each such cycle (coin).
 * Source: Demers et al., PODC 1987, section 1.4 (variants) and the footnote to its table 3: a cycle counts once, however
 * many partners a site had, and not at all if one of them needed the rumour. A site that pushes has one partner a cycle,
 * so for push this is "per contact". The counter is reset by a useful contact ("k consecutive unnecessary contacts"):
 * the text leaves it open, the numbers of table 1 come out only so. `reset: false` counts all.
 * Deviations: none.
 */
import { type Env, type NodeId, REMOVED } from '../../engine/model.ts';

export interface InterestOptions {
  readonly k: number;
  readonly rule: 'counter' | 'coin';
  readonly reset: boolean;
}

// A site's state towards a rumour; 0 = susceptible, as the columns begin.
const INFECTIVE = 1;
const REMOVED_STATE = 2;

// What a cycle has shown so far; 0 = no contact. One useful contact outweighs all others.
const UNNECESSARY_ONLY = 1;
const NEEDED_ONCE = 2;

export class Interest {
  readonly #env: Env<number>;
  readonly #options: InterestOptions;
  readonly #state: Uint8Array; // [node * inputs + rumour] susceptible, INFECTIVE or REMOVED_STATE
  readonly #counter: Uint8Array; // [node * inputs + rumour] unnecessary cycles so far, < k while infective
  readonly #cycle: Uint8Array; // [node * inputs + rumour] none, UNNECESSARY_ONLY or NEEDED_ONCE

  constructor(env: Env<number>, options: InterestOptions) {
    const entries = env.n * env.inputs;
    this.#env = env;
    this.#options = options;
    this.#state = new Uint8Array(entries);
    this.#counter = new Uint8Array(entries);
    this.#cycle = new Uint8Array(entries);
  }

  /** The site has heard the rumour for the first time: it is infective now. */
  kindle(node: NodeId, rumour: number): void {
    this.#state[node * this.#env.inputs + rumour] = INFECTIVE;
  }

  infective(node: NodeId, rumour: number): boolean {
    return this.#state[node * this.#env.inputs + rumour] === INFECTIVE;
  }

  /** The site's counter; k for a removed site, so that whoever meets it has the smaller one. */
  counter(node: NodeId, rumour: number): number {
    const entry = node * this.#env.inputs + rumour;
    return this.#state[entry] === REMOVED_STATE ? this.#options.k : this.#counter[entry];
  }

  /** A contact of this cycle needed the rumour, or did not. */
  contact(node: NodeId, rumour: number, needed: boolean): void {
    const entry = node * this.#env.inputs + rumour;
    this.#cycle[entry] = Math.max(this.#cycle[entry], needed ? NEEDED_ONCE : UNNECESSARY_ONLY);
  }

  /** Judges the cycle that is over, once per rumour. */
  endCycle(node: NodeId): void {
    for (let rumour = 0; rumour < this.#env.inputs; rumour++) {
      const entry = node * this.#env.inputs + rumour;
      const shown = this.#cycle[entry];
      this.#cycle[entry] = 0;
      if (this.#state[entry] !== INFECTIVE) continue;
      if (shown === NEEDED_ONCE && this.#options.reset) this.#counter[entry] = 0;
      if (shown === UNNECESSARY_ONLY && this.#loses(node, entry)) {
        this.#state[entry] = REMOVED_STATE;
        this.#env.emit(REMOVED, node, rumour);
      }
    }
  }

  #loses(node: NodeId, entry: number): boolean {
    const { rule, k } = this.#options;
    if (rule === 'coin') return this.#env.draw(node) < 1 / k;
    return ++this.#counter[entry] === k;
  }
}
