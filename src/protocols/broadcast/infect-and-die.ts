/**
 * Infect and die: the first time a node hears a rumour it passes it once to `fanout` different random nodes, and is
 * then done with it. It needs no rounds.
 * Source: Kermarrec, Massoulie, Ganesh, "Probabilistic reliable dissemination in large-scale systems", IEEE TPDS 14(3),
 * 2003, section 3. `fanoutLaw: 'poisson'` draws each node's fanout from a Poisson law of mean `fanout`: the case in which
 * P(all reached) -> exp(-exp(-c)) at mean ln n + c is exact, and an epidemic dies out with probability 1 - pi.
 * Deviations: the Poisson law is cut off at the number of neighbours.
 */
import { oneOf, positive, wholeNumber } from '../../base/errors.ts';
import { type Env, type NodeId, type ProtocolFactory, REMOVED } from '../../engine/model.ts';
import { message, RUMOUR, rumourOf } from './messages.ts';
import { news } from './news.ts';

/** Options of `infectAndDie`, with their units. */
export interface InfectAndDieOptions {
  /** Partners of a node: a whole number, or with 'poisson' a mean. */
  readonly fanout: number;
  readonly fanoutLaw?: 'fixed' | 'poisson';
  readonly rumourBytes?: number;
}

/** A node passes a rumour on once. Kermarrec, Massoulié, Ganesh 2003. */
export const infectAndDie =
  ({
    fanout,
    fanoutLaw = 'fixed',
    rumourBytes = 100,
  }: InfectAndDieOptions): ProtocolFactory<number> =>
  (env) => {
    oneOf('infect-and-die', 'fanoutLaw', fanoutLaw, ['fixed', 'poisson']);
    if (fanoutLaw === 'fixed') wholeNumber('infect-and-die', 'fanout', fanout, 1, env.n);
    else positive('infect-and-die', 'fanout', fanout);
    const { columns, hear } = news(env);

    function infect(node: NodeId, rumour: number) {
      if (!hear(node, rumour)) return;
      const count = fanoutLaw === 'fixed' ? fanout : poisson(env, node, fanout);
      for (const partner of env.peers(node, count)) {
        env.send(node, partner, message(RUMOUR, rumour), rumourBytes);
      }
      env.emit(REMOVED, node, rumour);
    }

    return {
      columns,
      onInput: infect,
      onMessage: (node, _from, received) => infect(node, rumourOf(received)),
    };
  };

/** How many points of a Poisson process of rate 1 fall below `mean`: its gaps are exponential. */
function poisson(env: Env<number>, node: NodeId, mean: number): number {
  let points = -1;
  for (let at = 0; at < mean; points++) at += -Math.log(env.draw(node));
  return points;
}
