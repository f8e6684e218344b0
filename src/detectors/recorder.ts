/**
 * A detector that only listens: it suspects nobody, and records what it hears. Given to a protocol in the place of a
 * detector, it makes one run's arrivals available to any number of detectors and levels (replay.ts), all of which then
 * see the same luck. Suspicion cannot feed back into such a run, so record only where it would not matter.
 */
import { widened } from '../base/widened.ts';
import { type Detector, type DetectorFactory, NOTHING_HEARD } from './model.ts';
import { type Arrivals, NEW_LIFE } from './replay.ts';

/** A detector that suspects nobody, and what it has heard. */
export interface Recorder {
  readonly detector: DetectorFactory;
  /** What was heard so far, in order of time. */
  arrivals(): Arrivals;
}

const FIRST_ROOM = 1024; // arrivals

const UNHEARD = 0;
const HEARD = 1;
const FORGOTTEN = 2;
const LEFT_OUT = 3;

/** For one run. 20 bytes per arrival, doubled while it grows. @param only the pairs to record; default: all. */
export function recorder(only: (pair: number) => boolean = () => true): Recorder {
  let times = new Float64Array(FIRST_ROOM); // [arrival] us
  let pairs = new Int32Array(FIRST_ROOM); // [arrival]
  let sequences = new Float64Array(FIRST_ROOM); // [arrival] number of the heartbeat, or NEW_LIFE
  let count = 0;

  function add(time: number, pair: number, sequence: number): void {
    if (count === times.length) {
      times = widened(times, new Float64Array(2 * count));
      pairs = widened(pairs, new Int32Array(2 * count));
      sequences = widened(sequences, new Float64Array(2 * count));
    }
    times[count] = time;
    pairs[count] = pair;
    sequences[count++] = sequence;
  }

  function listener(size: number): Detector {
    const state = Uint8Array.from({ length: size }, (_, pair) => (only(pair) ? UNHEARD : LEFT_OUT)); // [pair]
    return {
      unit: 'none',
      defaultLevel: Infinity,
      strict: false,
      bytesPerPair: 1,
      heard(pair, now, sequence) {
        if (state[pair] === LEFT_OUT) return;
        if (state[pair] === FORGOTTEN) add(now, pair, NEW_LIFE);
        state[pair] = HEARD;
        add(now, pair, sequence);
      },
      suspicion: () => NOTHING_HEARD,
      expiry: () => Infinity,
      forget(pair) {
        if (state[pair] === HEARD) state[pair] = FORGOTTEN; // told with what is heard next, which has a time
      },
    };
  }

  return {
    detector: listener,
    arrivals: () => ({
      times: times.slice(0, count),
      pairs: pairs.slice(0, count),
      sequences: sequences.slice(0, count),
    }),
  };
}
