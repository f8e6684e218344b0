/** Failure detectors: what an arrival costs, and what it costs to look whether somebody is suspected. */
import { Stream } from '../src/base/stream.ts';
import type { Micros } from '../src/base/time.ts';
import { type Detector, suspects } from '../src/detectors/model.ts';
import { detectorKinds, detectorOf } from '../src/detectors/registry.ts';
import { digest, type Result, type Size, type Suite, type Task } from './suite.ts';

const PERIOD: Micros = 1_000_000;
const DELAYS = 1024; // drawn beforehand and used in turn
/** Rings are interleaved, so that a round of arrivals touches one slot of each: a longer window takes memory, not time
 *  (but for satzger, which moves part of its window), and 1000 intervals of 100,000 pairs are 400 MB. */
const WINDOW = 32;
const LEAST_ROUNDS = 10;

export const detectors: Suite = {
  name: 'detectors',
  goal: `an arrival: heard, then expiry at the default level; a look: suspicion. Windows of ${WINDOW}; each with a call.`,
  nonGoals: 'detectors inlined into a run that has one only; protocols and timers around them.',
  unit: 'arrival', // or look
  tasks(size: Size) {
    const names = Object.keys(detectorKinds);
    const populations = size === 'full' ? [1, 1_000, 100_000] : [10];
    const steps = size === 'full' ? 100_000 : 100; // of an iteration, about
    // All are called by the same loops. They meet them all first, so that V8 inlines none that happens to come early.
    for (const name of names) {
      const group = new Group(name, 1);
      group.fill();
      group.look(1);
    }
    const groupOf = keeper();
    return names.flatMap((name) =>
      populations.flatMap((pairs) => tasksOf(name, pairs, steps, () => groupOf(name, pairs))),
    );
  },
};

/** Makes groups, and keeps the latest only: some take much memory. */
function keeper(): (name: string, pairs: number) => Group {
  let kept: Group | undefined;
  return (name, pairs) => {
    if (kept?.name !== name || kept.pairs !== pairs) kept = new Group(name, pairs);
    return kept;
  };
}

function tasksOf(name: string, pairs: number, steps: number, groupHere: () => Group): Task[] {
  const { bytesPerPair } = make(name, 1);
  const task = (what: string, fills: boolean, work: (group: Group) => Result): Task => ({
    name: `${name}, ${bytesPerPair} B a pair, ${pairs.toLocaleString('en')} pair${pairs === 1 ? '' : 's'}: ${what}`,
    prepare() {
      const group = groupHere();
      group.forget();
      if (fills) group.fill();
      return () => work(group);
    },
  });
  const rounds = Math.max(LEAST_ROUNDS, Math.ceil(steps / pairs));
  const lives = Math.ceil(rounds / WINDOW);
  return [
    task('window filling', false, (group) => group.live(lives)),
    task('window full', true, (group) => group.hear(rounds)),
    task('look', true, (group) => group.look(rounds)),
  ];
}

/** Pairs of an observer and a subject that beats once a period, under one detector. */
class Group {
  readonly name: string;
  readonly pairs: number;
  readonly #detector: Detector;
  readonly #delays: Float64Array; // [i] us
  #sequence = 0; // of the latest round

  constructor(name: string, pairs: number) {
    this.name = name;
    this.pairs = pairs;
    this.#detector = make(name, pairs);
    const draws = new Stream('detectors', 'delays', 1);
    this.#delays = Float64Array.from({ length: DELAYS }, () => 1 + draws.below(0, 100_000));
  }

  /** A new life: nothing was ever heard. */
  forget(): void {
    this.#sequence = 0;
    for (let pair = 0; pair < this.pairs; pair++) this.#detector.forget(pair);
  }

  fill(): void {
    this.hear(WINDOW + 1); // as many intervals as the window holds
  }

  /** The arrivals of several lives, each until the window is full. */
  live(lives: number): Result {
    let due = 0;
    for (let life = 0; life < lives; life++) {
      this.forget();
      due += this.#arrivals(WINDOW);
    }
    return { units: lives * WINDOW * this.pairs, hash: digest(due) };
  }

  hear(rounds: number): Result {
    return { units: rounds * this.pairs, hash: digest(this.#arrivals(rounds)) };
  }

  look(rounds: number): Result {
    const detector = this.#detector;
    const level = detector.defaultLevel;
    let suspected = 0;
    let sum = 0;
    for (let round = 1; round <= rounds; round++) {
      const now = (this.#sequence + 1 + round / rounds) * PERIOD; // up to a period late
      for (let pair = 0; pair < this.pairs; pair++) {
        const suspicion = detector.suspicion(pair, now);
        sum += suspicion;
        if (suspects(detector, suspicion, level)) suspected++;
      }
    }
    return { units: rounds * this.pairs, hash: digest(suspected, sum) };
  }

  /** Each pair is heard once a round; returns the sum of the times from arrival to expiry, where that is finite. */
  #arrivals(rounds: number): number {
    const detector = this.#detector;
    const level = detector.defaultLevel;
    let sum = 0;
    for (let round = 0; round < rounds; round++) {
      const sequence = ++this.#sequence;
      for (let pair = 0; pair < this.pairs; pair++) {
        const now = sequence * PERIOD + this.#delays[(pair + 37 * sequence) % DELAYS];
        detector.heard(pair, now, sequence);
        const due = detector.expiry(pair, level);
        if (due !== Infinity) sum += due - now;
      }
    }
    return sum;
  }
}

function make(name: string, pairs: number): Detector {
  const options = 'window' in detectorKinds[name].options ? { window: WINDOW } : {};
  return detectorOf(name, options)(pairs);
}
