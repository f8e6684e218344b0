/** Links, overlays and protocols made by hand, so that the engine's tests lean on nothing above it. */
import fc from 'fast-check';
import { micros } from '../../src/base/time.ts';
import {
  DELIVERED,
  DUPLICATE,
  type Fault,
  type Input,
  type Link,
  LOST,
  type NodeId,
  type Outcome,
  type Overlay,
  type ProtocolFactory,
  REMOVED,
  type Scenario,
} from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { textTrace } from '../../src/engine/text-trace.ts';

// ---- links and overlays ----

export const fixed = (ms: number): Link => {
  const delay = micros(ms);
  return () => ({ delay: () => delay });
};

/** Whole microseconds, uniform in [minMs, maxMs). */
export const between =
  (minMs: number, maxMs: number): Link =>
  (streams) => {
    const draws = streams.stream('latency');
    const span = Math.max(1, micros(maxMs - minMs));
    return { delay: (from) => micros(minMs) + draws.below(from, span) };
  };

/** Loses a copy with probability `p`; the coin is always tossed. */
export const coin =
  (p: number, link: Link): Link =>
  (streams) => {
    const draws = streams.stream('loss');
    const inner = link(streams);
    return {
      ...inner,
      delay(from, to, now, bytes) {
        const delay = inner.delay(from, to, now, bytes);
        return draws.draw(from) < p ? LOST : delay;
      },
    };
  };

/** Loses the copies whose number (0, 1, ...) in the run is in `lost`. */
export const losing =
  (lost: readonly number[], link: Link): Link =>
  (streams) => {
    const inner = link(streams);
    let copy = 0;
    return {
      delay: (from, to, now, bytes) =>
        lost.includes(copy++) ? LOST : inner.delay(from, to, now, bytes),
    };
  };

export const copied =
  (copies: number, link: Link): Link =>
  (streams) => ({ ...link(streams), copies: () => copies });

export const everyone: Overlay = ({ n }) => ({
  degree: () => n - 1,
  neighbour: (node, i) => (i < node ? i : i + 1),
});

/** Node i speaks to node i + 1, the last to the first: the partner needs no luck. */
export const ring: Overlay = ({ n }) => ({
  degree: () => 1,
  neighbour: (node) => (node + 1) % n,
});

// ---- a protocol that uses everything ----

export interface Words {
  readonly rumour: number;
  readonly hop: number;
}

/**
 * Tells what it has heard to `fanout` partners every round until it tires (probability 1/4 a round), answers one
 * message in four, and in each life sets a timer to greet a partner. Half of its messages are objects.
 */
export const chatter =
  ({ fanout = 2, timerMs = 35 } = {}): ProtocolFactory<number | Words> =>
  (env) => {
    const heard = new Int32Array(env.n * env.inputs).fill(-1); // [node * inputs + rumour] hop; -1 = not yet
    const eager = new Uint8Array(env.n); // [node] 1 while it spreads what it has heard

    function hear(node: NodeId, rumour: number, hop: number) {
      const entry = node * env.inputs + rumour;
      env.emit(heard[entry] >= 0 ? DUPLICATE : DELIVERED, node, rumour);
      if (heard[entry] >= 0) return;
      heard[entry] = hop;
      eager[node] = 1;
    }

    function tell(node: NodeId, to: NodeId) {
      for (let rumour = 0; rumour < env.inputs; rumour++) {
        const hop = heard[node * env.inputs + rumour];
        if (hop >= 0) env.send(node, to, rumour % 2 === 0 ? rumour : { rumour, hop }, 20 + rumour);
      }
    }

    return {
      onStart(node) {
        env.at(node, env.now() + micros(timerMs), node % 3);
      },
      onInput: (node, rumour) => hear(node, rumour, 0),
      onRound(node) {
        if (eager[node] === 0) return;
        for (const to of env.peers(node, fanout)) tell(node, to);
        if (env.draw(node) > 0.25) return;
        eager[node] = 0;
        env.emit(REMOVED, node);
      },
      onMessage(node, from, message) {
        if (typeof message === 'number') hear(node, message, 1);
        else hear(node, message.rumour, message.hop + 1);
        // Fewer than one answer per message, or a run without delays would never leave its instant.
        if (env.draw(node) < 0.25) env.send(node, from, message, 20);
      },
      onTimer: (node) => tell(node, env.peer(node)),
    };
  };

