/**
 * Median-counter push-pull: every node calls a random partner every round and rumours go both ways; a node that knows a
 * rumour counts how far its partners are with it, and falls silent by itself: O(n log log n) transmissions.
 * Source: Karp, Schindelhauer, Shenker, Voecking, "Randomized rumor spreading", FOCS 2000, section 3. States of a node:
 *   A    has not heard it.                     -> B_1 when it hears it from nodes in B only; -> C when from one in C.
 *   B_m  sends it, counter m = 1 .. ctrMax.    -> B_m+1 after a round with more partners in B_m', m' >= m, or C than
 *                                              others; B_ctrMax+1 is C; -> C when it hears it from a node in C.
 *   C    sends it for ctrMax more rounds.      -> D, which sends it no more.
 * After maxRounds in B and C a node goes to D in any case: the paper's failsafe, so that the rumour surely ends.
 * A state changes at the node's next round. The paper leaves the constants open; the defaults are ctrMax = ln ln n
 * rounded up and maxRounds = 4 ln n rounded up.
 * Deviations: a partner that sends nothing counts as one in A: a node cannot tell A from D, or from a lost message.
 */
import { wholeNumber } from '../../base/errors.ts';
import { type NodeId, type ProtocolFactory, REMOVED } from '../../engine/model.ts';
import {
  aboutOf,
  CONTROL_BYTES,
  counterOf,
  MOST_COUNTER,
  message,
  REQUEST,
  RUMOUR,
  tagOf,
} from './messages.ts';
import { news } from './news.ts';

/** Options of `medianCounter`, with their units. */
export interface MedianCounterOptions {
  /** States B_1 .. B_ctrMax, and rounds in C. */
  readonly ctrMax?: number;
  /** Rounds in B and C together, at most. */
  readonly maxRounds?: number;
  readonly rumourBytes?: number;
}

/** Push-pull that stops in time. Karp, Schindelhauer, Shenker, Vöcking 2000. */
export const medianCounter =
  ({ ctrMax, maxRounds, rumourBytes = 100 }: MedianCounterOptions = {}): ProtocolFactory<number> =>
  (env) => {
    const last = ctrMax ?? Math.max(1, Math.ceil(Math.log(Math.log(env.n))));
    const mostRounds = maxRounds ?? Math.max(1, Math.ceil(4 * Math.log(env.n)));
    wholeNumber('median-counter', 'ctrMax', last, 1, (MOST_COUNTER - 1) / 2);
    wholeNumber('median-counter', 'maxRounds', mostRounds, 1, 2 ** 16 - 1);
    const A = 0;
    const C = last + 1; // B_m is m; C lasts from here ..
    const D = C + last; // .. to the stage before this one
    const { columns, hear, knewBefore } = news(env);
    const stage = new Uint8Array(env.n * env.inputs); // [node * inputs + rumour] A, m, C .. D-1, D
    const ahead = new Int32Array(env.n * env.inputs); // [node * inputs + rumour] partners of this round as far as the node
    const heardFromC = new Uint8Array(env.n * env.inputs); // [node * inputs + rumour] 1 if so in this round
    const rounds = new Uint16Array(env.n * env.inputs); // [node * inputs + rumour] spent in B and C
    const partners = new Int32Array(env.n); // [node] of this round, callers and called

    /** The stage after a round, from what the round has shown. */
    function next(node: NodeId, rumour: number, entry: number): number {
      const now = stage[entry];
      if (now === A) {
        if (!knewBefore(node, rumour)) return A;
        return heardFromC[entry] ? C : 1;
      }
      if (now === D || ++rounds[entry] >= mostRounds) return D;
      if (now >= C) return now + 1;
      if (heardFromC[entry]) return C;
      return 2 * ahead[entry] > partners[node] ? now + 1 : now;
    }

    function endRound(node: NodeId) {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        const entry = node * env.inputs + rumour;
        const before = stage[entry];
        stage[entry] = next(node, rumour, entry);
        if (stage[entry] === D && before !== D) env.emit(REMOVED, node, rumour);
        ahead[entry] = 0;
        heardFromC[entry] = 0;
      }
      partners[node] = 0;
    }

    function tell(node: NodeId, partner: NodeId) {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        const now = stage[node * env.inputs + rumour];
        if (now !== A && now !== D)
          env.send(node, partner, message(RUMOUR, rumour, now), rumourBytes);
      }
    }

    function listen(node: NodeId, rumour: number, theirs: number) {
      const entry = node * env.inputs + rumour;
      hear(node, rumour);
      if (theirs >= C) heardFromC[entry] = 1;
      if (theirs >= stage[entry]) ahead[entry]++;
    }

    return {
      columns,
      onInput: hear,
      onRound(node) {
        endRound(node);
        partners[node]++;
        const partner = env.peer(node);
        env.send(node, partner, message(REQUEST), CONTROL_BYTES);
        tell(node, partner);
      },
      onMessage(node, from, received) {
        if (tagOf(received) === RUMOUR) listen(node, aboutOf(received), counterOf(received));
        else {
          partners[node]++;
          tell(node, from);
        }
      },
    };
  };
