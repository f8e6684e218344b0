/**
 * Push-pull epidemic: every round, every node calls `fanout` random partners, tells each what it knew before and asks
 * it for what it knew before.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.3; the model of
 * Karp, Schindelhauer, Shenker, Voecking, "Randomized rumor spreading", FOCS 2000, section 2, without its end.
 * Deviations: a call is a REQUEST beside the rumours, so each can be lost alone.
 */
import { wholeNumber } from '../../base/errors.ts';
import type { ProtocolFactory } from '../../engine/model.ts';
import { CONTROL_BYTES, message, REQUEST, rumourOf, tagOf } from './messages.ts';
import { news } from './news.ts';

/** Rumours go both ways in every call. Karp et al. 2000. */
export const pushPull =
  ({ fanout = 1, rumourBytes = 100 } = {}): ProtocolFactory<number> =>
  (env) => {
    wholeNumber('push-pull', 'fanout', fanout, 1, env.n);
    const { columns, hear, tell } = news(env);

    return {
      columns,
      onInput: hear,
      onRound(node) {
        for (let i = 0; i < fanout; i++) {
          const partner = env.peer(node);
          env.send(node, partner, message(REQUEST), CONTROL_BYTES);
          tell(node, partner, rumourBytes);
        }
      },
      onMessage(node, from, received) {
        if (tagOf(received) === REQUEST) tell(node, from, rumourBytes);
        else hear(node, rumourOf(received));
      },
    };
  };
