/**
 * Anti-entropy: every round, every site compares its database with that of a random partner and they resolve all
 * differences, for ever. It is slow, and it always gets there.
 * Source: Demers et al., "Epidemic algorithms for replicated database maintenance", PODC 1987, section 1.3.
 *   push       caller: COMPARE, HAVE r ...     partner: WANT r for what it lacks           caller: RUMOUR r
 *   pull       caller: COMPARE                 partner: HAVE r ...                         caller: WANT r, and so on
 *   push-pull  both.
 * So there is one COMPARE per comparison, and a RUMOUR only where there is a difference.
 * Deviations: two partners that a site compares with at once may both send it the same update.
 */
import { oneOf } from '../../base/errors.ts';
import type { NodeId, ProtocolFactory } from '../../engine/model.ts';
import {
  aboutOf,
  COMPARE,
  CONTROL_BYTES,
  HAVE,
  message,
  RUMOUR,
  rumourOf,
  tagOf,
  WANT,
} from './messages.ts';
import { news } from './news.ts';
import { DIRECTIONS, type Direction } from './options.ts';

/** Options of `antiEntropy`, with their units. */
export interface AntiEntropyOptions {
  readonly direction?: Direction;
  readonly rumourBytes?: number;
}

/** Every round, a site resolves all differences with a random partner. Demers et al. 1987, section 1.3. */
export const antiEntropy =
  ({
    direction = 'push-pull',
    rumourBytes = 100,
  }: AntiEntropyOptions = {}): ProtocolFactory<number> =>
  (env) => {
    oneOf('anti-entropy', 'direction', direction, DIRECTIONS);
    const pushes = direction !== 'pull';
    const pulls = direction !== 'push';
    const { columns, hear, knewBefore } = news(env);

    function list(node: NodeId, partner: NodeId) {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        if (knewBefore(node, rumour)) {
          env.send(node, partner, message(HAVE, rumour), CONTROL_BYTES);
        }
      }
    }

    function onMessage(node: NodeId, from: NodeId, received: number) {
      const tag = tagOf(received);
      const rumour = aboutOf(received);
      if (tag === COMPARE && pulls) list(node, from);
      else if (tag === HAVE && !knewBefore(node, rumour)) {
        env.send(node, from, message(WANT, rumour), CONTROL_BYTES);
      } else if (tag === WANT) env.send(node, from, message(RUMOUR, rumour), rumourBytes);
      else if (tag === RUMOUR) hear(node, rumourOf(received));
    }

    return {
      columns,
      onInput: hear,
      onRound(node) {
        const partner = env.peer(node);
        env.send(node, partner, message(COMPARE), CONTROL_BYTES);
        if (pushes) list(node, partner);
      },
      onMessage,
    };
  };
