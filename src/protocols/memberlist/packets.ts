/** Sends packets, with news in what room is left. Source: memberlist, net.go (sendMsg, getBroadcasts). */
import { DATAGRAM, type Env, type NodeId } from '../../engine/model.ts';
import type { Broadcasts } from './broadcasts.ts';
import type { Members } from './members.ts';
import { bytesOf, type MemberlistMessage, type News, roomBeside } from './messages.ts';
import { transmitLimit } from './scaling.ts';

export class Packets {
  readonly #env: Env<MemberlistMessage>;
  readonly #members: Members;
  readonly #broadcasts: Broadcasts;
  readonly #mult: number;

  constructor(
    env: Env<MemberlistMessage>,
    members: Members,
    broadcasts: Broadcasts,
    retransmitMult: number,
  ) {
    this.#env = env;
    this.#members = members;
    this.#broadcasts = broadcasts;
    this.#mult = retransmitMult;
  }

  /** News for a packet of that kind. */
  newsFor(node: NodeId, kind: number): readonly News[] {
    const limit = transmitLimit(this.#mult, this.#members.count[node]);
    return this.#broadcasts.take(node, roomBeside(kind), limit);
  }

  send(from: NodeId, to: NodeId, kind: number, seq: number, target: number): void {
    this.sendWith(from, to, { kind, seq, target, news: this.newsFor(from, kind) });
  }

  sendWith(from: NodeId, to: NodeId, message: MemberlistMessage, channel = DATAGRAM): void {
    this.#env.send(from, to, message, bytesOf(message), channel);
  }
}
