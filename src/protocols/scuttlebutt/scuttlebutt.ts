/**
 * Scuttlebutt: each participant has mappings of its own, updates them, and all try to know all. Once a round a
 * participant calls another, and both send what the other lacks, as far as it fits.
 * Source: van Renesse, Dumitriu, Gough, Thomas, "Efficient reconciliation and flow control for anti-entropy protocols",
 * LADIS 2008. Three messages, as push-pull needs: CALL (digest), ANSWER (digest, updates), UPDATES.
 *   digest   per participant the highest version known; precise orders: all versions, an ideal that costs more than it saves
 *   updates  orders.ts
 *   tau      flow.ts; what p gains by sharing q gives away, so that it is not lost if p has shared with others meanwhile
 */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId, ProtocolFactory } from '../../engine/model.ts';
import { adapt, share } from './flow.ts';
import { type ScuttlebuttOptions, type Settings, settingsOf } from './options.ts';
import {
  type Choice,
  preciseUpdates,
  scuttlebuttUpdates,
  UPDATE_WORDS,
  type Updates,
} from './orders.ts';
import { State } from './state.ts';

const CALL = 0;
const ANSWER = 1;
const UPDATES = 2;

interface Call {
  readonly kind: typeof CALL;
  readonly digest: Int32Array;
  readonly rho: number;
  readonly tau: number;
}
interface Answer {
  readonly kind: typeof ANSWER;
  readonly digest: Int32Array;
  readonly updates: Updates;
  readonly available: number;
  /** What the caller gains of tau, or loses. */
  readonly gain: number;
}
interface Told {
  readonly kind: typeof UPDATES;
  readonly updates: Updates;
  readonly available: number;
  /** What the called had to send. */
  readonly answered: number;
}
export type ScuttlebuttMessage = Call | Answer | Told;

/** A participant and a version. */
const DIGEST_BYTES = 8;
/** Participant, key and version, beside the value. */
const UPDATE_BYTES = 12;
/** rho and tau. */
const FLOW_BYTES = 16;
const LONGEST_WAIT: Micros = 60_000_000;
/** The tag of timers that change the rate; others are the number of the change. */
const CHANGE = 0;

export const scuttlebutt =
  (options: ScuttlebuttOptions = {}): ProtocolFactory<ScuttlebuttMessage> =>
  (env) =>
    scuttlebuttOn(groundOf(env.n, options), options)(env);

export interface ScuttlebuttGround {
  readonly state: State;
  /** [participant] updates per second that it may make; without flow control Infinity. */
  readonly tau: Float64Array;
}

export function groundOf(n: number, options: ScuttlebuttOptions): ScuttlebuttGround {
  const { keys, flow } = settingsOf(options);
  return { state: new State(n, keys), tau: new Float64Array(n).fill(flow?.initial ?? Infinity) };
}

