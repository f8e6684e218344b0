/**
 * SWIM: every period each member pings one other; if no ack comes in time, k others ping for it; if none has come by the
 * end of the period, the target is suspected, and declared failed if nobody refutes that. News of members rides on pings
 * and acks.
 * Source: Das, Gupta, Motivala, "SWIM: scalable weakly-consistent infection-style process group membership protocol",
 * DSN 2002. Each step of the paper can be had alone: `targets`, `dissemination`, `suspicion`.
 *   JOINED     it is a member, for the first time or in a new life; not said of those that make up the group at the start
 *   SUSPECTED  it is suspected; without suspicion it is declared failed in the same instant
 *   TRUSTED    the suspicion is refuted
 *   FORGOTTEN  it is declared failed, and no member any more
 * Deviations: a period ends where the next one begins, at the member's next round. Who joins asks a node of the overlay
 * every round until a member answers, and is sent the list; the paper leaves joining open; if nobody is a member any more, nobody can join. Who is declared failed goes on as
 * if it had not been; the others answer its pings, but believe no more of what it says of itself.
 */
import { UserError } from '../../base/errors.ts';
import { NOBODY, type NodeId, type ProtocolFactory } from '../../engine/model.ts';
import { Laps } from './laps.ts';
import { ALIVE, canRestart, firstOf, Members } from './members.ts';
import { ACK, bytesOf, JOIN, NEWS, PING, PING_REQ, type SwimMessage, WELCOME } from './messages.ts';
import { News } from './news.ts';
import { type SwimOptions, settingsOf } from './options.ts';

export const swim =
  (options: SwimOptions = {}): ProtocolFactory<SwimMessage> =>
  (env) => {
    const { n } = env;
    const settings = settingsOf(options, n);
    const members = new Members(n);
    const laps = new Laps(env, members);
    const news = new News(env, settings, members, multicast);
    const lives = new Int32Array(n); // [node]
    const isIn = new Uint8Array(n); // [node] 1 once it is in the group
    const period = new Int32Array(n); // [node] over all its lives, so that no late ack fits
    const target = new Int32Array(n).fill(NOBODY); // [node] whom it pings in this period
    const acked = new Uint8Array(n); // [node] 1 once that one has answered

    function send(from: NodeId, to: NodeId, message: SwimMessage) {
      env.send(from, to, message, bytesOf(message));
    }

    function multicast(node: NodeId, updates: Int32Array) {
      const message = { kind: NEWS, prober: node, target: NOBODY, period: 0, updates };
      for (let to = 0; to < n; to++)
        if (to !== node && members.has(node, to)) send(node, to, message);
    }

    /** The message again, or the answer to it, with news of the sender's own. */
    function pass(
      from: NodeId,
      to: NodeId,
      kind: number,
      about: Omit<SwimMessage, 'updates' | 'kind'>,
    ) {
      const { prober, target, period } = about;
      send(from, to, { kind, prober, target, period, updates: news.piggyback(from) });
    }

    // ---- active ----

    function start(node: NodeId) {
      const life = ++lives[node];
      if (!canRestart(life)) throw new UserError(`swim: node ${node} was restarted too often`);
      members.clear(node);
      news.clear(node);
      target[node] = NOBODY;
      members.set(node, node, ALIVE, firstOf(life));
      isIn[node] = Number(life === 1 && env.now() === 0 && node < settings.members);
      if (isIn[node] === 0) return;
      for (let other = 0; other < settings.members; other++) {
        if (other !== node) members.set(node, other, ALIVE, firstOf(1));
      }
    }

    function probe(node: NodeId) {
      const last = target[node];
      period[node]++;
      if (last !== NOBODY && acked[node] === 0 && members.has(node, last)) {
        news.unanswered(node, last, period[node]);
      }
      news.confirm(node, period[node]);
      target[node] = settings.inTurn ? laps.next(node) : laps.any(node);
      acked[node] = 0;
      if (target[node] === NOBODY) return;
      pass(node, target[node], PING, { prober: node, target: target[node], period: period[node] });
      env.at(node, env.now() + settings.timeout, period[node]);
    }

    function askOthers(node: NodeId) {
      const about = { prober: node, target: target[node], period: period[node] };
      const others = members.count[node] - 1 - Number(members.has(node, target[node]));
      const asked: NodeId[] = [];
      while (asked.length < Math.min(settings.indirect, others)) {
        const relay = laps.any(node, target[node]);
        if (asked.includes(relay)) continue;
        asked.push(relay);
        pass(node, relay, PING_REQ, about);
      }
    }

    // ---- passive ----

    function admit(node: NodeId, joiner: NodeId) {
      const list: NodeId[] = [];
      for (let one = 0; one < n; one++) if (members.has(node, one)) list.push(one);
      const updates = news.of(node, list);
      send(node, joiner, { kind: WELCOME, prober: node, target: joiner, period: 0, updates });
      news.tell(node, joiner);
    }

    function receive(node: NodeId, from: NodeId, message: SwimMessage) {
      const { kind, prober } = message;
      if (kind === JOIN && isIn[node] === 0) return; // else two that join would be a group of their own
      news.hear(node, message.updates, period[node]);
      if (kind === PING) pass(node, from, ACK, message);
      else if (kind === PING_REQ) pass(node, message.target, PING, message);
      else if (kind === ACK && prober !== node) pass(node, prober, ACK, message);
      else if (kind === JOIN) admit(node, from);
      else if (kind === WELCOME) isIn[node] = 1;
      else if (kind === ACK && message.period === period[node]) acked[node] = 1;
    }

    return {
      onStart: start,
      onRound(node) {
        if (isIn[node] === 1) probe(node);
        else {
          const updates = news.of(node, [node]);
          const about = { prober: node, target: NOBODY, period: 0 };
          send(node, env.peer(node), { kind: JOIN, ...about, updates });
        }
      },
      onTimer(node, tag) {
        if (tag === period[node] && acked[node] === 0) askOthers(node);
      },
      onMessage: receive,
    };
  };
