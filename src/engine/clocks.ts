/**
 * The nodes' own clocks: piecewise linear in simulated time, in whole microseconds. Since its last change a clock has
 * gained floor(elapsed * rate); the rate is drift plus slew in parts per thousand million, so the result is exact.
 */
import { type Micros, micros } from '../base/time.ts';
import type { Agenda } from './agenda.ts';
import { SLEWED } from './events.ts';
import type { ClockChange, NodeId } from './model.ts';

const DEFAULT_SLEW_PPM = 500;
const PPB = 1e9;

export class Clocks {
  readonly #agenda: Agenda;
  readonly #since: Float64Array; // [node] time of the last change
  readonly #reading: Float64Array; // [node] what the clock read then
  readonly #drift: Int32Array; // [node] parts per 10^9
  readonly #slew: Int32Array; // [node] parts per 10^9; 0 = no slew under way
  readonly #slewEnd: Float64Array; // [node] time
  readonly #monotone: Uint8Array; // [node] 1 if the clock never goes back
  readonly #least: Float64Array; // [node] a monotone clock reads at least this

  constructor(n: number, agenda: Agenda) {
    this.#agenda = agenda;
    this.#since = new Float64Array(n);
    this.#reading = new Float64Array(n);
    this.#drift = new Int32Array(n);
    this.#slew = new Int32Array(n);
    this.#slewEnd = new Float64Array(n);
    this.#monotone = new Uint8Array(n);
    this.#least = new Float64Array(n).fill(-Infinity);
  }

  read(now: Micros, node: NodeId): Micros {
    const elapsed = now - this.#since[node];
    const rate = this.#drift[node] + this.#slew[node];
    const reading = this.#reading[node] + elapsed + gain(elapsed, rate);
    return this.#monotone[node] === 1 ? Math.max(reading, this.#least[node]) : reading;
  }

  change(now: Micros, node: NodeId, change: ClockChange): void {
    const { stepMs = 0, driftPpm, slewMs, slewPpm = DEFAULT_SLEW_PPM, monotone } = change;
    // A step at time 0 is where the clock starts: nothing has been read that it could go back from.
    if (now > 0) this.#least[node] = this.read(now, node);
    this.#turn(now, node);
    this.#reading[node] += micros(stepMs);
    if (driftPpm !== undefined) this.#drift[node] = Math.round(driftPpm * 1000);
    if (slewMs !== undefined)
      this.#beginSlew(now, node, micros(slewMs), Math.round(slewPpm * 1000));
    if (monotone !== undefined) this.#monotone[node] = monotone ? 1 : 0;
  }

  endSlew(now: Micros, node: NodeId): void {
    if (this.#slew[node] === 0 || this.#slewEnd[node] !== now) return; // another slew has begun since
    this.#turn(now, node);
    this.#slew[node] = 0;
  }

  /** The line up to now ends; another begins where it ends. */
  #turn(now: Micros, node: NodeId): void {
    const elapsed = now - this.#since[node];
    this.#reading[node] += elapsed + gain(elapsed, this.#drift[node] + this.#slew[node]);
    this.#since[node] = now;
  }

  #beginSlew(now: Micros, node: NodeId, by: Micros, rate: number): void {
    this.#slew[node] = Math.sign(by) * rate;
    if (by === 0) return;
    const lasts = (Math.abs(by) * PPB) / rate;
    // The gain is rounded down: rounded this way, it is `by` to the microsecond at the end of the slew.
    this.#slewEnd[node] = now + (by > 0 ? Math.ceil(lasts) : Math.floor(lasts));
    this.#agenda.schedule(this.#slewEnd[node], SLEWED, node, 0, 0);
  }
}

/** floor(elapsed * rate / 10^9), exact for any year: in two parts, as the product may exceed 2^53. */
function gain(elapsed: Micros, rate: number): Micros {
  if (rate === 0) return 0;
  const rest = elapsed % 1e6;
  const whole = ((elapsed - rest) / 1e6) * rate; // thousandths of a microsecond
  const left = whole % 1000;
  return (whole - left) / 1000 + Math.floor((left * 1e6 + rest * rate) / PPB);
}
