/**
 * HashiCorp memberlist, as in Consul, Nomad and Serf: SWIM with its own gossip, push/pull, and Lifeguard.
 * Sources: memberlist 0.2.2 and 0.6.0 (state.go, net.go, queue.go, suspicion.go, awareness.go, config.go); Das, Gupta,
 * Motivala, DSN 2002; Dadgar, Phillips, Currey, "Lifeguard: local health awareness for more accurate failure
 * detection", DSN-W 2018.
 *   JOINED     the first that it hears of a member; also of one that had left
 *   SUSPECTED  it was alive
 *   TRUSTED    it was suspect or dead
 *   DIED       it was alive or suspect
 *   FORGOTTEN  it has left; or was dead for long and is in the list no more
 *   DELIVERED  a change of metadata (an input) is known
 *   REMOVED    the member that leaves need say so no more: its call of Leave returns
 * Deviations: no user messages, encryption, compression, labels or conflicts of names; TCP is a handshake and a message
 * each way, on a link of its own (`channels`). A node that starts at time 0 is a member of a cluster long up.
 */
import { type NodeId, type ProtocolFactory, REMOVED, STREAM } from '../../engine/model.ts';
import { Broadcasts } from './broadcasts.ts';
import { Exchanges } from './exchange.ts';
import { GossipLoop } from './gossip.ts';
import { Health } from './health.ts';
import { Inbox } from './inbox.ts';
import { Laps } from './laps.ts';
import { DEAD, Members } from './members.ts';
import {
  ACCEPT,
  ACK,
  CONNECT,
  GOSSIP,
  type MemberlistMessage,
  NACK,
  NO_NEWS,
  PING,
  PING_REQ,
  PULL,
  PUSH,
  RELAYED,
  STREAM_ACK,
  STREAM_PING,
} from './messages.ts';
import { Openings } from './openings.ts';
import { type MemberlistOptions, settingsOf } from './options.ts';
import { Packets } from './packets.ts';
import { ProbeLoop } from './probe.ts';
import { Relays } from './relays.ts';
import { Rules } from './rules.ts';
import { Suspicions } from './suspicions.ts';
import { Ticker } from './ticker.ts';
import {
  GOSSIP_SENT,
  GOSSIP_TICK,
  INBOX,
  LATE,
  numberOf,
  PROBE_TICK,
  RELAY_TIMEOUT,
  SUSPICION_END,
  SYNC,
  SYNC_TIMEOUT,
  tagOf,
  whatOf,
} from './timers.ts';
import { Updates } from './updates.ts';

const MOST_NUMBERS = 2 ** 24;

