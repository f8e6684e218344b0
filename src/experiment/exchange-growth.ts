/**
 * How news begins to spread by exchanges (SYN, ACK, ACK2) on periodic clocks, phases uniform: a branching process, as
 * long as few know. Times are in periods. Derived here.
 *
 * Who knows is called by others at rate 1: they learn it from the ACK, if SYN and ACK arrive. It calls once a period, and
 * the called learns it from the ACK2, if all three arrive. Who learns it as the called has a clock in any phase; who
 * learns it as the caller has just called, and calls again a period after that. So there are two kinds, `called` and
 * `caller`, and news grows more slowly than on Poisson clocks, where both would call at rate 1 from the beginning.
 * A caller is counted from the moment at which its SYN arrives.
 * [!] A node may tell by a call what it did not know when it called: the called asks for all that is newer about the
 * subject if the SYN named a later heartbeat than its own, and is sent in the ACK2 what the caller knows by then.
 */
import { numberIn, positive, probability } from '../base/errors.ts';
import { bisect } from './theory.ts';

/** How long the three messages of an exchange take, in periods, and with which probability they do. */
export interface Way {
  readonly share: number;
  readonly syn: number;
  readonly ack: number;
  readonly ack2: number;
}

export interface ExchangeLaw {
  /** Their shares add up to 1; a SYN and its ACK take less than a period together. */
  readonly ways: readonly Way[];
  /** The probability that a message arrives. */
  readonly delivered: number;
  /** The probability that the called asks about the subject although the caller has no news of it yet; default 0. */
  readonly asked?: number;
}

const WHERE = 'exchange spread';

export function checkLaw({ ways, delivered }: ExchangeLaw): void {
  positive(WHERE, 'delivered', probability(WHERE, 'delivered', delivered));
  const all = ways.reduce((sum, { share }) => sum + share, 0);
  numberIn(WHERE, 'the sum of the shares', all, 1 - 1e-9, 1 + 1e-9);
  for (const { syn, ack } of ways) numberIn(WHERE, 'syn + ack', syn + ack, 0, 0.999);
}

/** All messages take the same. */
export const evenWay = (periods: number): Way[] => [
  { share: 1, syn: periods, ack: periods, ack2: periods },
];

/** Each message's latency is exponential and on its own: atoms at the means of slices of equal probability. */
export function exponentialWays(mean: number, slices = 8): Way[] {
  const atoms = Array.from({ length: slices }, (_, i) => {
    const [from, to] = [1 - i / slices, 1 - (i + 1) / slices]; // of the survival function
    const part = (s: number) => (s === 0 ? 0 : s * (1 - Math.log(s))); // integral of -ln s
    return mean * slices * (part(from) - part(to));
  });
  const share = 1 / slices ** 3;
  return atoms.flatMap((syn) =>
    atoms.flatMap((ack) => atoms.map((ack2) => ({ share, syn, ack, ack2 }))),
  );
}

/** Means of exp(-s x) over one parent's children: [called of called, callers of called, called of caller, callers of caller]. */
function children(
  { ways, delivered, asked = 0 }: ExchangeLaw,
  s: number,
): [number, number, number, number] {
  const pushed = delivered ** 3;
  const pulled = delivered ** 2;
  const over = (exponent: (way: Way) => number) => average(ways, (way) => Math.exp(exponent(way)));
  const told = over(({ syn, ack, ack2 }) => -s * (syn + ack + ack2));
  const calls = over(({ syn }) => s * syn) / Math.expm1(s); // of a caller: a period after its SYN set out
  const late = over(({ ack2 }) => -s * ack2) - told; // of a call that was under way
  return [
    (pushed * (told + asked * late)) / s,
    pulled / s,
    pushed * told * calls,
    (pulled / s) * over(({ ack }) => -s * ack),
  ];
}

const determinant = (law: ExchangeLaw, s: number): number => {
  const [cc, cr, rc, rr] = children(law, s);
  return (1 - cc) * (1 - rr) - cr * rc;
};

/** Who knows grows as exp(r t); r per period, below the 2 of Poisson clocks and no latency. */
export function exchangeGrowth(law: ExchangeLaw): number {
  checkLaw(law);
  // The largest root: above it the determinant is positive.
  let high = 2;
  let low = high;
  while (determinant(law, low) > 0) {
    high = low;
    low *= 0.97;
  }
  return bisect((s) => determinant(law, s), low, high);
}

export interface Beginning {
  readonly growth: number;
  /** E[ln W]: if one begins, so many know as W exp(growth t), once they are many. */
  readonly meanLog: number;
}

const STEPS = 1000; // per period
const SMALL = 1e-7; // the transform is linear up to there
const LARGEST = 12; // ln u at which the transform is nothing

