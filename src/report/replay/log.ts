/**
 * Cells of whole numbers through time: a log of changes, each with the value before it and the value after it, so that time
 * can go back as well as on, and the same moment looks the same whichever way it was reached.
 */
export interface Log {
  readonly make: () => Values;
  readonly at: Float64Array; // [i] microseconds, rising
  readonly cell: Int32Array; // [i] which one changes
  readonly before: Int32Array; // [i]
  readonly after: Int32Array; // [i]
}

/** [cell] its value: small ones take a byte. */
export type Values = Uint8Array | Int32Array;

/** Told of every change, back or on. */
export type Changed = (cell: number, from: number, to: number) => void;

/** Writes a log. Cells begin with 0. */
export class LogWriter {
  readonly value: Values; // as they are now
  readonly #make: () => Values;
  readonly #columns: [number[], number[], number[], number[]] = [[], [], [], []];

  /** @param make the cells, such as `() => new Uint8Array(n)`. */
  constructor(make: () => Values) {
    this.#make = make;
    this.value = make();
  }

  /** No change is none. */
  set(at: number, cell: number, after: number): void {
    const before = this.value[cell];
    if (before === after) return;
    this.value[cell] = after;
    const [times, cells, olds, news] = this.#columns;
    times.push(at);
    cells.push(cell);
    olds.push(before);
    news.push(after);
  }

  close(): Log {
    const [at, cell, before, after] = this.#columns;
    return {
      make: this.#make,
      at: Float64Array.from(at),
      cell: Int32Array.from(cell),
      before: Int32Array.from(before),
      after: Int32Array.from(after),
    };
  }
}

/** The cells of a log at a time that may be moved. It begins before the log does. */
export class Cells {
  readonly value: Values;
  readonly #log: Log;
  readonly #changed: Changed | undefined;
  #next = 0; // changes before it have been made

  constructor(log: Log, changed?: Changed) {
    this.value = log.make();
    this.#log = log;
    this.#changed = changed;
  }

  /** How many changes have been made: where it is the same, the cells are. */
  get position(): number {
    return this.#next;
  }

  /** As it is when all of that instant has happened. */
  seek(time: number): void {
    const { at, cell, before, after } = this.#log;
    while (this.#next < at.length && at[this.#next] <= time) {
      const i = this.#next++;
      this.#turn(cell[i], before[i], after[i]);
    }
    while (this.#next > 0 && at[this.#next - 1] > time) {
      const i = --this.#next;
      this.#turn(cell[i], after[i], before[i]);
    }
  }

  #turn(cell: number, from: number, to: number): void {
    this.value[cell] = to;
    this.#changed?.(cell, from, to);
  }
}
