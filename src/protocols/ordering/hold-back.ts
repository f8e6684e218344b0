/**
 * The hold-back queue: writes that have arrived and may not be applied yet. Whenever a node applies one, those that wait
 * are looked at again in the order of their arrival, until none of them is ready.
 */
import type { NodeId } from '../../engine/model.ts';
import type { Delivery } from './delivery.ts';

export interface HoldBack {
  /** The write has come to the node: applies it now, and others that waited for it; or it waits. */
  arrive(node: NodeId, write: number): void;
}

export function holdBack(
  n: number,
  delivery: Delivery,
  apply: (node: NodeId, write: number) => void,
): HoldBack {
  const waiting: number[][] = Array.from({ length: n }, () => []); // [node] in order of arrival

  function applyNow(node: NodeId, write: number) {
    delivery.apply(node, write);
    apply(node, write);
  }

  /** Applies the first that is ready; false if none is. */
  function release(node: NodeId): boolean {
    const held = waiting[node];
    const place = held.findIndex((write) => delivery.ready(node, write));
    if (place < 0) return false;
    const [write] = held.splice(place, 1);
    applyNow(node, write);
    return true;
  }

  return {
    arrive(node, write) {
      if (!delivery.ready(node, write)) {
        waiting[node].push(write);
        return;
      }
      applyNow(node, write);
      while (release(node));
    },
  };
}
