/** In which order nodes lie, so that arrows are short and cross little. */
import type { Arrow } from './drawn.ts';

/** Nodes change places as long as the arrows become shorter by it; ties go to the order given. */
export function rowsOf(
  nodes: readonly number[],
  arrows: readonly Pick<Arrow, 'from' | 'to'>[],
): readonly number[] {
  let rows = [...nodes];
  let least = lengthOf(rows, arrows);
  for (let better = true; better; ) {
    better = false;
    for (let i = 0; i < rows.length; i++) {
      for (let j = i + 1; j < rows.length; j++) {
        const swapped = [...rows];
        [swapped[i], swapped[j]] = [swapped[j], swapped[i]];
        const length = lengthOf(swapped, arrows);
        if (length >= least) continue;
        [rows, least, better] = [swapped, length, true];
      }
    }
  }
  return rows;
}

/** Squares: one long arrow crosses more than two short ones. */
function lengthOf(rows: readonly number[], arrows: readonly Pick<Arrow, 'from' | 'to'>[]): number {
  const place = new Map(rows.map((node, i) => [node, i]));
  return arrows.reduce((sum, { from, to }) => sum + (place.get(from)! - place.get(to)!) ** 2, 0);
}