/** The same on a ground at hand, for who wants to look into what participants hold. */
export const scuttlebuttOn =
  (
    { state, tau }: ScuttlebuttGround,
    options: ScuttlebuttOptions,
  ): ProtocolFactory<ScuttlebuttMessage> =>
  (env) => {
    const settings = settingsOf(options);
    const { flow } = settings;
    const updates = updatesOf(env, state, tau, settings);
    const isPrecise = settings.order.startsWith('precise');

    const digestOf = (node: NodeId) =>
      isPrecise ? state.row(node) : state.max.slice(node * env.n, (node + 1) * env.n);

    function choose(node: NodeId, digest: Int32Array): Choice {
      const { order } = settings;
      const mtu = settings.mtu(env.now());
      return order === 'depth' || order === 'breadth'
        ? scuttlebuttUpdates(state, node, digest, order, mtu, () => env.draw(node))
        : preciseUpdates(state, node, digest, order, mtu);
    }

    function take(node: NodeId, told: Updates) {
      for (let i = 0; i < told.length; i += UPDATE_WORDS) state.take(node, told[i], told[i + 1]);
    }

    const bytesOf = (digest: number, told: Updates) =>
      digest * DIGEST_BYTES +
      (told.length / UPDATE_WORDS) * (UPDATE_BYTES + settings.valueBytes) +
      (flow === undefined ? 0 : FLOW_BYTES);

    function adaptTo(node: NodeId, missing: number) {
      if (flow !== undefined) tau[node] = adapt(tau[node], missing, settings.mtu(env.now()), flow);
    }

    function answer(node: NodeId, from: NodeId, call: Call) {
      const { updates: told, available } = choose(node, call.digest);
      let gain = 0;
      if (flow !== undefined) {
        const shares = share(call.rho, call.tau, settings.rate(env.now()), tau[node]);
        gain = shares.p - call.tau;
        tau[node] = shares.q;
      }
      const digest = digestOf(node);
      const bytes = bytesOf(digest.length, told);
      env.send(node, from, { kind: ANSWER, digest, updates: told, available, gain }, bytes);
    }

    function conclude(node: NodeId, from: NodeId, { digest, updates: told, ...rest }: Answer) {
      const mine = choose(node, digest);
      take(node, told);
      if (flow !== undefined) tau[node] = Math.max(0, tau[node] + rest.gain);
      adaptTo(node, Math.max(mine.available, rest.available));
      const message: Told = { kind: UPDATES, ...mine, answered: rest.available };
      env.send(node, from, message, bytesOf(0, mine.updates));
    }

    return {
      onStart: updates.start,
      onTimer: updates.onTimer,
      onRound(node) {
        const digest = digestOf(node);
        const rho = settings.rate(env.now());
        const call: Call = { kind: CALL, digest, rho, tau: tau[node] };
        env.send(node, env.peer(node), call, bytesOf(digest.length, []));
      },
      onMessage(node, from, message) {
        if (message.kind === CALL) answer(node, from, message);
        else if (message.kind === ANSWER) conclude(node, from, message);
        else {
          take(node, message.updates);
          adaptTo(node, Math.max(message.available, message.answered));
        }
      },
    };
  };

/** The updates that participants make of their own mappings. */
function updatesOf(
  env: Env<ScuttlebuttMessage>,
  state: State,
  tau: Float64Array,
  { rate, changes, isPoisson }: Settings,
) {
  const since = new Int32Array(env.n); // [participant] the number of the last change of the rate
  /** us, in the mean; however little tau is, it is tried once a minute. */
  const waitOf = (node: NodeId): number => {
    const wish = rate(env.now());
    return wish === 0 ? Infinity : Math.min(1e6 / Math.min(wish, tau[node]), LONGEST_WAIT);
  };

  function next(node: NodeId, isFirst: boolean) {
    const wait = waitOf(node);
    if (wait === Infinity) return;
    const u = env.draw(node);
    const gap: Micros = isPoisson ? -Math.log(u) * wait : isFirst ? u * wait : wait;
    env.at(node, env.now() + Math.max(1, Math.round(gap)), since[node]);
  }

  return {
    start(node: NodeId) {
      since[node] = 0;
      for (const at of changes) env.at(node, Math.max(at, env.now() + 1), CHANGE);
    },
    onTimer(node: NodeId, tag: number) {
      if (tag === CHANGE) {
        since[node]++;
        next(node, true);
      } else if (tag === since[node]) {
        state.update(node, Math.floor(env.draw(node) * state.keys), env.now());
        next(node, false);
      }
    },
  };
}

/** As a line of a trace: the kind, and how many mappings it carries. */
export function wordsOf(message: ScuttlebuttMessage): string {
  if (message.kind === CALL) return 'CALL';
  const name = message.kind === ANSWER ? 'ANSWER' : 'UPDATES';
  return `${name} ${message.updates.length / UPDATE_WORDS} mappings`;
}
