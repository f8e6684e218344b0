/** The vocabulary of faults, part of `model.ts`. */
import type { NodeId, Streams } from './model.ts';

/** Something that befalls a node; which kinds there are, and what exactly they do: docs/mechanisms.md. */
export type Fault = Crash | Absence | Pause | Slowness | ClockChange;

interface Befalls {
  readonly atMs: number;
  readonly node: NodeId;
}

/** A crash loses its timers; what reaches it while it is down is gone; a restart is a new life. */
export interface Crash extends Befalls {
  readonly kind: 'crash' | 'restart';
}

/** The node is down from the start and has not been started: it joins with its first restart. At time 0 only. */
export interface Absence extends Befalls {
  readonly kind: 'absent';
}

/** Stop-the-world: rounds, timers, inputs and messages wait until `untilMs` and then happen as they came due. */
export interface Pause extends Befalls {
  readonly kind: 'pause';
  readonly untilMs: number;
}

/** From now on the node serves its messages one at a time, first come, first served. */
export interface Slowness extends Befalls {
  readonly kind: 'slow';
  /** Service time of a message in ms: a constant, or a quantile function of a uniform draw; 0 ends the slowness. */
  readonly serviceMs: number | ((u: number) => number);
  /** 'apart' (default): rounds, timers and inputs do not wait, they have a thread of their own; 'shared': they take
   *  their turn among the messages, and as long. */
  readonly timers?: 'apart' | 'shared';
}

/** The node's own clock changes; it starts as the simulation's. What is left out stays as it is. */
export interface ClockChange extends Befalls {
  readonly kind: 'clock';
  /** The clock is set forward (or back, if negative) by so much: its skew, if at time 0. */
  readonly stepMs?: number;
  /** From now on it gains so much against the simulation, in parts per million. */
  readonly driftPpm?: number;
  /** From now on it is slewed until it has gained so much (or lost, if negative); ends a slew under way. */
  readonly slewMs?: number;
  /** The rate of the slew; default 500, that of adjtime (Mills, RFC 1589). */
  readonly slewPpm?: number;
  /** True: it never goes back. Where a step would set it back it stands still until that is made good. */
  readonly monotone?: boolean;
}

/** A schedule of faults, drawn anew for each run from streams of its own. */
export type FaultPlan = (streams: Streams) => readonly Fault[];

/** What an observer hears of: a pause also ends. */
export type FaultKind = Fault['kind'] | 'resume';
