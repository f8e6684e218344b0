/** The clusters in which memberlist was measured, and how we set up the same. */
import { micros } from '../base/time.ts';
import type { Link, Observer, Scenario } from '../engine/model.ts';
import { channels } from '../network/channels.ts';
import { constant } from '../network/latency.ts';
import { lossy } from '../network/loss.ts';
import { complete } from '../network/overlay.ts';
import { type OpenAt, stalled } from '../network/stalls.ts';
import { memberlist } from '../protocols/memberlist/memberlist.ts';
import type { MemberlistMessage } from '../protocols/memberlist/messages.ts';
import type { MemberlistOptions } from '../protocols/memberlist/options.ts';
import { PRESETS, type Preset } from '../protocols/memberlist/presets.ts';

/**
 * base: LAN without periodic push/pull, 1 ms one way; pp: with it; lat50: 50 ms, or another number; local, wan: those presets
 * without periodic push/pull, 40 ms in wan.
 */
export type MemberlistVariant = 'base' | 'pp' | `lat${number}` | 'local' | 'wan';

/** A cluster as it was measured. */
export interface MemberlistCluster {
  readonly n: number;
  readonly variant: MemberlistVariant;
  readonly seed: string;
  /** What else differs from the preset. */
  readonly changes?: Partial<Preset>;
  /** A member's gossip tick comes before the end of its probe at the same instant; default false: either comes first. */
  readonly onRealClock?: boolean;
  /** One way; default: the variant's. */
  readonly latencyMs?: number;
}

const LATENCY_MS: Readonly<Record<string, number>> = { base: 1, pp: 1, local: 1, wan: 40 };

/** The names of the set-ups that were measured. */
export const MEMBERLIST_VARIANTS: readonly string[] = [...Object.keys(LATENCY_MS), 'lat50'];

export const isMemberlistVariant = (text: string): text is MemberlistVariant =>
  Object.hasOwn(LATENCY_MS, text) || /^lat\d+(\.\d+)?$/.test(text);

const latencyOf = (variant: MemberlistVariant): number =>
  LATENCY_MS[variant] ?? Number(variant.slice(3));

/** Nothing happens before: members start in the middle of their rounds, knowing all. */
export const START_MS = 5000;
export const START = micros(START_MS);

export function presetOf(variant: MemberlistVariant, changes: Partial<Preset> = {}): Preset {
  const preset = variant === 'wan' || variant === 'local' ? PRESETS[variant] : PRESETS.lan;
  const { pushPullIntervalMs } = PRESETS.lan;
  return { ...preset, pushPullIntervalMs: variant === 'pp' ? pushPullIntervalMs : 0, ...changes };
}

/** Datagrams are lost with that probability; connections lose nothing. */
export function clusterLink(
  variant: MemberlistVariant,
  loss = 0,
  openAt?: OpenAt,
  ms = latencyOf(variant),
): Link {
  const link = constant({ ms });
  const both = loss === 0 ? link : channels({ datagram: lossy(loss, link), stream: link });
  return openAt === undefined ? both : stalled(openAt, both);
}

/** What the runs of all experiments have in common; the measuring clock stood still while anything computed. */
export function clusterScenario(
  { n, variant, seed, changes, onRealClock = false, latencyMs }: MemberlistCluster,
  options: MemberlistOptions,
  observer: Observer<MemberlistMessage>,
): Omit<Scenario<MemberlistMessage>, 'horizonMs'> {
  return {
    ...{ n, seed, overlay: complete, link: clusterLink(variant, 0, undefined, latencyMs) },
    protocol: memberlist({ preset: presetOf(variant, changes), races: !onRealClock, ...options }),
    observers: [observer],
  };
}

/** To the precision of what was measured, 0.1 ms. */
export const tenths = (ms: number): number => Math.round(10 * ms) / 10;
