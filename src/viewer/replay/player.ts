/** Plays a run: the time of the run goes on as that of the reader does. It knows neither what is shown nor how. */
import { speedFor } from './clock.ts';
import { neighbour } from './moments.ts';

export interface Screen {
  /** The time is another one; `isJump`: not because it is played. */
  show(time: number, isJump: boolean): void;
}

const LONGEST_FRAME = 250; // ms: a page that was hidden does not jump on

export class Player {
  readonly #end: number;
  readonly #moments: Float64Array;
  readonly #screen: Screen;
  time = 0; // microseconds
  speed: number;
  isPlaying = false;
  #last: number | undefined; // when the frame before was drawn

  constructor(end: number, moments: Float64Array, screen: Screen) {
    this.#end = end;
    this.#moments = moments;
    this.#screen = screen;
    this.speed = speedFor(end);
  }

  /** At the end, from the start again. */
  play(): void {
    if (this.isPlaying) return;
    if (this.time >= this.#end) this.time = 0;
    this.isPlaying = true;
    this.#last = undefined;
    requestAnimationFrame(this.#frame);
  }

  pause(): void {
    this.jump(this.time);
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** Whoever goes somewhere wants to look at it: it is played no more. */
  jump(time: number): void {
    this.isPlaying = false;
    this.time = Math.max(0, Math.min(this.#end, time));
    this.#screen.show(this.time, true);
  }

  /** To the next thing that happens, or the one before. */
  step(direction: 1 | -1): void {
    this.jump(neighbour(this.#moments, this.time, direction));
  }

  readonly #frame = (now: number): void => {
    if (!this.isPlaying) return;
    const passed = Math.max(0, Math.min(LONGEST_FRAME, now - (this.#last ?? now)));
    this.#last = now;
    this.time = Math.min(this.#end, this.time + passed * 1000 * this.speed);
    if (this.time >= this.#end) {
      this.pause();
      return;
    }
    this.#screen.show(this.time, false);
    requestAnimationFrame(this.#frame);
  };
}
