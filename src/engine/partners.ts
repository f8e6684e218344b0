/** Draws gossip partners from an overlay: one uniform neighbour, or several different ones. */
import type { Stream } from '../base/stream.ts';
import type { Core } from './core/core.ts';
import { type Neighbours, NOBODY, type NodeId } from './model.ts';
import { nodesIfComplete } from './plain.ts';

const TRIES = 100;

export class Partners {
  readonly #overlay: Neighbours;
  readonly #draws: Stream;
  readonly #core: Core | undefined;
  readonly #views: Int32Array[] = []; // [count] a view of that length on the scratch array
  #scratch = new Int32Array(16);

  /** @param core draws partners in the complete graph; absent: they are drawn here. */
  constructor(overlay: Neighbours, draws: Stream, core?: Core) {
    this.#overlay = overlay;
    this.#draws = draws;
    const nodes = nodesIfComplete(overlay);
    const place = core?.placeOf(draws);
    if (nodes === undefined || nodes < 2 || place === undefined) return;
    core!.setPeers(place, nodes);
    this.#core = core;
  }

  peer(node: NodeId): NodeId {
    if (this.#core !== undefined) return this.#core.peer(node);
    const overlay = this.#overlay;
    if (overlay.pick !== undefined) return overlay.pick(node, this.#draws);
    const degree = overlay.degree(node);
    return degree === 0 ? NOBODY : overlay.neighbour(node, this.#draws.below(node, degree));
  }

  /** Robert Floyd's sample without replacement: `count` draws, whatever the degree. */
  peers(node: NodeId, count: number): Int32Array {
    const overlay = this.#overlay;
    if (overlay.pick !== undefined) return this.#picked(node, count);
    const degree = overlay.degree(node);
    const wanted = Math.min(count, degree);
    const chosen = this.#view(wanted);
    for (let i = 0; i < wanted; i++) {
      const last = degree - wanted + i;
      const drawn = this.#draws.below(node, last + 1);
      chosen[i] = contains(chosen, i, drawn) ? last : drawn;
    }
    for (let i = 0; i < wanted; i++) chosen[i] = overlay.neighbour(node, chosen[i]);
    return chosen;
  }

  /** By a law of its own: drawn until different, for which rare partners get TRIES chances each. */
  #picked(node: NodeId, count: number): Int32Array {
    const wanted = Math.min(count, this.#overlay.degree(node));
    const chosen = this.#view(wanted);
    let found = 0;
    for (let tries = TRIES * wanted; found < wanted && tries > 0; tries--) {
      const drawn = this.#overlay.pick!(node, this.#draws);
      if (!contains(chosen, found, drawn)) chosen[found++] = drawn;
    }
    return found === wanted ? chosen : this.#view(found);
  }

  #view(count: number): Int32Array {
    if (count > this.#scratch.length) {
      this.#scratch = new Int32Array(2 * count);
      this.#views.length = 0;
    }
    return (this.#views[count] ??= this.#scratch.subarray(0, count));
  }
}

/** Whether value is among the first `length`; linear, since fanouts are small. */
function contains(array: Int32Array, length: number, value: number): boolean {
  for (let i = 0; i < length; i++) if (array[i] === value) return true;
  return false;
}
