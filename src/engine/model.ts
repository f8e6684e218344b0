/**
 * The vocabulary: all that a protocol, a link, an overlay, an observer and a scenario are to each other.
 * A protocol file imports this file and `base/`, and nothing else of the engine.
 */
import type { Micros } from '../base/time.ts';
import type { Fault, FaultKind, FaultPlan } from './fault.ts';
import type { Link, Overlay } from './medium.ts';

export type * from './fault.ts';
export type * from './medium.ts';

/** A whole number, 0 <= id < n. */
export type NodeId = number;

/** The partner of a node that has no neighbour; a message to nobody goes nowhere and is not counted. */
export const NOBODY: NodeId = -1;

/** The delay of a message that never arrives. */
export const LOST = Infinity;

// What can happen to a node, as a protocol reports it. Observers decide what it means.
/** Node has heard the rumour `about` for the first time. */ export const DELIVERED = 1;
/** Node was told the rumour `about` again. */ export const DUPLICATE = 2;
/** Node will not spread the rumour `about` any more. */ export const REMOVED = 3;
/** Node suspects that `about` is down. */ export const SUSPECTED = 4;
/** Node trusts `about` again. */ export const TRUSTED = 5;
/** Node has heard of `about`, or of a new life of it, for the first time in its own life. */ export const JOINED = 6;
/** Node has dropped `about`. */ export const FORGOTTEN = 7;
/** A client has read a register at node, for the operation `about`. */ export const READ = 8;
/** Node has issued the write `about`. */ export const ISSUED = 9;
/** Node has applied the write `about` to its registers. */ export const APPLIED = 10;
/** A job has joined the queue of node; `about` has sent it there. */ export const PLACED = 11;
/** Node has finished the first job of its queue; `about` are left. */ export const SERVED = 12;
/** Node holds `about` to be dead. */ export const DIED = 13;
/** One of DELIVERED .. DIED. */ export type Fact = number;
/** [Fact] its name. */ export const FACT_NAMES = [
  '',
  'DELIVERED',
  'DUPLICATE',
  'REMOVED',
  'SUSPECTED',
  'TRUSTED',
  'JOINED',
  'FORGOTTEN',
  'READ',
  'ISSUED',
  'APPLIED',
  'PLACED',
  'SERVED',
  'DIED',
] as const;

/** How a message travels: in a packet of its own, or on a connection. Links may treat the two differently. */
export const DATAGRAM = 0;
/** A message that goes on a connection. */ export const STREAM = 1;
/** DATAGRAM or STREAM. */ export type Channel = number;

/** All that a protocol may know. It never sees the queue, the seed, the metrics, or whether another node is alive. */
export interface Env<M> {
  /** Population, alive or not. */
  readonly n: number;
  /** The workload's inputs are numbered 0 .. inputs-1; in broadcast, the rumours. */
  readonly inputs: number;
  /** The simulation's clock: for timers. */
  now(): Micros;
  /** The node's own clock, for timestamps: what faults of kind 'clock' made of it, else `now`. It may be negative, and
   *  may step back. Two nodes' clocks need not agree, and timers do not go by it. */
  clock(node: NodeId): Micros;
  /** Messages in the node's own inbox: they have arrived, and wait because the node is slow. */
  waiting(node: NodeId): number;
  /** A gossip partner of `node`, drawn from the scenario's overlay: never `node` itself; NOBODY if it has none. */
  peer(node: NodeId): NodeId;
  /** `count` different partners, or all of them where there are fewer. The array is valid until the next call. */
  peers(node: NodeId, count: number): Int32Array;
  /** Uniform in (0, 1), from the protocol's own stream for that node. */
  draw(node: NodeId): number;
  /** Sends a message of `bytes` payload (default 0). It may be lost, late or reordered. The message is a snapshot:
   *  a small integer or a value that nobody changes afterwards. On which channel it goes (default DATAGRAM) only links
   *  that tell channels apart ask. */
  send(from: NodeId, to: NodeId, message: M, bytes?: number, channel?: Channel): void;
  /** Calls `onTimer(node, tag)` at `time`, unless the node crashed in between. There is no cancel: ignore stale timers. */
  at(node: NodeId, time: Micros, tag: number): void;
  /** Reports a fact about `node`, and about which rumour or node. One-way: observers cannot change a run. */
  emit(fact: Fact, node: NodeId, about?: number): void;
  /**
   * Reports first news that the node has come to at `time`, which may be past: JOINED of subjects that it has neither
   * suspected nor forgotten before. Absent where it must not be late: somebody watches it one by one, or it may end the run.
   */
  readonly emitLate?:
    | ((time: Micros, fact: Fact, node: NodeId, many: ManyMarks) => void)
    | undefined;
}

/** Many facts: how many, and the sums, modulo 2^32, of the marks of what they are about (engine/hash.ts). */
export type ManyMarks = Readonly<Record<'count' | 'first' | 'second', number>>;

/** A protocol is a pure reaction. One object serves all nodes: it indexes its columns by `node`. */
export interface Protocol<M> {
  /** At boot, and again after a restart (a new life of the node). */
  onStart?(node: NodeId): void;
  /** The workload hands the node an input: in broadcast, a new rumour to spread. */
  onInput?(node: NodeId, input: number): void;
  /** Active thread: every period of the scenario. */
  onRound?(node: NodeId): void;
  /** Passive thread. */
  onMessage?(node: NodeId, from: NodeId, message: M): void;
  onTimer?(node: NodeId, tag: number): void;
  /**
   * Columns of fixed length, with as many elements for each node, in which its reactions look first: a large run reads
   * ahead in them, when it sees what comes next, and does not wait for memory node by node. It changes nothing else.
   */
  readonly columns?: readonly ArrayBufferView[];
  /** The run is over: facts that were put off are told now. */
  settle?(): void;
  /** Where messages are handles into a table of the protocol's. */
  readonly holds?: Holds<M>;
}

