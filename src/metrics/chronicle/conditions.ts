/** In which condition each node was, and when, as the faults of a chronicle tell it. */
import type { Micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import { type Chronicle, FAULT, FAULTS } from './model.ts';

/** A node was down, or did nothing for a while. It lasts until just before `until`; Infinity: to the end. */
export interface Spell {
  readonly is: 'down' | 'paused';
  readonly from: Micros;
  readonly until: Micros;
  /** The fault that began it; of `down` it says whether the node was there before. */
  readonly fault: number;
}

/** When each node was down or paused. */
export class Conditions {
  readonly #of = new Map<NodeId, readonly Spell[]>();

  constructor(chronicle: Chronicle) {
    const { length, what, node, word, at } = chronicle;
    const open = new Map<NodeId, Omit<Spell, 'until'>>();
    const close = (who: NodeId, until: Micros) => {
      const begun = open.get(who);
      if (begun === undefined) return;
      this.#of.set(who, [...this.of(who), { ...begun, until }]);
      open.delete(who);
    };
    for (let i = 0; i < length; i++) {
      if (what[i] !== FAULT) continue;
      const kind = FAULTS[word[i]];
      if (kind === 'slow' || kind === 'clock') continue;
      close(node[i], at[i]);
      if (kind === 'pause') open.set(node[i], { is: 'paused', from: at[i], fault: i });
      if (kind === 'crash' || kind === 'absent') {
        open.set(node[i], { is: 'down', from: at[i], fault: i });
      }
    }
    for (const who of [...open.keys()]) close(who, Infinity);
  }

  /** In the order of time; between them the node was up. */
  of(node: NodeId): readonly Spell[] {
    return this.#of.get(node) ?? [];
  }

  /** Undefined: it was up. */
  at(node: NodeId, time: Micros): Spell | undefined {
    return this.of(node).find(({ from, until }) => from <= time && time < until);
  }

  /** Those that share a moment with the time from `from` to `until`. */
  within(node: NodeId, from: Micros, until: Micros): readonly Spell[] {
    return this.of(node).filter((spell) => spell.from <= until && spell.until > from);
  }
}
