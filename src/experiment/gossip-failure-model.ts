/**
 * The groups of van Renesse, Minsky, Hayden 1998 as they are simulated: T_gossip by the bandwidth, T_fail by the analysis,
 * failed members that are still called. Partners are drawn from all n, dead or alive, as the analysis has it; the protocol
 * would avoid members that it suspects. Messages take a microsecond: in the analysis a gossip is an instant.
 */
import { oneOf, probability, wholeNumber } from '../base/errors.ts';
import { absent } from '../faults/crash.ts';
import { constant } from '../network/latency.ts';
import { lossy } from '../network/loss.ts';
import { complete } from '../network/overlay.ts';
import { gossipSeconds, periodsToFail } from './gossip-failure-theory.ts';
import type { Clock } from './gossip-spread-theory.ts';

const WHERE = 'gossip group';
const ENTRY_BYTES = 8;
const LATENCY_MS = 0.001;
/** By then the first heartbeats are everywhere but with this probability. */
const UNSETTLED = 1e-6;

/** A cell of an experiment on such groups. */
export interface GossipCell extends Record<string, string | number> {
  n: number;
  failed: number;
  loss: number;
  promised: number;
  clock: Clock;
}

/** What its axes are, with their units. */
export const GOSSIP_AXES = {
  n: 'members on the lists, dead or alive',
  failed: 'of these, members that failed long ago',
  loss: 'probability that a gossip message is lost',
  promised: 'P_mistake: the probability of a mistake that T_fail is chosen for',
  clock:
    'periodic: each member gossips once a T_gossip, at a phase of its own; poisson: on a clock without memory, as in the analysis',
} as const;

/** From where the paper's figures vary one thing at a time. */
export const GOSSIP_BASE = { n: 50, failed: 0, loss: 0 } as const;

/** What is the same in all of them: bytes a second, bytes of an entry, and so on. */
export const GOSSIP_FIXED = {
  bytesPerSecond: 250,
  bytesPerEntry: ENTRY_BYTES,
  fanout: 1,
  partners: 'any of the n',
  judged: 'exactly T_fail after the last news',
  latencyMs: LATENCY_MS,
} as const;

/** The same as a group of the analysis. */
export const groupOf = ({ n, failed, loss }: GossipCell) => ({ n, failed, arrival: 1 - loss });

/** How many of n, failed and loss are not those of the base. */
export const variedIn = ({ n, failed, loss }: GossipCell): number =>
  Number(n !== GOSSIP_BASE.n) + Number(failed !== 0) + Number(loss !== 0);

/** The parts of a scenario. Times on the way are in T_gossip. */
export function gossipGroup(cell: GossipCell) {
  const { n, failed, loss, promised, clock } = cell;
  wholeNumber(WHERE, 'n', n, 2);
  wholeNumber(WHERE, 'failed', failed, 0, n - 2);
  probability(WHERE, 'loss', loss);
  oneOf(WHERE, 'clock', clock, ['periodic', 'poisson']);
  const group = groupOf(cell);
  const failPeriods = periodsToFail(group, promised);
  const periodMs = gossipSeconds(n) * 1000;
  return {
    periodMs,
    failPeriods,
    /** Until nothing is left of the start. */
    settledPeriods: Math.ceil(periodsToFail(group, UNSETTLED)),
    options: { failMs: failPeriods * periodMs, entryBytes: ENTRY_BYTES, judged: 'exact' },
    failures: absent({ nodes: (node) => node >= n - failed }),
    scenario: {
      n,
      overlay: complete,
      link: lossy(loss, constant({ ms: LATENCY_MS })),
      rounds: { periodMs, phase: clock === 'poisson' ? 'poisson' : 'random' },
      headerBytes: 0,
    },
  } as const;
}
