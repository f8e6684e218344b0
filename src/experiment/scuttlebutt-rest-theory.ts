/**
 * Where tau rests under flow control (scuttlebutt-theory.ts): the share p of exchanges in which not all fits must be
 * c / (c + tau), and p follows from tau. Derived here.
 *
 * As long as nearly all fits, a participant that knows of another's updates knows all until some time, and what the two
 * sides of an exchange lack of each other is tau times the sum over the others of how much later one side knows than the
 * other: so many seconds that need not be drawn again for another tau. Their law is taken from exchanges played by hand:
 * phases at random, times in place of updates, and nothing left behind. What is left behind makes what is missing more:
 * it takes place in the next messages, so that tau rests lower, by up to the share that is left behind.
 */
import { positive, wholeNumber } from '../base/errors.ts';
import { Stream } from '../base/stream.ts';
import { bisect } from './theory.ts';

const WARM_UP = 12; // periods
const PERIODS = 40;
const RUNS = 12;
const WHERE = 'scuttlebutt rest theory';

/** Where tau rests, in updates a second, by two reckonings. */
export interface Rest {
  /** If what does not fit made no difference. */
  readonly tau: number;
  /** The share of what is missing that does not fit, there. */
  readonly left: number;
}

/** What limits it: participants, the mtu, increase and decrease. */
export interface Limits {
  readonly n: number;
  readonly mtu: number;
  /** increase / (1 - decrease). */
  readonly balance: number;
}

/** Where tau rests in a group. */
export function restingTau({ n, mtu, balance }: Limits): Rest {
  wholeNumber(WHERE, 'n', n, 3);
  positive(WHERE, 'mtu', mtu);
  positive(WHERE, 'balance', balance);
  const lags = lagsOf(n);
  const most = lags.map(([one, other]) => Math.max(one, other)).sort((a, b) => b - a);
  const overflowing = (tau: number) => {
    const first = most.findIndex((lag) => tau * lag <= mtu);
    return (first < 0 ? most.length : first) / most.length;
  };
  const tau = bisect(
    (rate) => overflowing(rate) - balance / (balance + rate),
    (0.01 * mtu) / n,
    (2 * mtu) / (n - 1),
  );
  let [missing, over] = [0, 0];
  for (const lag of lags.flat()) {
    missing += tau * lag;
    over += Math.max(0, tau * lag - mtu);
  }
  return { tau, left: over / missing };
}

const drawn = new Map<number, ReturnType<typeof drawLags>>();

function lagsOf(n: number): ReturnType<typeof drawLags> {
  const lags = drawn.get(n) ?? drawLags(n);
  drawn.set(n, lags);
  return lags;
}

/** [exchange][side] s, summed over the participants. */
function drawLags(n: number): readonly (readonly [number, number])[] {
  const draws = new Stream('scuttlebutt', 'rest theory', RUNS);
  const lags: (readonly [number, number])[] = [];
  for (let run = 0; run < RUNS; run++) {
    const rounds = Array.from({ length: n }, (_, node) => ({ node, phase: draws.draw(run) }));
    rounds.sort((a, b) => a.phase - b.phase);
    const known = Array.from({ length: n }, () => new Float64Array(n)); // [node][owner] until when
    for (let period = 0; period < WARM_UP + PERIODS; period++) {
      for (const { node, phase } of rounds) {
        const other = (node + 1 + draws.below(run, n - 1)) % n;
        known[node][node] = period + phase;
        known[other][other] = period + phase;
        const lag = exchange(known[node], known[other]);
        if (period >= WARM_UP) lags.push(lag);
      }
    }
  }
  return lags;
}

/** Both know what either knew; by how much they knew less. */
function exchange(one: Float64Array, other: Float64Array): readonly [number, number] {
  let [ofOne, ofOther] = [0, 0];
  for (let owner = 0; owner < one.length; owner++) {
    const difference = other[owner] - one[owner];
    if (difference > 0) {
      ofOne += difference;
      one[owner] = other[owner];
    } else {
      ofOther -= difference;
      other[owner] = one[owner];
    }
  }
  return [ofOne, ofOther];
}
