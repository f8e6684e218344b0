/**
 * The test bed of Dadgar, Phillips, Currey, "Lifeguard: local health awareness for more accurate failure detection",
 * arXiv 1707.00788v2: 128 members on one host, of which C are anomalous in step: what they send waits, and what comes to
 * them, while their timers go on.
 * Deviations: members start in the middle of their rounds and know each other, which stands for the settling; Consul's
 * own messages, and compression, are left out.
 */
import { micros } from '../base/time.ts';
import type { Observer, Scenario } from '../engine/model.ts';
import { constant } from '../network/latency.ts';
import { complete } from '../network/overlay.ts';
import { readOneByOne } from '../network/reader.ts';
import { type OpenAt, stalled } from '../network/stalls.ts';
import { memberlist } from '../protocols/memberlist/memberlist.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type { MemberlistOptions } from '../protocols/memberlist/options.ts';
import { PRESETS } from '../protocols/memberlist/presets.ts';

/** Which parts of Lifeguard are on; SWIM: none. */
export type LifeguardParts = 'SWIM' | 'LHA-Probe' | 'LHA-Suspicion' | 'Buddy System' | 'Lifeguard';

/** In the order of the tables of the paper. */
export const LIFEGUARD_PARTS: readonly LifeguardParts[] = [
  'SWIM',
  'LHA-Probe',
  'LHA-Suspicion',
  'Buddy System',
  'Lifeguard',
];

/** The group, and how its members are set up. */
export interface LifeguardBed {
  readonly n: number;
  readonly seed: string;
  readonly parts: LifeguardParts;
  /** How local health is kept: by the library, or as the paper has it. */
  readonly rules: 'library' | 'paper';
  readonly alpha: number;
  readonly beta: number;
  readonly latencyMs: number;
  /** Default: on, as in the library. */
  readonly pushPull?: boolean;
  /** How anomalous members work off what has piled up; absent: at once. */
  readonly reader?: { readonly eachMs: number; readonly buffer?: number };
}

const CONFIRMATIONS = 3; // K

/** What the paper's experiments have in common, but for those on alpha and beta. */
export const LIFEGUARD_FIXED = {
  members: 128,
  latencyMs: 0.1,
  alpha: 5,
  beta: 6,
  confirmations: CONFIRMATIONS,
  probeIntervalMs: PRESETS.lan.probeIntervalMs,
  probeTimeoutMs: PRESETS.lan.probeTimeoutMs,
} as const;

/** How long a group settles before members are blocked, in ms. */
export const LIFEGUARD_START_MS = 5000;
/** The same in us of simulated time. */
export const LIFEGUARD_START = micros(LIFEGUARD_START_MS);

/** What is on. SWIM counts no confirmations, hears no NACKs and has no score. */
export function lifeguardOptions(bed: LifeguardBed): MemberlistOptions {
  const { parts, rules, alpha, beta, pushPull = true } = bed;
  const isWhole = parts === 'Lifeguard';
  const hasProbe = isWhole || parts === 'LHA-Probe';
  const hasSuspicion = isWhole || parts === 'LHA-Suspicion';
  const awarenessMax = rules === 'paper' ? 9 : PRESETS.lan.awarenessMax; // the paper's score goes to 8
  return {
    preset: {
      ...PRESETS.lan,
      ...{ suspicionMult: alpha, suspicionMaxMult: beta, awarenessMax },
      ...(pushPull ? {} : { pushPullIntervalMs: 0 }),
    },
    healthRules: rules,
    ...{ awareness: hasProbe, nacks: hasProbe },
    ...{ dynamicSuspicion: hasSuspicion, confirmations: hasSuspicion ? CONFIRMATIONS : 0 },
    buddy: isWhole || parts === 'Buddy System',
  };
}

/** Nodes 0 .. anomalous-1 are closed where `openAt` says so. */
export function lifeguardScenario(
  bed: LifeguardBed,
  anomalous: number,
  openAt: OpenAt,
  observer: Observer<MemberlistMessage>,
): Omit<Scenario<MemberlistMessage>, 'horizonMs'> {
  const link = stalled(openAt, constant({ ms: bed.latencyMs }));
  const nodes = anomalousNodes(anomalous);
  return {
    ...{ n: bed.n, seed: bed.seed, overlay: complete },
    protocol: memberlist({ ...lifeguardOptions(bed), openAt }),
    link: bed.reader === undefined ? link : readOneByOne({ nodes, openAt, ...bed.reader }, link),
    observers: [observer],
  };
}

/** Nodes 0 .. count-1: those that are blocked. */
export const anomalousNodes = (count: number): number[] =>
  Array.from({ length: count }, (_, node) => node);

/** The paper's grid. */
export const LIFEGUARD_ANOMALOUS: readonly number[] = [1, 4, 8, 12, 16, 20, 24, 28, 32];
/** Lengths of blocks in the grid of the paper, in ms. */
export const LIFEGUARD_BLOCKED_MS: readonly number[] = [128, 512, 2048, 8192, 16_384, 32_768];
/** Times between blocks in the grid of the paper, in ms. */
export const LIFEGUARD_OPEN_MS: readonly number[] = [1, 4, 16, 64, 256, 1024, 4096, 16_384];
