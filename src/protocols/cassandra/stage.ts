/**
 * The gossip stage of each node: one server, first come, first served. Messages wait here, and so do the verdicts of the
 * status check, for which the round in turn waits. Source: Stage.GOSSIP (a single thread), Gossiper.runInGossipStageBlocking.
 * [!] A blocked stage makes a node look dead although its timer runs: heartbeats leave in ACK and ACK2 only, which are
 * made here.
 * A task takes its own time, then it takes effect; what listeners took is known only then, and has to pass before its
 * answer leaves and the next task begins. A task that takes no time, at a stage with nothing to do, is done at once.
 */
import type { Micros } from '../../base/time.ts';
import type { Env, NodeId } from '../../engine/model.ts';
import { Fifo } from './fifo.ts';
import type { CassandraMessage } from './messages.ts';

/** Kinds of tasks. The round waits for the verdicts. */
export const NONE = 0;
export const MESSAGE = 1;
export const CONVICT = 2;
export const REMOVE = 3; // a client that has fallen silent
export const EVICT = 4; // one that has been remembered for long enough
export const ASSASSINATE = 5;
export type TaskKind = number;

export const isVerdict = (kind: TaskKind): boolean => kind >= CONVICT && kind <= EVICT;

export interface Task {
  readonly kind: TaskKind;
  /** From whom the message is, or whom the task is about. */
  readonly other: NodeId;
  readonly message?: CassandraMessage;
  readonly arrived: Micros;
}

/** Of a task being done: it has not taken effect; it has, and its listeners take their time before the end or the answer. */
const NONE_YET = 0;
const NO_ANSWER = 1;
const ANSWERS = 2;

/** What is done on the stage. */
export interface StageWork {
  /** us; before it takes effect. */
  cost(node: NodeId, task: Task): number;
  /** It takes effect; true: an answer is to follow once listeners are through. */
  apply(node: NodeId, task: Task): boolean;
  /** Listeners are through: its answer leaves. */
  answer(node: NodeId, task: Task): void;
  /** The task is done, and was not done at once. */
  done(node: NodeId, task: Task): void;
}

/** For who wants to know how busy stages were; counts what did not get done at once. */
export class StageLog {
  readonly mostWaiting: Int32Array; // [node] tasks that waited or were being done at one time
  readonly longest: Float64Array; // [node] us, from the arrival of a task until it was done
  readonly busy: Float64Array; // [node] us spent on tasks

  constructor(n: number) {
    this.mostWaiting = new Int32Array(n);
    this.longest = new Float64Array(n);
    this.busy = new Float64Array(n);
  }
}

export class GossipStage {
  readonly #env: Env<CassandraMessage>;
  readonly #work: StageWork;
  readonly #log: StageLog;
  readonly #timer: number;
  readonly #waiting: Fifo<Task>[]; // [node]
  readonly #serving: (Task | undefined)[]; // [node]
  readonly #effect: Uint8Array; // [node] of the task being done: NONE_YET, NO_ANSWER, ANSWERS
  readonly #owed: Float64Array; // [node] us, of the task being done

  /** @param timer the tag of its timers. */
  constructor(env: Env<CassandraMessage>, work: StageWork, log: StageLog, timer: number) {
    this.#env = env;
    this.#work = work;
    this.#log = log;
    this.#timer = timer;
    this.#waiting = Array.from({ length: env.n }, () => new Fifo<Task>());
    this.#serving = new Array<Task | undefined>(env.n).fill(undefined);
    this.#effect = new Uint8Array(env.n);
    this.#owed = new Float64Array(env.n);
  }

  /** A process starts. */
  start(node: NodeId): void {
    this.#waiting[node].clear();
    this.#serving[node] = undefined;
  }

  isIdle(node: NodeId): boolean {
    return this.#serving[node] === undefined && this.#waiting[node].length === 0;
  }

  /** Tasks that wait for the one being done. */
  pending(node: NodeId): number {
    return this.#waiting[node].length;
  }

  /** True: it is done already. */
  submit(node: NodeId, task: Task): boolean {
    if (this.isIdle(node)) return this.#begin(node, task);
    this.#waiting[node].push(task);
    const { mostWaiting } = this.#log;
    mostWaiting[node] = Math.max(mostWaiting[node], this.#waiting[node].length + 1);
    return false;
  }

  /** A listener of the task being done takes so long, in us. */
  owe(node: NodeId, us: number): void {
    this.#owed[node] += us;
  }

  /** us; what the listeners of the task being done take so far. */
  owed(node: NodeId): Micros {
    return Math.round(this.#owed[node]);
  }

  /** The timer. */
  served(node: NodeId): void {
    const task = this.#serving[node];
    if (task === undefined) return;
    if (this.#effect[node] === ANSWERS) this.#work.answer(node, task);
    if (this.#effect[node] === NONE_YET && !this.#takeEffect(node, task)) return;
    this.#finish(node, task);
    while (this.#serving[node] === undefined && this.#waiting[node].length > 0) {
      const next = this.#waiting[node].shift();
      if (this.#begin(node, next)) this.#finish(node, next);
    }
  }

  #begin(node: NodeId, task: Task): boolean {
    const cost = Math.round(this.#work.cost(node, task));
    if (cost === 0) return this.#takeEffect(node, task);
    this.#effect[node] = NONE_YET;
    this.#spend(node, task, cost);
    return false;
  }

  #takeEffect(node: NodeId, task: Task): boolean {
    this.#owed[node] = 0;
    const answers = this.#work.apply(node, task);
    const owed = Math.round(this.#owed[node]);
    if (owed > 0) {
      this.#effect[node] = answers ? ANSWERS : NO_ANSWER;
      this.#spend(node, task, owed);
      return false;
    }
    if (answers) this.#work.answer(node, task);
    return true;
  }

  #spend(node: NodeId, task: Task, us: Micros): void {
    this.#serving[node] = task;
    this.#log.busy[node] += us;
    this.#env.at(node, this.#env.now() + us, this.#timer);
  }

  #finish(node: NodeId, task: Task): void {
    const { longest } = this.#log;
    this.#serving[node] = undefined;
    longest[node] = Math.max(longest[node], this.#env.now() - task.arrived);
    this.#work.done(node, task);
  }
}
