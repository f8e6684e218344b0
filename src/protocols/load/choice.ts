/** The server for a job: the one with the least known load, of some or of all. Ties are decided at random. */
import type { Env, NodeId } from '../../engine/model.ts';

type Luck = Pick<Env<number>, 'draw' | 'n'>;

/**
 * Of so many servers, each drawn from all, as in Mitzenmacher 2001: a server may be drawn twice, and nobody is left out.
 * @param loads [row + server]
 */
export function leastOfSome(
  env: Luck,
  node: NodeId,
  choices: number,
  loads: Int32Array,
  row: number,
): NodeId {
  const { n } = env;
  let best = Math.floor(env.draw(node) * n);
  for (let i = 1; i < choices; i++) {
    const other = Math.floor(env.draw(node) * n);
    if (loads[row + other] < loads[row + best]) best = other; // of equals the first, which is one at random
  }
  return best;
}

/** @param loads [row + server] */
export function leastOfAll(env: Luck, node: NodeId, loads: Int32Array, row: number): NodeId {
  const end = row + env.n;
  let least = loads[row];
  let ties = 0;
  for (let i = row; i < end; i++) {
    const load = loads[i];
    if (load < least) {
      least = load;
      ties = 1;
    } else if (load === least) ties++;
  }
  let skip = Math.floor(env.draw(node) * ties);
  let i = row;
  while (loads[i] !== least || skip-- > 0) i++;
  return i - row;
}