/**
 * A message that is a handle stands for something that must be freed, and what becomes of its copies a protocol cannot
 * know: the engine retains it for each copy that sets out and is not lost, and releases it when that copy has been
 * handled, or is dead. The protocol releases its own reference after sending. What is released may be used again: an
 * observer that keeps a message copies it.
 */
export interface Holds<M> {
  retain(message: M): void;
  release(message: M): void;
}

/** A protocol for one run, which keeps its columns in a closure. */
export type ProtocolFactory<M> = (env: Env<M>) => Protocol<M>;

/**
 * The k-th round of a node is at phase + k * period, k = 0, 1, ...; synchronised phases all equal one period. Poisson
 * clocks have no beat: the gaps between a node's rounds are exponential, with the period for mean.
 */
export interface Rounds {
  readonly periodMs: number;
  /** 'random': each node's phase is uniform in (0, period]. 'poisson': the asynchronous model of most analyses. */
  readonly phase: 'synchronised' | 'random' | 'poisson';
  /**
   * Rounds missed while the node was paused. The first of them is held at resume; then, in the words of Tokio's
   * `MissedTickBehavior`: 'skip' (default) the others and go on at phase + k * period, as a ticker of Go does; 'delay':
   * the next comes a period later, as by Java's `scheduleWithFixedDelay`; 'burst': hold them all at once, then go on.
   * A Poisson clock has no others: the one that came due is held, and the next gap begins then.
   */
  readonly missed?: 'skip' | 'delay' | 'burst';
}

/** The workload: at `atMs`, `node` is handed the input numbered `input`. */
export interface Input {
  readonly atMs: number;
  readonly node: NodeId;
  readonly input: number;
}

/** Ends a run early, after the instant in which it first holds: `count[fact]` = how often the fact was emitted. */
export type StopRule = (count: Float64Array, n: number, inputs: number) => boolean;

/** Watches a run; every hook is optional and none can change the run. Times are microseconds. */
export interface Observer<M = unknown> {
  onInput?(now: Micros, node: NodeId, input: number): void;
  onRound?(now: Micros, node: NodeId): void;
  onTimer?(now: Micros, node: NodeId, tag: number): void;
  /** One call per copy; `delay` is LOST if the copy is lost; `bytes` includes the header. */
  onSend?(now: Micros, from: NodeId, to: NodeId, message: M, bytes: number, delay: Micros): void;
  /** Before the protocol reacts. */
  onMessage?(now: Micros, node: NodeId, from: NodeId, message: M): void;
  /** The message reached a node that was down, or waited at one when it crashed. */
  onDead?(now: Micros, node: NodeId, from: NodeId, message: M): void;
  onFact?(now: Micros, fact: Fact, node: NodeId, about: number): void;
  /** True: `onFact` need not be told of first news, JOINED of a pair that was neither suspected nor forgotten before. */
  readonly skipsFirstNews?: boolean;
  /** For who need not know what facts are about, instead of `onFact`: `count` facts of one kind and node. They are told
   *  in the order of `time`, but maybe after what happened later. Runs that are watched so can be much faster. */
  onFacts?(time: Micros, fact: Fact, node: NodeId, count: number): void;
  onFault?(now: Micros, node: NodeId, kind: FaultKind): void;
  /** A message has arrived at a node that is paused or slow; with it `waiting` messages wait there. */
  onWait?(now: Micros, node: NodeId, waiting: number): void;
  /** It has waited for `waited`, its service time included, and `onMessage` follows; `waiting` messages are left. */
  onWaited?(now: Micros, node: NodeId, waiting: number, waited: Micros): void;
}

/** A run as a value: the same scenario gives the same trace hash in any process, with or without observers. */
export interface Scenario<M> {
  readonly seed: string;
  readonly n: number;
  readonly protocol: ProtocolFactory<M>;
  readonly link: Link;
  readonly overlay: Overlay;
  /** Absent: the protocol has no rounds. */
  readonly rounds?: Rounds;
  readonly workload?: readonly Input[];
  readonly faults?: readonly Fault[] | FaultPlan;
  /** The run ends when nothing is left to happen, when `stop` holds, or here. */
  readonly horizonMs: number;
  readonly stop?: StopRule;
  /** Order of simultaneous events: first scheduled, first served; or at random, to check that nothing hangs on it. */
  readonly ties?: 'fifo' | 'random';
  /** Added to the payload of every message; default 28 (IPv4 and UDP). */
  readonly headerBytes?: number;
  readonly observers?: readonly Observer<M>[];
  /** Checks what costs time: messages unchanged in flight, messages balanced at the end. */
  readonly checked?: boolean;
}

/** Copies of messages: sent = delivered + lost + dead + inFlight. */
export interface Traffic {
  sent: number;
  delivered: number;
  lost: number;
  /** Reached a node that was down, or waited at one when it crashed. */
  dead: number;
  /** Under way, or waiting at a node that is paused or slow. */
  inFlight: number;
  bytesSent: number;
  bytesLost: number;
}

/** What a run has come to. */
export interface Outcome {
  /** The time of the last event that happened. */
  readonly end: Micros;
  readonly endedBy: 'quiet' | 'stop' | 'horizon';
  readonly events: number;
  /** 16 hex digits over every event and fact in order. */
  readonly hash: string;
  readonly traffic: Readonly<Traffic>;
  /** [fact] how often it was emitted. */
  readonly facts: Float64Array;
}