/**
 * The law of W by its Laplace transform phi(u) = E exp(-u W), for the called and for callers: what a parent has at u hangs
 * on what its children have at u exp(-growth t), so it can be computed from small u on.
 */
export function beginning(law: ExchangeLaw): Beginning {
  const growth = exchangeGrowth(law);
  const step = growth / STEPS; // of ln u
  const [called, caller] = sizes(law, growth);
  const { ways, delivered, asked = 0 } = law;
  const pushed = delivered ** 3;
  const pulled = delivered ** 2;
  const pushes = gathered(ways, ({ syn, ack, ack2 }) => [syn + ack + ack2]);
  const pulls = gathered(ways, ({ syn, ack }) => [syn, ack]);
  const lates = gathered(ways, ({ syn, ack, ack2 }) => [ack2, syn + ack + ack2]);
  const past = 4 * STEPS; // more than the longest latency, in which all is linear
  const length = past + Math.ceil((LARGEST - Math.log(SMALL)) / step);
  const u = (i: number) => SMALL * Math.exp((i - past) * step);

  const ofCalled = new Float64Array(length); // phi
  const ofCallers = new Float64Array(length); // integral of 1 - phi over the time
  const ofCalls = new Float64Array(length); // product over all its calls, the first one now
  const sums = new Float64Array(length); // of ofCalls
  const others = new Float64Array(length); // integral of 1 - phi of the called
  const told = average(ways, (way) => Math.exp(-growth * (way.syn + way.ack + way.ack2)));
  for (let i = 0; i < past; i++) {
    ofCalled[i] = 1 - called * u(i);
    ofCallers[i] = (caller * u(i)) / growth;
    others[i] = (called * u(i)) / growth;
    ofCalls[i] = 1 - (pushed * told * called * u(i)) / (1 - Math.exp(-growth));
    sums[i] = (i > 0 ? sums[i - 1] : 0) + ofCalls[i];
  }

  let meanLog = (called - 1) * SMALL;
  for (let i = past; i < length; i++) {
    const before = (lag: number) => i - Math.max(1, lag);
    let reached = 0;
    for (const { share, lags } of pushes) reached += share * ofCalled[before(lags[0])];
    ofCalls[i] = (1 - pushed + pushed * reached) * ofCalls[i - STEPS];
    sums[i] = sums[i - 1] + ofCalls[i];
    let late = 0; // of a call that was under way
    for (const { share, lags } of lates) {
      late += share * (others[before(lags[0])] - others[before(lags[1])]);
    }
    const later = ((sums[i] - sums[i - STEPS]) / STEPS) * Math.exp(-pulled * ofCallers[i - 1]);
    ofCalled[i] = later * (1 - pushed * asked * late);
    others[i] = others[i - 1] + (1 - ofCalled[i]) / STEPS;
    let phi = 0;
    for (const { share, lags } of pulls) {
      phi += share * ofCalls[i - STEPS + lags[0]] * Math.exp(-pulled * ofCallers[before(lags[1])]);
    }
    ofCallers[i] = ofCallers[i - 1] + (1 - phi) / STEPS;
    // Of its own heartbeat, who publishes it has the latest: all whom it had called ask.
    meanLog += (Math.exp(-u(i)) - later * (1 - pushed * late)) * step;
  }
  return { growth, meanLog };
}

/** E W of the called and of a caller: the residue at `growth` of the transform of how many know. */
function sizes(law: ExchangeLaw, growth: number): [number, number] {
  const [cc, cr, rc, rr] = children(law, growth);
  const counted = average(law.ways, ({ ack }) => Math.exp(-growth * ack)); // a caller knows by the ACK
  const h = 1e-5;
  const slope = (determinant(law, growth + h) - determinant(law, growth - h)) / (2 * h);
  return [(1 - rr + cr * counted) / (growth * slope), (rc + (1 - cc) * counted) / (growth * slope)];
}

/** Latencies in steps, equal ones together. */
export function gathered(
  ways: readonly Way[],
  latencies: (way: Way) => readonly number[],
  steps = STEPS,
): { share: number; lags: readonly number[] }[] {
  const found = new Map<string, { share: number; lags: readonly number[] }>();
  for (const way of ways) {
    const lags = latencies(way).map((latency) => Math.round(latency * steps));
    const key = lags.join();
    const same = found.get(key);
    if (same === undefined) found.set(key, { share: way.share, lags });
    else same.share += way.share;
  }
  return [...found.values()];
}

const average = (ways: readonly Way[], value: (way: Way) => number): number =>
  ways.reduce((sum, way) => sum + way.share * value(way), 0);
