/**
 * Keyed randomness: a draw is a pure function of (run seed, stream name, lane, counter). The lane is usually a node,
 * so a node's luck does not depend on what other nodes did, two runs that differ in one parameter stay coupled
 * (common random numbers), and no stream slides when a draw is added elsewhere.
 * seedrandom turns the user's seed string into a stream's key; Threefry-2x32 turns key and counter into bits.
 */
import seedrandom from 'seedrandom';
import { block, threefry } from './threefry.ts';

/** The same by a name of this module's, which V8 need not look up at every use. */
const drawn = block;

/** The UTF-8 bytes as characters: seedrandom keeps eight bits of a character, so 'a' and 'š' would be one seed. */
const bytes = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

/** Where a stream counts how many blocks a lane has used: `used[(lane << shift) + offset]`. */
export interface Counts {
  readonly used: Int32Array;
  readonly shift: number;
  readonly offset: number;
  /** The memory of the engine's core in which `used` is; undefined: elsewhere. */
  readonly memory: object | undefined;
}

/** The key of a stream, and the address where it counts the draws of lane 0. */
export interface Place {
  readonly key0: number;
  readonly key1: number;
  readonly address: number;
}

/** A stream of independent draws for each lane. */
export class Stream {
  readonly #key0: number;
  readonly #key1: number;
  #used: Int32Array;
  #memory: object | undefined;
  readonly #shift: number;
  readonly #offset: number;

  /**
   * @param seed the run's seed; @param name the stream's purpose; @param lanes how many lanes it serves; @param counts all
   * zero, for as many lanes, and no other stream's.
   */
  constructor(seed: string, name: string, lanes: number, counts = ownCounts(lanes)) {
    // The length in front keeps ('a/b', 'c') and ('a', 'b/c') apart.
    const key = seedrandom(bytes(`${seed.length}/${seed}/${name}`));
    this.#key0 = key.int32();
    this.#key1 = key.int32();
    this.#used = counts.used;
    this.#shift = counts.shift;
    this.#offset = counts.offset;
    this.#memory = counts.memory;
  }

  /**
   * For the engine's core with that memory, which may draw in the stream's stead: its key, and where it counts lane 0.
   * Undefined: it counts elsewhere, or is no stream of this class with the methods of this class.
   */
  static placeOf(stream: Stream, memory: object): Place | undefined {
    if (!(#memory in stream) || stream.#memory !== memory) return undefined;
    const { draw, word, below } = Stream.prototype;
    if (stream.draw !== draw || stream.word !== word || stream.below !== below) return undefined;
    const address = stream.#used.byteOffset + 4 * stream.#offset;
    return { key0: stream.#key0, key1: stream.#key1, address };
  }

  /** Counts in a memory of its own from now on. */
  moveTo(copyOf: (used: Int32Array) => Int32Array): void {
    this.#used = copyOf(this.#used);
    this.#memory = undefined;
  }

  /** 32 random bits, as an unsigned integer. */
  word(lane: number): number {
    threefry(this.#key0, this.#key1, lane, this.#used[(lane << this.#shift) + this.#offset]++);
    return drawn[0] >>> 0;
  }

  /** Uniform in the open interval (0, 1), 52 bits: a multiple of 2^-52 plus 2^-53, so that 0 and 1 never come. */
  draw(lane: number): number {
    threefry(this.#key0, this.#key1, lane, this.#used[(lane << this.#shift) + this.#offset]++);
    // Two exact terms, and an exact sum: 26 bits each, and the half.
    return (drawn[0] >>> 6) / 67108864 + ((drawn[1] >>> 6) + 0.5) / 4503599627370496;
  }

  /**
   * Uniform over the whole numbers 0 .. bound-1, without bias. `bound` in 1 .. 2^32.
   * Rejection: words above the largest multiple of `bound` are thrown away (probability below bound / 2^32).
   */
  below(lane: number, bound: number): number {
    const word = this.word(lane);
    // 2^32 - bound: what is less is below that multiple for certain. All as unsigned integers: with doubles a remainder takes
    // ten times as long, and whoever uses the result does not know that it is an integer.
    if (word < (0 - bound) >>> 0) return ((word >>> 0) % (bound >>> 0)) >>> 0;
    return this.#unbiased(lane, bound, word) >>> 0;
  }

  #unbiased(lane: number, bound: number, first: number): number {
    const end = 4294967296 - (4294967296 % bound);
    let word = first;
    while (word >= end) word = this.word(lane);
    return word % bound;
  }
}

const ownCounts = (lanes: number): Counts => ({
  used: new Int32Array(lanes),
  shift: 0,
  offset: 0,
  memory: undefined,
});