export const memberlist =
  (options: MemberlistOptions = {}): ProtocolFactory<MemberlistMessage> =>
  (env) => {
    const { n } = env;
    const settings = settingsOf(options, n);
    const created = new Float64Array(n); // [node]
    const lives = new Int32Array(n); // [node]
    const seqs = new Int32Array(n); // [node] the last number given to a ping or an exchange
    const leaving = new Int32Array(n).fill(-1); // [node] the input by which it leaves
    const most = Math.max(settings.indirectChecks, settings.gossipNodes);
    const members = new Members(env, settings.version, most);
    const broadcasts = new Broadcasts(
      n,
      (node) => gossip.arm(node),
      (node, { status, from }) => {
        if (status === DEAD && from === node && leaving[node] >= 0) left(node);
      },
    );
    const packets = new Packets(env, members, broadcasts, settings.retransmitMult);
    const ticker = new Ticker(created, settings.gossipInterval);
    const gossip = new GossipLoop({ env, settings, members, broadcasts, packets, ticker });
    const health = new Health(n, settings.awarenessMax, settings.watch);
    const suspicions = new Suspicions(n);
    const updates = new Updates(env);
    const rules = new Rules({ env, settings, members, broadcasts, health, suspicions, updates });
    const laps = new Laps(env, settings, members);
    const relays = new Relays(env, settings, packets);
    const probe = new ProbeLoop({
      ...{ env, settings, members, laps, gossip, health, packets, rules, nextSeq },
      ticker: new Ticker(created, settings.probeInterval),
    });
    const exchanges = new Exchanges({ env, settings, members, packets, rules, nextSeq });
    const inbox = new Inbox(n);
    const openings = new Openings(env, inbox, settings.races);
    settings.watch.begun?.({ queued: (node) => broadcasts.length(node) });

    function nextSeq(node: NodeId): number {
      return (seqs[node] = (seqs[node] + 1) % MOST_NUMBERS);
    }

    function left(node: NodeId): void {
      env.emit(REMOVED, node, leaving[node]);
      leaving[node] = -1;
    }

    function clear(node: NodeId): void {
      members.clear(node);
      broadcasts.clear(node);
      suspicions.clear(node);
      updates.clear(node);
      relays.start(node);
      inbox.clear(node);
      health.clear(node, env.now());
      gossip.start(node);
      laps.start(node);
      leaving[node] = -1;
    }

    function start(node: NodeId): void {
      clear(node);
      const isSettled = ++lives[node] === 1 && env.now() === 0 && node < settings.members;
      created[node] = env.now();
      if (isSettled) {
        created[node] -= Math.floor(env.draw(node) * settings.probeInterval);
        members.fill(node, settings.members, 1);
        laps.settle(node);
      } else rules.start(node);
      probe.start(node);
      exchanges.start(node, isSettled);
    }

    /** Pings and their answers are handled at once, news by the worker when all that has arrived is read. */
    function receive(node: NodeId, from: NodeId, message: MemberlistMessage): void {
      const { kind, seq, target, news } = message;
      if (kind === PING) {
        if (target === node) packets.send(node, from, ACK, seq, 0);
      } else if (kind === ACK) {
        if (!relays.acked(node, seq)) probe.acked(node, seq);
      } else if (kind === PING_REQ) relays.asked(node, from, message, nextSeq(node));
      else if (kind === RELAYED) probe.acked(node, seq);
      else if (kind === NACK) probe.nacked(node, seq);
      else if (kind !== GOSSIP) receiveOnStream(node, from, message);
      if (news.length === 0) return;
      if (inbox.isEmpty(node)) env.at(node, env.now(), tagOf(INBOX));
      for (const one of news) inbox.add(node, one);
    }

    function receiveOnStream(node: NodeId, from: NodeId, message: MemberlistMessage): void {
      const { kind, seq, target } = message;
      if (kind === CONNECT) answer(node, from, ACCEPT, message);
      else if (kind === STREAM_PING) answer(node, from, STREAM_ACK, message);
      else if (kind === STREAM_ACK) probe.streamAcked(node, seq);
      else if (kind === PUSH) exchanges.pushed(node, from, message);
      else if (kind === PULL) exchanges.pulled(node, message);
      else if (target === STREAM_PING) probe.accepted(node, from, seq);
      else exchanges.accepted(node, from, seq);
    }

    function answer(node: NodeId, to: NodeId, kind: number, { seq, target }: MemberlistMessage) {
      packets.sendWith(node, to, { kind, seq, target, news: NO_NEWS }, STREAM);
    }

    function work(node: NodeId): void {
      for (let news = inbox.next(node); news !== undefined; news = inbox.next(node)) {
        rules.apply(node, news);
      }
    }

    function timer(node: NodeId, tag: number): void {
      if (!openings.hasTurn(node, tag)) return;
      const what = whatOf(tag) % LATE;
      const number = numberOf(tag);
      if (what === INBOX) work(node);
      else if (what === GOSSIP_TICK) gossip.tick(node);
      else if (what === GOSSIP_SENT) gossip.sent(node);
      else if (what === PROBE_TICK) probe.tick(node);
      else if (what === RELAY_TIMEOUT) relays.timedOut(node, number);
      else if (what === SUSPICION_END) rules.expire(node, number);
      else if (what === SYNC) exchanges.sync(node);
      else if (what === SYNC_TIMEOUT) exchanges.timedOut(node, number);
      else probe.timer(node, what, number);
    }

    return {
      onStart: start,
      onMessage: receive,
      onTimer: timer,
      onInput(node, input) {
        if (settings.commands[input] !== 'leave') rules.update(node, input);
        else {
          leaving[node] = input;
          rules.leave(node);
        }
      },
    };
  };
