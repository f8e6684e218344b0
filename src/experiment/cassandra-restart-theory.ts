/**
 * How fast a restarted Cassandra node is up again in the views of others, and they in its own: a rumour instead of the
 * protocol. Derived here. One way takes `d` ms, nothing is lost, no work takes time; n nodes, of which one restarts.
 *
 * Its own view. The shadow round takes 2 d, and is noticed to be over at the next whole second (until 5.0); what it
 * learns there is dropped. It then knows its peers from disk only, and
 * its first exchange tells it of all of them: either a peer's SYN comes first, and the states with the ACK2 2 d after it,
 * or its own first round is over, 1 s after the shadow round, and the states come with the ACK 2 d after it. Echoes to
 * all of them take another 2 d.
 *
 * Their views. The new generation is a rumour that one exchange carries either way, for generations are in every SYN: a
 * SYN of who has it pushes it with the ACK2, 3 d after the SYN; one to who has it pulls it with the ACK, 2 d after. Each
 * node calls once a second, at a phase of its own. Whoever gets it sends an echo, and takes the node for up 2 d later.
 */
import { wholeNumber } from '../base/errors.ts';
import { Stream } from '../base/stream.ts';
import { INTERVAL_MS } from '../protocols/cassandra/constants.ts';
import type { Estimate } from './claims.ts';

/**
 * From the end of the shadow round until a peer's SYN arrives or the node's first round begins, in the mean. Each of the
 * n - 1 peers calls once in that second, at a uniform time and with probability 1 / (n - 1) this node, live or
 * unreachable: with m = n - 1 the integral of (1 - t/m)^m from 0 to 1. Of a node that is no seed.
 */
export function firstContactMs(n: number): number {
  const m = wholeNumber('first contact', 'n', n, 2) - 1;
  return INTERVAL_MS * (m / (m + 1)) * (1 - (1 - 1 / m) ** (m + 1));
}

/** From the start of the process until the node has all its peers up, in the mean. */
export const seesAllMs = (n: number, oneWayMs: number): number =>
  shadowMs(oneWayMs) + firstContactMs(n) + 4 * oneWayMs;

/** A shadow round whose first question is answered: until the node looks whether it is. */
export const shadowMs = (oneWayMs: number): number =>
  INTERVAL_MS * Math.max(1, Math.ceil((2 * oneWayMs) / INTERVAL_MS));

export interface Rumour {
  readonly n: number;
  readonly seeds: number; // nodes 0 .. seeds-1; the one that restarts is the last
  readonly oneWayMs: number;
  /** The peers have convicted it: it is not among their live nodes but the one that is unreachable. */
  readonly convicted: boolean;
}

/** ms from the start of the process until a peer has it up, of so many runs the mean with its standard error. */
export interface Spread {
  readonly half: Estimate;
  readonly last: Estimate;
}

/** No closed form is known for the rumour with clocks that are periodic; it is drawn so many times, always the same. */
export function restartSpread(rumour: Rumour, runs = 400): Spread {
  const { n, seeds, oneWayMs, convicted } = rumour;
  const draws = new Stream(`${n}/${seeds}/${oneWayMs}/${convicted}`, 'restart theory', 1);
  const half: number[] = [];
  const last: number[] = [];
  for (let run = 0; run < runs; run++) {
    const ups = upTimes(rumour, () => draws.draw(0));
    half.push(ups[Math.ceil(ups.length / 2) - 1]);
    last.push(ups[ups.length - 1]);
  }
  return { half: estimateOf(half), last: estimateOf(last) };
}

/** One run: when each peer has it up, in ms from the start of the process, in order. */
export function upTimes(rumour: Rumour, draw: () => number): Float64Array {
  const { n, oneWayMs: d } = rumour;
  const who = n - 1;
  const gossips = shadowMs(d);
  const has = new Float64Array(n).fill(Infinity); // [node] ms, when it has the new generation
  has[who] = gossips;
  const phase = Float64Array.from({ length: n - 1 }, () => gossips + draw() * INTERVAL_MS);
  const order = Array.from(phase.keys()).sort((a, b) => phase[a] - phase[b]);
  let contact = gossips + INTERVAL_MS; // of the node with anybody: its own first round, or a SYN that comes before
  let left = n - 1;

  /** A SYN sent at `t`. Calls are taken in the order of time: what others do later bears no fruit before it is there. */
  function call(t: number, from: number, to: number) {
    if (to === who && t + d >= gossips) contact = Math.min(contact, t + d);
    const pushes = has[from] <= t;
    if (pushes === has[to] <= t + d) return;
    const late = pushes ? to : from;
    if (has[late] === Infinity) left--;
    has[late] = Math.min(has[late], t + (pushes ? 3 : 2) * d);
  }
  const round = (t: number, node: number, alone: boolean) => {
    for (const to of targets(rumour, node, alone, has[node] <= t - 2 * d, draw)) call(t, node, to);
  };
  for (let second = -1; left > 0; second++) {
    if (second >= 1) {
      const t = gossips + second * INTERVAL_MS;
      round(t, who, contact + 4 * d > t);
    }
    for (const node of order) round(phase[node] + second * INTERVAL_MS, node, false);
  }
  return has
    .map((at) => at + 2 * d)
    .subarray(0, n - 1)
    .sort();
}

/** Whom a round calls. `alone`: the node has nobody up yet, and all on its disk unreachable. */
function targets(rumour: Rumour, node: number, alone: boolean, knows: boolean, draw: () => number) {
  const { n, seeds, convicted } = rumour;
  const who = n - 1;
  const below = (bound: number) => Math.floor(draw() * bound);
  const other = (bound: number) => {
    const drawn = below(bound);
    return drawn >= node ? drawn + 1 : drawn;
  };
  const others = seeds - (node < seeds ? 1 : 0);
  const aSeed = () => (node < seeds ? other(others) : below(others));
  if (alone) return [other(n - 1), ...(others > 0 ? [aSeed()] : [])];
  const isDown = convicted && node !== who && !knows;
  const called = [other(isDown ? n - 2 : n - 1)];
  if (isDown && draw() < 1 / (n - 1)) called.push(who);
  if (called[0] >= seeds && draw() <= others / (n - 1)) called.push(aSeed());
  return called;
}

function estimateOf(values: readonly number[]): Estimate {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { ours: mean, se: Math.sqrt(squares / (values.length - 1) / values.length) };
}
