/**
 * Heartbeats as rumours, for the meters of broadcast: an input handed to a node stands for the next heartbeat that it
 * counts, and a node has heard it (DELIVERED) when it first holds that heartbeat or a later one. By van Renesse's merge
 * whoever holds a later one tells as well as whoever holds this one, so it is a rumour that starts there.
 * The nodes do not know of it: it only adds facts to a run.
 */
import { DELIVERED, NOBODY, type NodeId, type ProtocolFactory } from '../../engine/model.ts';
import { type Ground, heartbeatOn } from './heartbeat.ts';
import type { HeartbeatOptions } from './options.ts';

/** Heartbeat gossip that reports each heartbeat handed in as a rumour. */
export const heartbeatRumours =
  (ground: Ground, options: HeartbeatOptions): ProtocolFactory<number> =>
  (env) => {
    const protocol = heartbeatOn(ground, options)(env);
    const { table } = ground;
    const source = new Int32Array(env.inputs).fill(NOBODY); // [rumour] whose heartbeat it is; NOBODY = none is told of now
    const generation = new Uint32Array(env.inputs); // [rumour]
    const heartbeat = new Uint32Array(env.inputs); // [rumour]
    const missing = new Uint32Array(env.inputs).fill(env.n); // [rumour] nodes that have not heard it
    const heard = new Uint8Array(env.inputs * env.n); // [rumour * n + node] 1 once it has

    function holds(node: NodeId, rumour: number): boolean {
      const known = table.generation(node, source[rumour]);
      if (known !== generation[rumour]) return known > generation[rumour];
      return table.heartbeat(node, source[rumour]) >= heartbeat[rumour];
    }

    function look(node: NodeId) {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        if (source[rumour] === NOBODY || heard[rumour * env.n + node] === 1) continue;
        if (!holds(node, rumour)) continue;
        heard[rumour * env.n + node] = 1;
        if (--missing[rumour] === 0) source[rumour] = NOBODY;
        env.emit(DELIVERED, node, rumour);
      }
    }

    return {
      ...protocol,
      onInput(node, rumour) {
        source[rumour] = node;
        generation[rumour] = table.generation(node, node);
        heartbeat[rumour] = table.heartbeat(node, node) + 1;
      },
      onRound(node) {
        protocol.onRound!(node);
        look(node);
      },
      onMessage(node, from, received) {
        protocol.onMessage!(node, from, received);
        look(node);
      },
    };
  };
