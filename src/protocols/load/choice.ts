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

/**
 * @param loads [row + server]
 * @param least room for all servers: those with the least load are listed there
 */
export function leastOfAll(
  env: Luck,
  node: NodeId,
  loads: Int32Array,
  row: number,
  least: Int32Array,
): NodeId {
  const { n } = env;
  let lowest = loads[row];
  let ties = 0;
  for (let server = 0; server < n; server++) {
    const load = loads[row + server];
    if (load > lowest) continue;
    if (load < lowest) {
      lowest = load;
      ties = 0;
    }
    least[ties++] = server;
  }
  return least[Math.floor(env.draw(node) * ties)];
}
