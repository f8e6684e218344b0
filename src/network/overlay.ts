/** The complete graph: everybody may gossip with everybody. It takes no memory and draws nothing. */
import type { Neighbours, Overlay } from '../engine/model.ts';
import { sayComplete } from '../engine/plain.ts';

/** Everybody may gossip with everybody. */
export const complete: Overlay = ({ n }) => {
  const everybody: Neighbours = {
    degree: () => n - 1,
    neighbour: (node, i) => i + Number(i >= node), // without a branch, which nobody could foresee
  };
  sayComplete(everybody, n);
  return everybody;
};
