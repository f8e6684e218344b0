/** What became of each message of a chronicle. */
import type { Micros } from '../../base/time.ts';
import { LOST } from '../../engine/model.ts';
import { type Chronicle, HEARD, MISSED, SENT } from './model.ts';

/** What became of a message; times in microseconds. */
export type Fate =
  /** It arrived, and was heard then, or later: its receiver was paused or slow. */
  | {
      readonly is: 'heard';
      readonly arrived: Micros;
      readonly at: Micros;
      readonly happening: number;
    }
  /** Its receiver was down, or went down while it waited there. */
  | {
      readonly is: 'missed';
      readonly arrived: Micros;
      readonly at: Micros;
      readonly happening: number;
    }
  | { readonly is: 'lost' }
  /** The run ended first. */
  | { readonly is: 'pending'; readonly arrives: Micros };

/** The fate of each message of a chronicle. */
export class Fates {
  readonly #chronicle: Chronicle;
  readonly #end: Int32Array; // [i] of what was SENT: that it was HEARD or MISSED; -1: neither

  constructor(chronicle: Chronicle) {
    const { length, what, cause } = chronicle;
    this.#chronicle = chronicle;
    this.#end = new Int32Array(length).fill(-1);
    for (let i = 0; i < length; i++) {
      if (what[i] === HEARD || what[i] === MISSED) this.#end[cause[i]] = i;
    }
  }

  /** @param i of what was SENT. */
  of(i: number): Fate {
    const { at, what, arrives } = this.#chronicle;
    if (what[i] !== SENT) throw new Error(`BUG: happening ${i} is no message that was sent`);
    if (arrives[i] === LOST) return { is: 'lost' };
    const happening = this.#end[i];
    if (happening < 0) return { is: 'pending', arrives: arrives[i] };
    const is = what[happening] === HEARD ? 'heard' : 'missed';
    return { is, arrived: arrives[i], at: at[happening], happening };
  }
}
