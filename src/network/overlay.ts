/** placeholder, written by the network helper */
import type { Overlay } from '../engine/model.ts';
export const complete: Overlay = ({ n }) => ({
  degree: () => n - 1,
  neighbour: (node, i) => (i < node ? i : i + 1),
});
