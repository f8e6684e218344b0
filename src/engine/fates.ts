/** The faults of a run: scheduled at its start, and brought upon their nodes at their time. */
import { type Micros, micros } from '../base/time.ts';
import type { Agenda } from './agenda.ts';
import { Clocks } from './clocks.ts';
import type { Condition } from './condition.ts';
import { CLOCK, CRASH, INPUT, PAUSE, RESTART, RESUME, SERVED, SLEWED, SLOW } from './events.ts';
import type { ClockChange, Fault, NodeId, Observer, Pause, Slowness } from './model.ts';

export interface FatesOptions {
  readonly n: number;
  readonly faults: readonly Fault[];
  readonly condition: Condition;
  readonly agenda: Agenda;
  readonly observers: readonly Observer<never>[];
}

export class Fates {
  readonly #n: number;
  readonly #faults: readonly Fault[];
  readonly #condition: Condition;
  readonly #agenda: Agenda;
  readonly #observers: readonly Observer<never>[];
  #clocks: Clocks | undefined; // undefined: every clock is the simulation's

  constructor({ n, faults, condition, agenda, observers }: FatesOptions) {
    this.#n = n;
    this.#faults = faults;
    this.#condition = condition;
    this.#agenda = agenda;
    this.#observers = observers;
  }

  clock(now: Micros, node: NodeId): Micros {
    return this.#clocks === undefined ? now : this.#clocks.read(now, node);
  }

  /** Schedules the faults. What a node starts with holds at once: absence, and its clock and speed if set at time 0. */
  boot(): void {
    this.#faults.forEach(({ atMs, node, kind }, index) => {
      const time = micros(atMs);
      if (kind === 'absent') this.#condition.absent(node);
      else if (kind === 'crash') this.#agenda.schedule(time, CRASH, node, 0, 0);
      else if (kind === 'restart') this.#agenda.schedule(time, RESTART, node, 0, 0);
      else if (kind === 'pause') this.#agenda.schedule(time, PAUSE, node, 0, index);
      else if (time === 0) this.#set(0, node, index);
      else this.#agenda.schedule(time, kind === 'slow' ? SLOW : CLOCK, node, 0, index);
    });
  }

  /** A fault, or the end of one, is due; or something at a node that is not simply up. */
  befall(now: Micros, kind: number, node: NodeId, from: number, word: number): void {
    const condition = this.#condition;
    if (kind <= INPUT) condition.meet(now, kind, node, from, word);
    else if (kind === SERVED) condition.served(now, node, from);
    else if (kind === CRASH) condition.crash(now, node);
    else if (kind === RESTART) condition.restart(now, node);
    else if (kind === PAUSE) condition.pause(now, node, this.#faults[word] as Pause);
    else if (kind === RESUME) condition.resume(now, node);
    else if (kind === SLEWED) this.#clocks!.endSlew(now, node);
    else this.#set(now, node, word);
  }

  /** The speed or the clock of a node changes. */
  #set(now: Micros, node: NodeId, index: number): void {
    const fault = this.#faults[index] as Slowness | ClockChange;
    if (fault.kind === 'slow') {
      this.#condition.slow(now, node, fault);
      return;
    }
    this.#clocks ??= new Clocks(this.#n, this.#agenda);
    this.#clocks.change(now, node, fault);
    for (const observer of this.#observers) observer.onFault?.(now, node, 'clock');
  }
}
