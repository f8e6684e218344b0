/**
 * Push epidemic: once it has heard a rumour, a node tells `fanout` random partners every round, for ever.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.3 (push);
 * with fanout 1 the model of Pittel, "On spreading a rumor", SIAM J. Appl. Math. 47, 1987. Deviations: none.
 */
import { wholeNumber } from '../../base/errors.ts';
import { DELIVERED, DUPLICATE, type NodeId, type ProtocolFactory } from '../../engine/model.ts';

export const push =
  ({ fanout = 1, rumourBytes = 100 } = {}): ProtocolFactory<number> =>
  (env) => {
    wholeNumber('push', 'fanout', fanout, 1, env.n);
    const rumours = env.inputs;
    const knows = new Uint8Array(env.n * rumours); // [node * rumours + rumour] 1 once the node has heard it

    function hear(node: NodeId, rumour: number) {
      const entry = node * rumours + rumour;
      env.emit(knows[entry] ? DUPLICATE : DELIVERED, node, rumour);
      knows[entry] = 1;
    }

    function tell(node: NodeId, partner: NodeId) {
      for (let rumour = 0; rumour < rumours; rumour++) {
        if (knows[node * rumours + rumour]) env.send(node, partner, rumour, rumourBytes);
      }
    }

    return {
      onInput: hear,
      onRound(node) {
        for (let i = 0; i < fanout; i++) tell(node, env.peer(node));
      },
      onMessage: (node, _from, rumour) => hear(node, rumour),
    };
  };
