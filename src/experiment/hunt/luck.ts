/** Draws of a search, from its seed: the same search finds the same. */
import { Stream } from '../../base/stream.ts';

export class Luck {
  readonly #stream: Stream;

  /** @param purpose what is drawn, such as 'try 17': others draw differently. */
  constructor(seed: string, purpose: string) {
    this.#stream = new Stream(seed, purpose, 1);
  }

  /** Uniform in (0, 1). */
  draw(): number {
    return this.#stream.draw(0);
  }

  /** A whole number, 0 .. bound-1. */
  below(bound: number): number {
    return this.#stream.below(0, bound);
  }

  chance(p: number): boolean {
    return this.draw() < p;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }

  /** As likely between 1 and 2 as between 100 and 200; both above 0. */
  logarithmic(low: number, high: number): number {
    return low * (high / low) ** this.draw();
  }
}
