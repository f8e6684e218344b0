/**
 * Pull epidemic: every round, a node that has not heard every rumour asks `fanout` random partners, and each answers
 * with what it knew before.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.3 (pull); the
 * model of Doerr and Kostrygin, "Randomized rumor spreading revisited", ICALP 2017.
 * Deviations: a node knows how many rumours there are, as in the model of one rumour, and stops asking when it has all.
 */
import { wholeNumber } from '../../base/errors.ts';
import type { NodeId, ProtocolFactory } from '../../engine/model.ts';
import { CONTROL_BYTES, message, REQUEST, rumourOf, tagOf } from './messages.ts';
import { news } from './news.ts';

/** Whoever lacks a rumour asks. Demers et al. 1987. */
export const pull =
  ({ fanout = 1, rumourBytes = 100 } = {}): ProtocolFactory<number> =>
  (env) => {
    wholeNumber('pull', 'fanout', fanout, 1, env.n);
    const { columns, hear, knewBefore, tell } = news(env);

    function knowsAll(node: NodeId): boolean {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        if (!knewBefore(node, rumour)) return false;
      }
      return true;
    }

    return {
      columns,
      onInput: hear,
      onRound(node) {
        if (knowsAll(node)) return;
        for (let i = 0; i < fanout; i++) {
          env.send(node, env.peer(node), message(REQUEST), CONTROL_BYTES);
        }
      },
      onMessage(node, from, received) {
        if (tagOf(received) === REQUEST) tell(node, from, rumourBytes);
        else hear(node, rumourOf(received));
      },
    };
  };
