/**
 * Gossip-style failure detection: every period (T_gossip) a node increases its heartbeat and sends its list of members
 * and their heartbeats to a random member; the receiver keeps the larger heartbeat of each, with its own time of the
 * increase. No increase for T_fail: suspected, and not gossiped any more. For T_cleanup: forgotten.
 * Source: van Renesse, Minsky, Hayden, "A gossip-style failure detection service", Middleware 1998; its multi-level gossip
 * and its broadcasts: levels.ts, broadcast.ts. The table of lists and its generations: kernel/heartbeat-table.ts.
 * Deviations: the entry that is not gossiped is left out, not sent with its age. Options beyond the paper: fanout,
 * pull and push-pull, parts of lists (lists.ts), other detectors than T_fail, judgement at the exact time (suspicion.ts).
 * A node that is left with nobody to gossip with turns to its contacts again.
 */
import { type Env, JOINED, NOBODY, type NodeId, type ProtocolFactory } from '../../engine/model.ts';
import { HeartbeatTable, type TableOptions, type Told } from '../../kernel/index.ts';
import { Answers } from './answers.ts';
import { Recovery } from './broadcast.ts';
import { Lists } from './lists.ts';
import { Lives } from './lives.ts';
import { localTime } from './local-time.ts';
import { Members } from './members.ts';
import type { Why } from './merges.ts';
import {
  BROADCAST,
  CALL,
  kindOf,
  LIST,
  listOf,
  message,
  REQUEST,
  REQUEST_BYTES,
} from './messages.ts';
import { type HeartbeatOptions, settingsOf } from './options.ts';
import { partnersOf } from './partners.ts';
import { JUDGE, Suspicion } from './suspicion.ts';

/** With fewer, rows lie in the cache anyway (merges.ts says the number to users). */
const FEW_NODES = 200;

/** What the nodes of a run have in common: where their lists are kept. A run's own. */
export interface Ground {
  readonly table: HeartbeatTable;
  readonly lives: Lives;
  /** Why its table puts no merge off; default: somebody looks into it. */
  readonly atOnce?: Why;
}

/** The table and the lives of n nodes, for `heartbeatOn`. */
export const groundOf = (n: number, table: TableOptions = {}): Ground => ({
  table: new HeartbeatTable(n, table),
  lives: new Lives(n),
});

/** The same for who does not look into it: what the nodes learn may then be told late, where `env` allows it. */
export function deferringGroundOf({ n, emitLate }: Env<number>, table: TableOptions = {}): Ground {
  if (n < FEW_NODES) return { ...groundOf(n, table), atOnce: 'few' };
  if (emitLate === undefined) return { ...groundOf(n, table), atOnce: 'watched' };
  const later: Told = (node, time, many) => emitLate(time, JOINED, node, many);
  return groundOf(n, { later, ...table });
}

/** Gossiped heartbeats: silence for T_fail is suspected. Van Renesse, Minsky, Hayden 1998. */
export const heartbeat =
  (options: HeartbeatOptions): ProtocolFactory<number> =>
  (env) =>
    heartbeatOn(deferringGroundOf(env, options.table), options)(env);

/** The same on a ground at hand, for who wants to look into the table of a run. */
export const heartbeatOn =
  (ground: Ground, options: HeartbeatOptions): ProtocolFactory<number> =>
  (env) => {
    const { table, lives } = ground;
    const settings = settingsOf(options, env.n);
    const { contacts, exchange, partners, fanout, entryBytes } = settings;
    const timeOf = localTime(env, settings.clock);
    const members = new Members(env, ground);
    const suspicion = new Suspicion(env, table, members, timeOf, settings);
    const lists = new Lists(env, table, settings);
    const listFor = (node: NodeId) => lists.make(node, timeOf(node));
    const answers = new Answers(env.n, listFor, (list) => table.release(list));
    const trusts = (node: NodeId, other: NodeId) =>
      other !== node && table.knows(node, other) && !members.suspects(node, other);
    const partnersFor = partnersOf(env, trusts, partners, fanout);
    const recovery = settings.broadcast && new Recovery(env, settings.broadcast);

    function introduce(node: NodeId) {
      const now = timeOf(node);
      if (contacts === 'all') return table.meetAll(node, now);
      contacts(node, (contact) => table.meet(node, contact, now));
    }

    function send(node: NodeId, to: NodeId, kind: number, list: number) {
      env.send(node, to, message(kind, list), table.entries(list) * entryBytes);
    }

    function tell(node: NodeId, to: NodeId, kind: number) {
      const list = listFor(node);
      send(node, to, kind, list);
      table.release(list);
    }

    function call(node: NodeId, partner: NodeId) {
      if (exchange === 'pull') env.send(node, partner, message(REQUEST), REQUEST_BYTES);
      else tell(node, partner, exchange === 'push' ? LIST : CALL);
    }

    return {
      holds: {
        retain: (held) => kindOf(held) !== REQUEST && table.retain(listOf(held)),
        release: (held) => kindOf(held) !== REQUEST && table.release(listOf(held)),
      },
      onStart(node) {
        lives.begin(node);
        answers.drop(node);
        table.start(node, timeOf(node));
        members.start(node);
        introduce(node);
        suspicion.start(node);
        recovery?.start(node);
      },
      onRound(node) {
        answers.drop(node);
        table.beat(node, timeOf(node));
        suspicion.onRound(node);
        const chosen = partnersFor(node);
        if (partners !== 'overlay' && chosen[0] === NOBODY) introduce(node);
        for (let i = 0; i < chosen.length; i++) if (chosen[i] !== NOBODY) call(node, chosen[i]);
      },
      onMessage(node, from, received) {
        const kind = kindOf(received);
        if (kind === CALL || kind === REQUEST) send(node, from, LIST, answers.to(node, env.now()));
        if (kind === REQUEST) table.meet(node, from, timeOf(node));
        else members.learn(node, listOf(received), timeOf(node), suspicion.listener);
        if (kind === BROADCAST) recovery?.heard(node);
      },
      settle: () => table.finish(),
      onTimer(node, tag) {
        if (tag === JUDGE) suspicion.onTimer(node);
        else if (recovery?.tosses(node)) {
          for (let to = 0; to < env.n; to++) if (to !== node) tell(node, to, BROADCAST);
        }
      },
    };
  };
