/** Which messages are to be seen at a time: those under way, and for a while those that have just come to their end. */
import { LOST, type MessageColumns } from '../../report/replay/model.ts';

const BLOCK = 256;

export class MessageIndex {
  readonly #messages: MessageColumns;
  readonly #ends: Float64Array; // [i] when it has arrived, or is given up
  readonly #latest: Float64Array; // [block of messages] the latest of their ends
  /** How long a lost message is drawn: as long as one in the middle takes that arrives. */
  readonly typical: number;

  constructor(messages: MessageColumns) {
    this.#messages = messages;
    const { at, arrives, fate } = messages;
    const flights = at.map((time, i) => arrives[i] - time).filter((flight) => flight < Infinity);
    this.typical = flights.length === 0 ? 0 : flights.sort()[flights.length >> 1];
    this.#ends = at.map((time, i) => (fate[i] === LOST ? time + this.typical / 2 : arrives[i]));
    this.#latest = new Float64Array(Math.ceil(at.length / BLOCK)).fill(-Infinity);
    this.#ends.forEach((end, i) => {
      const block = Math.floor(i / BLOCK);
      this.#latest[block] = Math.max(this.#latest[block], end);
    });
  }

  /** Calls `seen` for each with how much of its way is done, from 0 to 1, and how long it has been over (0: it is not). */
  at(time: number, glow: number, seen: (i: number, share: number, over: number) => void): void {
    const { at } = this.#messages;
    for (let block = 0; block < this.#latest.length; block++) {
      const first = block * BLOCK;
      if (at[first] > time) return;
      if (this.#latest[block] + glow < time) continue;
      for (let i = first; i < Math.min(first + BLOCK, at.length) && at[i] <= time; i++) {
        const end = this.#ends[i];
        if (end + glow < time) continue;
        const share = end > at[i] ? Math.min(1, (time - at[i]) / (end - at[i])) : 1;
        seen(i, share, Math.max(0, time - end));
      }
    }
  }

  /** How many `at` would tell of. */
  seen(time: number, glow: number): number {
    let count = 0;
    this.at(time, glow, () => count++);
    return count;
  }

  /** How many are under way. */
  underWay(time: number): number {
    let count = 0;
    const { fate } = this.#messages;
    this.at(time, 0, (i, share) => {
      if (share < 1 && fate[i] !== LOST) count++;
    });
    return count;
  }
}
