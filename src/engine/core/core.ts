/**
 * The core of the engine, in WebAssembly: what every event costs whatever the protocol. The queue of pending events
 * (ladder.as), the trace hash (hash.as), and for plain scenarios the partner, luck and latency of a message (post.as). What
 * is in it twice, here and in TypeScript, gives the same to the last bit: TypeScript serves the scenarios that are not plain,
 * and is the reference of the tests.
 *
 * A run has a core of its own; when it is over, its memory serves the next run of the thread.
 */
import { UserError } from '../../base/errors.ts';
import { type Place, Stream } from '../../base/stream.ts';
import type { Micros } from '../../base/time.ts';
import { moduleOf, type WebAssemblyMemory, wasm } from '../../base/wasm.ts';
import { CORE_WASM } from './core-wasm.ts';

// Where in `times` and `words` the core tells what it has to tell.
export const TIME = 8;
export const FROM = 18;
export const WORD = 19;
/** In `words`: of how many events the nodes are known that come next; set when they are others. */
export const COMING = 20;
export const MOST_COMING = 4096;

/** What `next` returns instead of an event: there is none. */
export const QUIET = -1;
/** The same: it is later than the horizon. */
export const LATE = -2;

export const MOST_PAGES = 65535; // an address has 32 bits
const KEPT = 64 * 2 ** 20; // bytes: larger memories are not kept for the next run
const DESK = 4096; // bytes

interface Exports {
  reset(): void;
  counts(bytes: number): number;
  schedule(time: Micros, what: number, from: number, word: number): number;
  nextTime(): Micros;
  next(horizon: Micros): number;
  occurred(time: Micros, what: number, where: number, detail: number): void;
  pending(): number;
  firstHash(): number;
  secondHash(): number;
  setLoss(key0: number, key1: number, counts: number, probability: number): void;
  setDelay(key0: number, key1: number, counts: number, leastMs: number, rangeMs: number): void;
  setPeers(key0: number, key1: number, counts: number, n: number): void;
  peer(node: number): number;
  send(now: Micros, from: number, to: number, kind: number, word: number): Micros;
  watch(): number;
}

interface Instance {
  readonly memory: WebAssemblyMemory;
  readonly exports: Exports;
}

const moduleHere = moduleOf(CORE_WASM);
const idle: Instance[] = []; // of this thread; nobody's

export class Core {
  /** False, and nothing done, unless `time` is a whole number of microseconds and not past. */
  schedule: Exports['schedule'];
  /** Takes out the next event, into `time`, `from` and `word`, and returns its `what`; or QUIET, or LATE. */
  next: Exports['next'];
  /** When the next event comes; Infinity: none does. */
  nextTime: Exports['nextTime'];
  /** Mixes into the hash what is no event. */
  occurred: Exports['occurred'];
  /** Only after `setPeers`. */
  peer: Exports['peer'];
  /** Sends a copy over the link of `setLoss` and `setDelay`; returns its delay, or LOST. */
  send: Exports['send'];
  readonly #instance: Instance;
  readonly #times: Float64Array; // [TIME]
  readonly #words: Int32Array; // [FROM], [WORD], [COMING]
  readonly #isUsual: boolean;

  /** A core, or undefined where the machine has no room for one: each reserves some 10 GiB of addresses, if not of memory. */
  static open(): Core | undefined {
    try {
      return new Core();
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** @param mostPages of 64 KiB that its memory may have. Throws a RangeError where there is no room for it. */
  constructor(mostPages = MOST_PAGES) {
    this.#isUsual = mostPages === MOST_PAGES;
    this.#instance = (this.#isUsual ? idle.pop() : undefined) ?? instantiate(mostPages);
    const { exports, memory } = this.#instance;
    exports.reset();
    this.#times = new Float64Array(memory.buffer, 0, DESK / 8);
    this.#words = new Int32Array(memory.buffer, 0, DESK / 4);
    this.schedule = exports.schedule;
    this.next = exports.next;
    this.nextTime = exports.nextTime;
    this.occurred = exports.occurred;
    this.peer = exports.peer;
    this.send = exports.send;
  }

  // The event that `next` took out last.
  get time(): Micros {
    return this.#times[TIME];
  }

  get from(): number {
    return this.#words[FROM];
  }

  get word(): number {
    return this.#words[WORD];
  }

  /** Of how many events that come next the nodes have been told since this was asked last (`watch`). */
  takeComing(): number {
    const coming = this.#words[COMING];
    if (coming !== 0) this.#words[COMING] = 0;
    return coming;
  }

  /** So many words, all zero, for a block of nodes' counts (streams.ts), until the core is closed; and its memory. */
  counts(length: number): { words: Int32Array; memory: object } {
    const { exports, memory } = this.#instance;
    const address = exports.counts(4 * length) >>> 0;
    return { words: new Int32Array(memory.buffer, address, length), memory };
  }

  /** Where the core finds a stream to draw from; undefined: it must not. */
  placeOf(stream: Stream): Place | undefined {
    return Stream.placeOf(stream, this.#instance.memory);
  }

  /** How many events are pending. */
  get pending(): number {
    return this.#instance.exports.pending();
  }

  /** Bytes of its memory. */
  get bytes(): number {
    return this.#instance.memory.buffer.byteLength;
  }

  /** The two words of the hash. */
  get hash(): readonly [number, number] {
    const { exports } = this.#instance;
    return [exports.firstHash(), exports.secondHash()];
  }

  setLoss({ key0, key1, address }: Place, probability: number): void {
    this.#instance.exports.setLoss(key0, key1, address, probability);
  }

  setDelay({ key0, key1, address }: Place, leastMs: number, rangeMs: number): void {
    this.#instance.exports.setDelay(key0, key1, address, leastMs, rangeMs);
  }

  setPeers({ key0, key1, address }: Place, n: number): void {
    this.#instance.exports.setPeers(key0, key1, address, n);
  }

  /** From now on the core tells of which nodes the next events are: the first `takeComing()` in this. */
  watch(): Int32Array {
    const address = this.#instance.exports.watch() >>> 0;
    return new Int32Array(this.#instance.memory.buffer, address, MOST_COMING);
  }

  /** The run is over. Returns whether its memory is for another run. */
  close(): boolean {
    this.schedule = refuse;
    this.next = refuse;
    this.nextTime = refuse;
    this.occurred = refuse;
    this.peer = refuse;
    this.send = refuse;
    const isKept = this.#isUsual && this.bytes <= KEPT;
    if (isKept) idle.push(this.#instance);
    return isKept;
  }
}

function refuse(): never {
  throw new Error('BUG: the run is over; nothing more can happen in it');
}

function instantiate(mostPages: number): Instance {
  const module = moduleHere();
  if (wasm === undefined || module === null) throw new RangeError('no WebAssembly with SIMD');
  const memory = new wasm.Memory({ initial: 1, maximum: mostPages, shared: true });
  const full = (bytes: number): never => {
    throw tooMany(exports.pending(), bytes);
  };
  const instance = new wasm.Instance(module, { env: { memory, full } });
  const exports = instance.exports as unknown as Exports;
  return { memory, exports };
}

function tooMany(pending: number, bytes: number): UserError {
  const mib = Math.ceil(bytes / 2 ** 20);
  const events = pending.toLocaleString('en');
  return new UserError(
    `simulate: ${events} events are pending, and there is no room for ${mib} MiB more (a run has 4 GiB, or what the machine has). Lower the nodes, the messages of a round, or the latency`,
  );
}
