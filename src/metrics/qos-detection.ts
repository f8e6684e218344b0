/**
 * Detection time T_D of Chen, Toueg and Aguilera (IEEE Trans. Computers 51(5), 2002, section 2.2): from the crash to
 * the beginning of the suspicion that is never taken back; 0 if that began before the crash. Per observer that was up
 * and knew the subject when it crashed.
 * Deviations: "never" ends where the subject restarts, the observer crashes or the window ends, whichever is first.
 * An observer that trusts the subject when its restart or the window's end comes has not detected it: its T_D counts
 * as infinite in the order statistics, so that no slow observer is dropped. One that crashes while it trusts the
 * subject could not have gone on to detect it: it is counted apart and takes no part in them.
 */
import { quantile, sum } from '../base/statistics.ts';
import { type Micros, millis } from '../base/time.ts';
import type { NodeId } from '../engine/model.ts';

/** The crash of one subject. A time is `null` where it is infinite, or where nobody is left to measure it. */
export interface CrashDetection {
  readonly subject: NodeId;
  readonly atMs: number;
  readonly detected: number;
  readonly undetected: number; // observers that trusted it when it restarted or the window ended
  readonly cutOff: number; // observers that crashed while they trusted it
  readonly firstMs: number | null;
  readonly meanMs: number | null;
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  readonly lastMs: number | null;
}

const NEVER: Micros = Number.MAX_VALUE; // not Infinity, of which a share of 0 is NaN

const TIMES = ['firstMs', 'meanMs', 'medianMs', 'p99Ms', 'lastMs'] as const;

/** All crashes: counts are summed, times averaged over the crashes in which they are finite; `null` if there is none. */
export interface Detection extends Omit<CrashDetection, 'subject' | 'atMs'> {
  readonly crashes: readonly CrashDetection[]; // in the order of their end
}

/** A subject that is down: who has detected it since. */
export class Episode {
  readonly subject: NodeId;
  readonly #at: Micros;
  readonly #times: Micros[] = []; // detection time of each observer that detected it
  #undetected = 0;
  #cutOff = 0;

  constructor(subject: NodeId, at: Micros) {
    this.subject = subject;
    this.#at = at;
  }

  /** The observer's suspicion began at `since` and will not be taken back. */
  detected(since: Micros): void {
    this.#times.push(Math.max(0, since - this.#at));
  }

  undetected(): void {
    this.#undetected++;
  }

  cutOff(): void {
    this.#cutOff++;
  }

  summary(): CrashDetection {
    const finite = Float64Array.from(this.#times).sort(); // [rank] us
    const all = new Float64Array(finite.length + this.#undetected).fill(NEVER); // [rank] us
    all.set(finite);
    const at = (p: number) => {
      const upper = Math.ceil((all.length - 1) * p); // the higher of the two ranks that `quantile` looks at
      return all.length === 0 || all[upper] === NEVER ? null : millis(quantile(all, p));
    };
    return {
      subject: this.subject,
      atMs: millis(this.#at),
      detected: finite.length,
      undetected: this.#undetected,
      cutOff: this.#cutOff,
      firstMs: at(0),
      meanMs: at(1) === null ? null : millis(sum(finite) / finite.length),
      medianMs: at(0.5),
      p99Ms: at(0.99),
      lastMs: at(1),
    };
  }
}

export function detectionOf(crashes: readonly CrashDetection[]): Detection {
  const total = (count: 'detected' | 'undetected' | 'cutOff') =>
    crashes.reduce((all, crash) => all + crash[count], 0);
  const averages = TIMES.map((time) => {
    const finite = crashes.map((crash) => crash[time]).filter((value) => value !== null);
    return [time, finite.length === 0 ? null : sum(finite) / finite.length];
  });
  return {
    crashes,
    detected: total('detected'),
    undetected: total('undetected'),
    cutOff: total('cutOff'),
    ...(Object.fromEntries(averages) as Record<(typeof TIMES)[number], number | null>),
  };
}
