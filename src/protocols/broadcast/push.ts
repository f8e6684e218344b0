/**
 * Push epidemic: once it has heard a rumour, a node tells `fanout` random partners every round, for ever.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.3 (push);
 * with fanout 1 the model of Pittel, "On spreading a rumor", SIAM J. Appl. Math. 47, 1987. Deviations: none.
 */
import { wholeNumber } from '../../base/errors.ts';
import type { ProtocolFactory } from '../../engine/model.ts';
import { rumourOf } from './messages.ts';
import { news } from './news.ts';

/** Whoever knows a rumour tells others every round. Demers et al. 1987; Pittel 1987. */
export const push =
  ({ fanout = 1, rumourBytes = 100 } = {}): ProtocolFactory<number> =>
  (env) => {
    wholeNumber('push', 'fanout', fanout, 1, env.n);
    const { columns, hear, tell } = news(env);

    return {
      columns,
      onInput: hear,
      onRound(node) {
        for (let i = 0; i < fanout; i++) tell(node, env.peer(node), rumourBytes);
      },
      onMessage: (node, _from, message) => hear(node, rumourOf(message)),
    };
  };
