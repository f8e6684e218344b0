/**
 * Coverage: who has heard a rumour, and when. The delays t_ave and t_last and the residue are those of Demers et al.,
 * PODC 1987, section 1.4; t50 .. t100 are the delays until a share of all n nodes, alive or not, has heard.
 * All delays count from the moment the rumour was handed in. Deviations: t_ave is over the nodes that heard.
 */
import { assert, positive, wholeNumber } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { DELIVERED, type Observer, type Rounds } from '../engine/model.ts';

/** How many nodes and rumours; with the rounds of the scenario delays come in rounds, too. */
export interface CoverageOptions {
  readonly n: number;
  readonly rumours?: number;
  /** The scenario's rounds, for delays in rounds. */
  readonly rounds?: Rounds;
}

/** Asked after the run. `rumour` is 0 unless given; `null` where a quantity is undefined in this run. */
export interface Coverage extends Observer {
  /** How many nodes have heard it. */
  heard(rumour?: number): number;
  /** The share of nodes that never heard it. */
  residue(rumour?: number): number;
  /** Delay in ms until at least `share` of all nodes had heard it. */
  timeTo(share: number, rumour?: number): number | null;
  /** The same in rounds: whole rounds if they are synchronised, otherwise time / period. */
  roundsTo(share: number, rumour?: number): number | null;
  /** t_ave: mean delay in ms, or in rounds, over the nodes that heard it. */
  meanDelay(rumour?: number): number | null;
  meanRounds(rumour?: number): number | null;
  /** t_last: delay in ms, or in rounds, of the last node that heard it. */
  lastDelay(rumour?: number): number | null;
  lastRounds(rumour?: number): number | null;
  /** The share of nodes that had heard it at each of these delays. */
  curve(delaysMs: readonly number[], rumour?: number): number[];
}

/** When a rumour was handed in and heard. */
class Arrivals {
  count = 0;
  input: Micros = Number.NaN; // when it was handed in, to the first node if to several; NaN = not yet
  readonly times: Float64Array; // [0 .. count) when the next node heard it, ascending as time is
  readonly #heard: Uint8Array; // [node] 1 once it has heard: a node that forgets in a crash counts once

  constructor(n: number) {
    this.times = new Float64Array(n);
    this.#heard = new Uint8Array(n);
  }

  start(now: Micros): void {
    if (Number.isNaN(this.input)) this.input = now;
  }

  add(now: Micros, node: number): void {
    if (this.#heard[node] === 1) return;
    this.#heard[node] = 1;
    this.times[this.count++] = now;
    this.start(now); // a rumour without an input begins with the node that has it first
  }

  /** How many had heard it at `time`. */
  by(time: Micros): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The mean of what `measure` makes of each arrival. */
  mean(measure: (time: Micros) => number): number | null {
    let sum = 0;
    for (let k = 0; k < this.count; k++) sum += measure(this.times[k]);
    return this.count === 0 ? null : sum / this.count;
  }
}

/** An observer of who hears a rumour, and when. Source: Demers et al. 1987, section 1.4. */
export function coverage({ n, rumours = 1, rounds }: CoverageOptions): Coverage {
  wholeNumber('coverage', 'n', n, 1);
  wholeNumber('coverage', 'rumours', rumours, 1);
  const period =
    rounds === undefined ? undefined : micros(positive('coverage', 'periodMs', rounds.periodMs));
  const arrivals: (Arrivals | undefined)[] = new Array(rumours).fill(undefined); // [rumour] once it exists
  const of = (rumour: number) => (arrivals[rumour] ??= begin(rumour));

  function begin(rumour: number): Arrivals {
    assert(rumour < rumours, `coverage of ${rumours} rumours met rumour ${rumour}`);
    return new Arrivals(n);
  }

  const delay = (rumour: number) => (time: Micros) => millis(time - of(rumour).input);

  /** Rounds begun after the input, up to the arrival; the k-th synchronised round is at k periods. */
  function inRounds(rumour: number) {
    assert(period !== undefined, 'coverage in rounds needs the option `rounds`');
    const { input } = of(rumour);
    if (rounds?.phase !== 'synchronised') return (time: Micros) => (time - input) / period;
    return (time: Micros) => Math.floor(time / period) - Math.floor(input / period);
  }

  /** When at least `share` of the nodes had heard; the tolerance is for products such as 0.07 * 100 > 7. */
  function arrival(share: number, rumour: number): Micros | undefined {
    const needed = Math.max(1, Math.ceil(share * n - 1e-9));
    return of(rumour).count < needed ? undefined : of(rumour).times[needed - 1];
  }

  const orNull = (time: Micros | undefined, measure: (time: Micros) => number) =>
    time === undefined ? null : measure(time);
  const last = (rumour: number): Micros | undefined =>
    of(rumour).count === 0 ? undefined : of(rumour).times[of(rumour).count - 1];

  return {
    onInput: (now, _node, input) => of(input).start(now),
    skipsFirstNews: true,
    onFact(now, fact, node, about) {
      if (fact === DELIVERED) of(about).add(now, node);
    },
    heard: (rumour = 0) => of(rumour).count,
    residue: (rumour = 0) => (n - of(rumour).count) / n,
    timeTo: (share, rumour = 0) => orNull(arrival(share, rumour), delay(rumour)),
    roundsTo: (share, rumour = 0) => orNull(arrival(share, rumour), inRounds(rumour)),
    meanDelay: (rumour = 0) => of(rumour).mean(delay(rumour)),
    meanRounds: (rumour = 0) => of(rumour).mean(inRounds(rumour)),
    lastDelay: (rumour = 0) => orNull(last(rumour), delay(rumour)),
    lastRounds: (rumour = 0) => orNull(last(rumour), inRounds(rumour)),
    curve: (delaysMs, rumour = 0) =>
      delaysMs.map((ms) => of(rumour).by(of(rumour).input + micros(ms)) / n),
  };
}
