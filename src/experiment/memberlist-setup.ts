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

/** base: LAN without periodic push/pull, 1 ms one way; pp: with it; lat50: 50 ms; local, wan: those presets, 40 ms in wan. */
export type MemberlistVariant = 'base' | 'pp' | 'lat50' | 'local' | 'wan';

export interface MemberlistCluster {
  readonly n: number;
  readonly variant: MemberlistVariant;
  readonly seed: string;
}

const LATENCY_MS: Readonly<Record<MemberlistVariant, number>> = {
  base: 1,
  pp: 1,
  lat50: 50,
  local: 1,
  wan: 40,
};

export const MEMBERLIST_VARIANTS = Object.keys(LATENCY_MS) as readonly MemberlistVariant[];

/** Nothing happens before: members start in the middle of their rounds, knowing all. */
export const START_MS = 5000;
export const START = micros(START_MS);

export function presetOf(variant: MemberlistVariant): Preset {
  if (variant === 'wan' || variant === 'local') return PRESETS[variant];
  return variant === 'pp' ? PRESETS.lan : { ...PRESETS.lan, pushPullIntervalMs: 0 };
}

/** Datagrams are lost with that probability; connections lose nothing. */
export function clusterLink(variant: MemberlistVariant, loss = 0, openAt?: OpenAt): Link {
  const link = constant({ ms: LATENCY_MS[variant] });
  const both = loss === 0 ? link : channels({ datagram: lossy(loss, link), stream: link });
  return openAt === undefined ? both : stalled(openAt, both);
}

/** What the runs of all experiments have in common; the measuring clock stood still while anything computed. */
export function clusterScenario(
  { n, variant, seed }: MemberlistCluster,
  options: MemberlistOptions,
  observer: Observer<MemberlistMessage>,
): Omit<Scenario<MemberlistMessage>, 'horizonMs'> {
  return {
    ...{ n, seed, overlay: complete, link: clusterLink(variant) },
    protocol: memberlist({ preset: presetOf(variant), races: true, ...options }),
    observers: [observer],
  };
}

/** To the precision of what was measured, 0.1 ms. */
export const tenths = (ms: number): number => Math.round(10 * ms) / 10;
