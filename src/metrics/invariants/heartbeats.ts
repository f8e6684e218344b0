/**
 * No entry of a heartbeat table is above its source: not the generation above the lives that its subject has begun, nor
 * the heartbeat of the present life above the rounds that it has held; and no entry of a life goes back.
 */
import type { NodeId } from '../../engine/model.ts';
import type { HeartbeatTable } from '../../kernel/index.ts';
import type { Invariant, Tell, Watch } from './model.ts';

/** The invariant for a protocol that keeps its heartbeats in that table. */
export const heartbeats = (table: HeartbeatTable): Invariant => ({
  name: 'heartbeats',
  about: 'no heartbeat or generation in a table is above that of its source',
  watch: ({ n }, tell) => watch(table, n, tell),
});

function watch(table: HeartbeatTable, n: number, tell: Tell): Watch<unknown> {
  const lives = new Int32Array(n).fill(1); // [node]
  const rounds = new Int32Array(n); // [node] in its life
  const before = new Float64Array(n * n); // [observer * n + subject] heartbeat of the latest generation

  function look(now: number, node: NodeId) {
    for (let subject = 0; subject < n; subject++) {
      const [generation, heartbeat] = [
        table.generation(node, subject),
        table.heartbeat(node, subject),
      ];
      const entry = generation * 2 ** 32 + heartbeat;
      const isOld = table.knows(node, subject) && entry < before[node * n + subject];
      if (isOld) tell(now, `the entry of node ${node} for node ${subject} goes back`);
      before[node * n + subject] = entry;
      if (generation > lives[subject])
        tell(
          now,
          `node ${node} holds generation ${generation} of node ${subject}; it has had ${lives[subject]}`,
        );
      if (generation === lives[subject] && heartbeat > rounds[subject])
        tell(
          now,
          `node ${node} holds heartbeat ${heartbeat} of node ${subject}, which has held ${rounds[subject]} rounds`,
        );
    }
  }

  return {
    onRound(now, node) {
      look(now, node);
      rounds[node]++;
    },
    onFault(_now, node, kind) {
      if (kind === 'absent') lives[node] = 0;
      if (kind !== 'restart') return;
      lives[node]++;
      rounds[node] = 0;
      before.fill(0, node * n, (node + 1) * n);
    },
  };
}
