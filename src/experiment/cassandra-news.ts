/** News in a Cassandra cluster: who publishes what when, and what the gossip costs meanwhile. */
import { wholeNumber } from '../base/errors.ts';
import { Stream } from '../base/stream.ts';
import { type Micros, micros } from '../base/time.ts';
import type { Input, NodeId, Observer } from '../engine/model.ts';
import { type CassandraMessage, SYN } from '../protocols/cassandra/messages.ts';

/** Changes of state that are published at random nodes, one after another. */
export interface Publications {
  readonly n: number;
  readonly seed: string;
  readonly count: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** News 0 .. count-1, each a new SCHEMA by another node at any time in between: a node's next one would replace its last. */
export function publications({ n, seed, count, fromMs, untilMs }: Publications): Input[] {
  wholeNumber('publications', 'count', count, 0, n);
  const draws = new Stream(seed, 'publications', 1);
  const nodes: NodeId[] = Array.from({ length: n }, (_, node) => node);
  return Array.from({ length: count }, (_, input) => {
    const chosen = input + draws.below(0, n - input);
    const node = nodes[chosen];
    nodes[chosen] = nodes[input];
    return { atMs: fromMs + draws.draw(0) * (untilMs - fromMs), node, input };
  });
}

/** What gossip sends while it is watched. */
export interface GossipBill extends Observer<CassandraMessage> {
  readonly syns: number;
  /** Of all messages, headers included. */
  readonly bytes: number;
  /** Of the SYNs among them. */
  readonly synBytes: number;
}

/** What is sent in a stretch of time: over whole seconds, as many rounds of each node. */
export function gossipBill(fromMs: number, untilMs: number): GossipBill {
  const [from, until]: [Micros, Micros] = [micros(fromMs), micros(untilMs)];
  let [syns, bytes, synBytes] = [0, 0, 0];
  return {
    onSend(now, _from, _to, { kind }, size) {
      if (now < from || now >= until) return;
      bytes += size;
      if (kind !== SYN) return;
      syns++;
      synBytes += size;
    },
    get syns() {
      return syns;
    },
    get bytes() {
      return bytes;
    },
    get synBytes() {
      return synBytes;
    },
  };
}
