/**
 * Heartbeats without gossip: a node sends its heartbeats, numbered 1, 2, ..., straight to those that watch it, and each
 * of them judges by a detector, at the exact time. This is the setting in which failure detectors are analysed.
 * Source: Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002, section 2: in step, with synchronised rounds of period
 * eta, heartbeat i is sent at i * eta. Deviations: a restarted node counts from 1 again, in a new generation; its
 * watchers begin anew with it.
 * Rounds that a pause swallows are not counted: where heartbeats are known by their number (NFD-S, NFD-E, Bertier), let
 * the scenario hold them late, `rounds.missed: 'burst'`.
 */
import { assert, UserError } from '../../base/errors.ts';
import { micros } from '../../base/time.ts';
import type { DetectorFactory } from '../../detectors/model.ts';
import { monitor, NO_TRANSITION, type Transition } from '../../detectors/monitor.ts';
import { JOINED, type NodeId, type ProtocolFactory } from '../../engine/model.ts';

/** Options of `direct`, with their units. */
export interface DirectOptions {
  /** Who suspects, and at which level (default: the detector's own). */
  readonly detector: DetectorFactory;
  readonly level?: number;
  /** Who watches a node; default: all others. */
  readonly watchers?: (node: NodeId) => readonly NodeId[];
  /** Instead of the scenario's rounds: the gaps between heartbeats, in ms, a function of a uniform draw in (0, 1). */
  readonly gapMs?: (u: number) => number;
  /** Payload of a heartbeat; default 8. */
  readonly heartbeatBytes?: number;
}

/** A heartbeat as a whole number of 31 bits: 7 of generation, 24 of sequence. */
const GENERATION = 2 ** 24;
const MOST_LIVES = 2 ** 7;
const BEAT = -1; // the tag of the timer for the next heartbeat; other tags are subjects

/** Heartbeats sent straight to watchers, who judge by a detector. Chen, Toueg, Aguilera 2002. */
export const directHeartbeats =
  ({
    detector,
    level,
    watchers,
    gapMs,
    heartbeatBytes = 8,
  }: DirectOptions): ProtocolFactory<number> =>
  (env) => {
    const { n } = env;
    const everyone = Array.from({ length: n }, (_, node) => node);
    const watchersOf = watchers ?? ((node) => everyone.filter((other) => other !== node));
    const toWhom = everyone.map((node) => watchersOf(node)); // [node]
    const generation = new Uint8Array(n); // [node] its life; 0 before its start
    const sequence = new Int32Array(n); // [node] heartbeats sent in this life
    const heardOf = new Uint8Array(n * n); // [pair] the subject's generation; 0 = not heard
    const wakesAt = new Float64Array(n * n).fill(Infinity); // [pair] us, the earliest timer; Infinity = it has none
    const judge = detector(n * n);
    const watch = monitor(judge, n * n, level ?? judge.defaultLevel);

    function refuse(node: NodeId): never {
      throw new UserError(
        `direct heartbeats: a node must have fewer than ${MOST_LIVES} lives; got so many of node ${node}. Lower the rate of restarts or the horizon`,
      );
    }

    function report(observer: NodeId, subject: NodeId, transition: Transition) {
      if (transition !== NO_TRANSITION) env.emit(transition, observer, subject);
    }

    /** Sees that the observer is awake when the suspicion is due. Timers that were armed before stay, and find it later. */
    function wake(observer: NodeId, subject: NodeId) {
      const pair = observer * n + subject;
      const due = watch.deadline(pair);
      if (due >= wakesAt[pair]) return;
      wakesAt[pair] = due;
      env.at(observer, due, subject);
    }

    function beat(node: NodeId) {
      const number = ++sequence[node];
      if (number === GENERATION)
        assert(false, `node ${node} sent ${number} heartbeats in one life`);
      const message = generation[node] * GENERATION + number;
      for (const to of toWhom[node]) env.send(node, to, message, heartbeatBytes);
    }

    function beatLater(node: NodeId) {
      if (gapMs !== undefined) env.at(node, env.now() + micros(gapMs(env.draw(node))), BEAT);
    }

    return {
      onStart(node) {
        if (++generation[node] === MOST_LIVES) refuse(node);
        sequence[node] = 0;
        for (let subject = 0; subject < n; subject++) {
          watch.forget(node * n + subject);
          heardOf[node * n + subject] = 0;
          wakesAt[node * n + subject] = Infinity;
        }
        beatLater(node);
      },
      ...(gapMs === undefined && { onRound: beat }),
      onMessage(node, from, message) {
        const pair = node * n + from;
        const life = Math.floor(message / GENERATION);
        if (life < heardOf[pair]) return; // overtaken by the next life
        if (life > heardOf[pair]) {
          judge.forget(pair);
          env.emit(JOINED, node, from);
        }
        heardOf[pair] = life;
        report(node, from, watch.heard(pair, env.now(), message % GENERATION));
        wake(node, from);
      },
      onTimer(node, tag) {
        if (tag === BEAT) {
          beat(node);
          beatLater(node);
          return;
        }
        const pair = node * n + tag;
        if (env.now() < wakesAt[pair]) return; // stale
        wakesAt[pair] = Infinity;
        if (watch.deadline(pair) <= env.now()) report(node, tag, watch.check(pair, env.now()));
        else wake(node, tag);
      },
    };
  };
