/**
 * What each node has heard, and when; shared by the broadcast protocols.
 * All that happens at one instant is simultaneous: what a node hears at this very instant it does not know yet when it
 * judges, answers or acts at this instant. In synchronous rounds this is "knew it before this round", in any order of
 * the events; where times are continuous it changes nothing.
 * What a node has heard survives a crash, as the database of a site does (Demers et al. 1987).
 */
import { DELIVERED, DUPLICATE, type Env, type NodeId } from '../../engine/model.ts';
import { checkRumours, message, RUMOUR } from './messages.ts';

export interface News {
  /** The node is told the rumour: emits DELIVERED the first time, which is when it returns true, DUPLICATE later. */
  hear(node: NodeId, rumour: number): boolean;
  /** Whether the node had heard the rumour before this instant. */
  knewBefore(node: NodeId, rumour: number): boolean;
  /** Sends the partner every rumour that the node knew before, each in a message of its own. */
  tell(node: NodeId, partner: NodeId, rumourBytes: number): void;
  /** For a protocol's `columns`. */
  readonly columns: readonly ArrayBufferView[];
}

export function news(env: Env<number>): News {
  checkRumours(env.inputs);
  const rumours = env.inputs;
  const heardAt = new Float64Array(env.n * rumours).fill(Infinity); // [node * rumours + rumour] Micros; Infinity = never

  const knewBefore = (node: NodeId, rumour: number): boolean =>
    heardAt[node * rumours + rumour] < env.now();

  return {
    columns: [heardAt],
    knewBefore,
    hear(node, rumour) {
      const entry = node * rumours + rumour;
      const first = heardAt[entry] === Infinity;
      if (first) heardAt[entry] = env.now();
      env.emit(first ? DELIVERED : DUPLICATE, node, rumour);
      return first;
    },
    tell(node, partner, rumourBytes) {
      for (let rumour = 0; rumour < rumours; rumour++) {
        if (knewBefore(node, rumour)) {
          env.send(node, partner, message(RUMOUR, rumour), rumourBytes);
        }
      }
    },
  };
}
