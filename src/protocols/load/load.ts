/**
 * Load balancing by loads that are known from gossip: jobs arrive at each node, which sends each to the server with the
 * least load that it knows of, of some at random or of all. All nodes are servers, with exponential service times, first
 * come, first served; the load is the length of the queue.
 * Sources: Mitzenmacher, "How useful is old information?", IEEE TPDS 11(1), 2000, and "The power of two choices in
 * randomized load balancing", IEEE TPDS 12(10), 2001: their boards and fresh loads, to compare gossip with. Gossip is
 * push-pull anti-entropy of all loads, with versions: once a round a node calls another, and each takes what is newer.
 * Deviations: a job is at its server at once, whatever the link, as in the papers; of its own load a node with a view of its
 * own always knows the truth. Jobs at a server that crashes are gone, and those sent there while it is down; the board is
 * written by node 0.
 */
import type { Micros } from '../../base/time.ts';
import { type NodeId, PLACED, type ProtocolFactory, SERVED } from '../../engine/model.ts';
import { leastOfAll, leastOfSome } from './choice.ts';
import { type LoadOptions, type LoadSource, settingsOf } from './options.ts';
import { LoadViews } from './views.ts';

/** Tags of timers. */
const ARRIVAL = 0;
const SERVICE = 1;
const READING = 2;
/** Messages: the handle of a snapshot, and whether it asks for one in return. */
const CALL = 1;
const ENTRY_BYTES = 12; // load and version

export const loadBalancing =
  (options: LoadOptions): ProtocolFactory<number> =>
  (env) =>
    loadBalancingOn(groundOf(env.n, options), options)(env);

/** What servers have and what nodes know, for observers. */
export interface LoadGround {
  /** [server] jobs there, the one in service included. */
  readonly loads: Int32Array;
  /** What nodes know: by gossip and polls a row each, else one for all; nothing is written there if loads are fresh. */
  readonly views: LoadViews;
  /** Age of the load that a node knows of a server. */
  readonly ageOf: (node: NodeId, server: NodeId, now: Micros) => Micros;
}

const hasOwnView = (source: LoadSource): boolean => source === 'gossip' || source === 'polls';

/** The ground of n nodes. */
export function groundOf(n: number, options: LoadOptions): LoadGround {
  const { source } = settingsOf(options);
  const hasRows = hasOwnView(source);
  const views = new LoadViews(n, hasRows ? n : 1);
  const { readAt } = views;
  return {
    loads: new Int32Array(n),
    views,
    ageOf(node, server, now) {
      if (source === 'fresh' || (hasRows && node === server)) return 0;
      return now - readAt[(hasRows ? node * n : 0) + server];
    },
  };
}

/** The same on a ground at hand, for who wants to look at the queues and at what is known. */
export const loadBalancingOn =
  ({ loads, views }: LoadGround, options: LoadOptions): ProtocolFactory<number> =>
  (env) => {
    const { n } = env;
    const { gap, service, choices, source, every } = settingsOf(options);
    const hasRows = hasOwnView(source);
    const known = source === 'fresh' ? loads : views.loads;
    const least = new Int32Array(n); // of `leastOfAll`

    const exponential = (node: NodeId, mean: Micros): Micros =>
      env.now() + Math.max(1, Math.round(-Math.log(env.draw(node)) * mean));

    function choose(node: NodeId): NodeId {
      const row = hasRows ? node * n : 0;
      if (hasRows) views.set(node, node, loads[node], env.now());
      return choices === Infinity
        ? leastOfAll(env, node, known, row, least)
        : leastOfSome(env, node, choices, known, row);
    }

    function arrive(node: NodeId): void {
      env.at(node, exponential(node, gap), ARRIVAL);
      const server = choose(node);
      if (++loads[server] === 1) env.at(server, exponential(server, service), SERVICE);
      env.emit(PLACED, server, node);
    }

    function serve(server: NodeId): void {
      const left = --loads[server];
      if (left > 0) env.at(server, exponential(server, service), SERVICE);
      env.emit(SERVED, server, left);
    }

    function read(node: NodeId): void {
      const now = env.now();
      if (source === 'board') {
        env.at(node, now + every, READING);
        for (let server = 0; server < n; server++) views.set(0, server, loads[server], now);
        return;
      }
      nextReading(node);
      const server = source === 'polls' ? Math.floor(env.draw(node) * n) : node;
      views.set(source === 'polls' ? node : 0, server, loads[server], now);
    }

    function nextReading(node: NodeId): void {
      env.at(node, exponential(node, source === 'polls' ? every / n : every), READING);
    }

    function tell(node: NodeId, to: NodeId, kind: number): void {
      views.set(node, node, loads[node], env.now());
      const handle = views.snapshot(node);
      env.send(node, to, 2 * handle + kind, n * ENTRY_BYTES);
      views.release(handle);
    }

    return {
      onStart(node) {
        loads[node] = 0;
        env.at(node, exponential(node, gap), ARRIVAL);
        if (source === 'individual' || source === 'polls') nextReading(node);
        else if (source === 'board' && node === 0) env.at(node, env.now() + every, READING);
      },
      onTimer(node, tag) {
        if (tag === ARRIVAL) arrive(node);
        else if (tag === SERVICE) serve(node);
        else read(node);
      },
      ...(source === 'gossip' && {
        onRound: (node: NodeId) => tell(node, env.peer(node), CALL),
        onMessage(node: NodeId, from: NodeId, message: number) {
          if (message & CALL) tell(node, from, 0);
          views.merge(node, message >> 1);
        },
        holds: {
          retain: (message: number) => views.retain(message >> 1),
          release: (message: number) => views.release(message >> 1),
        },
      }),
    };
  };

/** As a line of a trace: all loads, and whether it asks for the other's. */
export const wordsOf = (message: number): string => (message & CALL ? 'CALL' : 'LOADS');
