/** Closed forms of a storm of accusations in memberlist, derived here. Times in s, rates per s. */

export interface Gossip {
  readonly n: number;
  /** Gossip packets that a member sends while it has news. */
  readonly gossipPerS: number;
  /** Transmissions of one piece of news by each member: mult * ceil(log10(n + 1)). */
  readonly transmissions: number;
  /** Other packets that it sends, with news in the room left: a ping and an ack each interval. */
  readonly othersPerS: number;
}

/** How often a piece of news is sent by each member. */
export const transmissionsOf = (mult: number, n: number): number =>
  mult * Math.ceil(Math.log10(n + 1));

const harmonic = (n: number): number => {
  let sum = 0;
  for (let k = 1; k <= n; k++) sum += 1 / k;
  return sum;
};

/**
 * How long an accusation and its refutation occupy a member's queue: from the one to the other, which is the mean time in
 * which a rumour reaches a random member, H(n-1) / g by a pure birth process; then the refutation, which replaces it, is
 * sent as often as it may, with gossip and whatever else is sent.
 */
export const busyS = ({ n, gossipPerS, transmissions, othersPerS }: Gossip): number =>
  harmonic(n - 1) / gossipPerS + transmissions / (gossipPerS + othersPerS);

/**
 * Of the others, those that a member has not probed after a share `laps` <= 1 of the n probes of a lap: it is somewhere in a
 * lap when that begins, and shuffles its list at the end of it. Mean over where it is.
 */
export const notProbed = (laps: number): number => 1 - laps + laps ** 3 / 6;

/**
 * Accusations per second, of healthy members and between two times, by members that hear nothing from time 0 on. Each probes
 * `perS` others a second. Who has refuted once is safe from all of them: they never hear of its new incarnation, and what
 * they say of the old one is no news.
 */
export function accusationsBy(deaf: number, perS: number, n: number, from: number, to: number) {
  const safe = (at: number) => 1 - notProbed((perS * at) / n) ** deaf;
  return ((n - deaf) * (safe(to) - safe(from))) / (to - from);
}

export interface Busy {
  /** Of the time of a member: with news in its queue. */
  readonly busyFrac: number;
  readonly queued: number;
  readonly perS: number;
}

/**
 * Queues of members while `deaf` members accuse, mean over a time. News does not hinder other news while packets have room,
 * so that by Little's law the mean queue is rate * busyS. A queue is empty if no deaf member has had a successful tick for
 * so long; ticks of one member are regular, those of different ones in no relation. Of many deaf members it is exp(-a tau).
 */
export function deafStorm(
  gossip: Gossip,
  { deaf, perS, from, to }: { deaf: number; perS: number; from: number; to: number },
): Busy {
  const steps = 500;
  const step = (to - from) / steps;
  const ticks = busyS(gossip) * perS;
  let [idle, queued, rate] = [0, 0, 0];
  for (let i = 0; i < steps; i++) {
    const begin = from + i * step;
    const a = accusationsBy(deaf, perS, gossip.n, begin, begin + step);
    const succeeds = a / deaf / perS; // a tick's accusation is news
    const none = (1 - succeeds) ** Math.floor(ticks) * (1 - succeeds * (ticks % 1));
    idle += none ** deaf / steps;
    queued += (a * busyS(gossip)) / steps;
    rate += a / steps;
  }
  return { busyFrac: 1 - idle, queued, perS: rate };
}

/** How a member gossips and probes. */
export interface Limited {
  readonly gossipPerS: number;
  readonly probesPerS: number;
  readonly probeTimeoutS: number;
  readonly indirectChecks: number;
}

/** What a member receives if every ack is late: at a capacity above it no load keeps itself up. */
export const worstLoad = ({ gossipPerS, probesPerS, indirectChecks }: Limited): number =>
  gossipPerS + probesPerS * (2 + 4 * indirectChecks + 4);

const CELLS = 200; // of the probe timeout

/**
 * The least number of packets that members must be able to handle in a second to bear gossip at its full rate. Each receives
 * it, and a ping and an ack for each probe. If the ack comes too late, k requests, pings, acks and answers follow and
 * four messages of a connection. An inbox is M/D/1: its own and that of the target delay an ack. Below this capacity the
 * load that late acks add makes more of them late, without end.
 */
export function bearableCapacity(limited: Limited): number {
  let low = limited.gossipPerS;
  let high = 20 * limited.gossipPerS + 100;
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (bears(limited, middle)) high = middle;
    else low = middle;
  }
  return high;
}

function bears(limited: Limited, capacity: number): boolean {
  const { gossipPerS, probesPerS, probeTimeoutS, indirectChecks } = limited;
  let late = 0;
  for (let i = 0; i < 1000; i++) {
    const load = gossipPerS + probesPerS * (2 + late * (4 * indirectChecks + 4));
    if (load >= capacity) return false;
    const next = lateShare(load, capacity, probeTimeoutS);
    if (Math.abs(next - late) < 1e-6) return true;
    late = next;
  }
  return false;
}

/** Two inboxes in a row take longer than that, each M/D/1 at rest: Pollaczek and Khinchine, on a grid. */
export function lateShare(load: number, capacity: number, timeoutS: number): number {
  const step = timeoutS / CELLS;
  const service = 1 / capacity;
  const rho = load / capacity;
  // The wait is a geometric sum of uniform residual services.
  const span = Math.max(1, Math.round(service / step));
  const wait = new Float64Array(CELLS + 1); // [cell] probability
  wait[0] = 1 - rho;
  for (let cell = 1; cell <= CELLS; cell++) {
    let sum = 0;
    for (let back = 1; back <= Math.min(span, cell); back++) sum += wait[cell - back];
    wait[cell] = (rho * sum) / span;
  }
  const left = Math.floor((timeoutS - 2 * service) / step);
  if (left < 0) return 1;
  let within = 0;
  for (let a = 0; a <= left; a++) for (let b = 0; a + b <= left; b++) within += wait[a] * wait[b];
  return Math.max(0, 1 - within);
}