// ---- random scenarios ----

/** A scenario as plain data, so that fast-check can print and shrink it. */
export interface Mix {
  readonly seed: string;
  readonly n: number;
  readonly fanout: number;
  readonly periodMs: number;
  readonly phase: 'synchronised' | 'random' | 'poisson';
  readonly minMs: number;
  readonly spanMs: number;
  readonly loss: number;
  readonly copies: number;
  readonly workload: readonly Input[];
  readonly faults: readonly Fault[];
  readonly ties: 'fifo' | 'random';
  readonly horizonMs: number;
}

export const scenarioOf = (
  mix: Mix & Partial<Scenario<number | Words>>,
): Scenario<number | Words> => ({
  overlay: everyone,
  protocol: chatter({ fanout: mix.fanout }),
  link: copied(mix.copies, coin(mix.loss, between(mix.minMs, mix.minMs + mix.spanMs))),
  rounds: { periodMs: mix.periodMs, phase: mix.phase },
  ...mix,
});

/** One busy mix: loss, duplication, crashes, restarts, two rumours. */
export const swarm: Mix = {
  seed: 'swarm',
  n: 40,
  fanout: 3,
  periodMs: 100,
  phase: 'random',
  minMs: 10,
  spanMs: 60,
  loss: 0.2,
  copies: 1,
  workload: [
    { atMs: 0, node: 3, input: 0 },
    { atMs: 150, node: 20, input: 1 },
  ],
  faults: [
    { atMs: 120, node: 5, kind: 'crash' },
    { atMs: 260, node: 6, kind: 'crash' },
    { atMs: 430, node: 5, kind: 'restart' },
  ],
  ties: 'fifo',
  horizonMs: 1500,
};

/** Random mixes with n in 2..12; each feature is switched off altogether in about half of them. */
export const mixes: fc.Arbitrary<Mix> = fc.integer({ min: 2, max: 12 }).chain((n) => {
  const node = fc.integer({ min: 0, max: n - 1 });
  // Coarse times, so that many events are simultaneous.
  const atMs = fc.integer({ min: 0, max: 40 }).map((tens) => tens * 10);
  const orNone = <T>(some: fc.Arbitrary<T>, none: T) => fc.oneof(fc.constant(none), some);
  return fc.record<Mix>({
    seed: fc.string({ minLength: 1, maxLength: 8 }),
    n: fc.constant(n),
    fanout: fc.integer({ min: 1, max: 3 }),
    periodMs: fc.constantFrom(10, 33, 100),
    phase: fc.constantFrom('synchronised', 'random'),
    minMs: fc.constantFrom(0, 10, 25),
    spanMs: orNone(fc.constantFrom(10, 100), 0),
    loss: orNone(fc.double({ min: 0, max: 1, noNaN: true }), 0),
    copies: fc.constantFrom(1, 1, 2),
    workload: fc.array(fc.record({ atMs, node, input: fc.integer({ min: 0, max: 2 }) }), {
      maxLength: 3,
    }),
    faults: orNone(
      fc.array(fc.record({ atMs, node, kind: fc.constantFrom('crash', 'restart') }), {
        maxLength: 6,
      }),
      [],
    ),
    ties: fc.constantFrom('fifo', 'random'),
    horizonMs: fc.constantFrom(150, 400),
  });
});

/** Runs a scenario with the readable trace on; the lines, and the outcome. */
export function traced<M>(scenario: Scenario<M>): { lines: string[]; outcome: Outcome } {
  const lines: string[] = [];
  const observers = [...(scenario.observers ?? []), textTrace<M>((line) => lines.push(line))];
  return { outcome: simulate({ ...scenario, observers }), lines };
}
