/** The options of memberlist, their defaults and their checks. */
import { numberIn, oneOf, positive, wholeNumber } from '../../base/errors.ts';
import { type Micros, micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import {
  HEALTH_RULES,
  type HealthRules,
  type HealthRulesName,
  PRESETS,
  type Preset,
  type PresetName,
  VERSIONS,
  type Version,
  type VersionName,
} from './presets.ts';

/** What an input of the workload makes a node do. */
export type MemberlistCommand = 'update' | 'leave';

/** What may be looked at from outside at any time of a run. */
export interface MemberlistLook {
  /** News in the member's broadcast queue. */
  queued(node: NodeId): number;
}

/** Told of what happens inside a member, beside the facts. One-way: it cannot change a run. */
export interface MemberlistWatch {
  /** The run begins. */
  begun?(look: MemberlistLook): void;
  /** A direct ping was not answered within the probe timeout. */
  pingTimedOut?(node: NodeId, target: NodeId, now: Micros): void;
  /** The whole probe has failed: the member accuses the target. */
  probeFailed?(node: NodeId, target: NodeId, now: Micros): void;
  /** It would have, but for the ping on a connection. */
  savedByStream?(node: NodeId, target: NodeId, now: Micros): void;
  /** Its suspicion of the subject has run out, with so many confirmations. */
  expired?(node: NodeId, subject: NodeId, confirmations: number, now: Micros): void;
  /** It has refuted that it is SUSPECT (2) or DEAD (3), or held to be in another incarnation (1). */
  refuted?(node: NodeId, status: number, now: Micros): void;
  /** Its health score has changed: 0 is well. */
  scored?(node: NodeId, score: number, now: Micros): void;
}

/** What is given of a configuration replaces what the preset says. */
export interface MemberlistOptions extends Partial<Preset> {
  /** 'lan' (default), 'wan', 'local', or one with something changed. */
  readonly preset?: PresetName | Preset;
  /** Default '0.2.2'; what differs is in presets.ts. */
  readonly version?: VersionName;
  /** Lifeguard's local health; default true. False: the score stays 0. */
  readonly awareness?: boolean;
  /** Lifeguard's suspicions that shorten with confirmations; default true. False: all last the shortest time. */
  readonly dynamicSuspicion?: boolean;
  /** K, the confirmations that Lifeguard expects; default: suspicionMult - 2. 0: who else suspects is not passed on. */
  readonly confirmations?: number;
  /** How local health is kept and what it stretches: as in the library (default), or as the paper has it; presets.ts. */
  readonly healthRules?: HealthRulesName;
  /** Lifeguard's buddy system: a suspect is told so with the ping; default true. */
  readonly buddy?: boolean;
  /** Lifeguard's NACKs of those who were asked to ping; default true. False: a failed probe costs 1. */
  readonly nacks?: boolean;
  /** Whether a ping on a connection is the last resort; default true. */
  readonly streamPing?: boolean;
  /** Nodes 0 .. members-1 know each other at the start, in a cluster long up; the others join. Default: all. */
  readonly members?: number;
  /** [input] what the workload's inputs mean; those beyond are updates of metadata. */
  readonly commands?: readonly MemberlistCommand[];
  /** When the input and output of a node is open again: `now` if it is open. Its loops wait where they send. */
  readonly openAt?: (node: NodeId, now: Micros) => Micros;
  /**
   * A member's gossip tick and the deadline of its probe often fall on one instant. Default false: the tick comes first, as
   * on a real clock. True: either, as on a virtual clock that stands still while a program computes.
   */
  readonly races?: boolean;
  readonly watch?: MemberlistWatch;
}

export interface Settings
  extends Omit<Required<MemberlistOptions>, keyof Preset | 'preset' | 'version' | 'healthRules'> {
  readonly version: Version;
  readonly healthRules: HealthRules;
  readonly probeInterval: Micros;
  readonly probeTimeout: Micros;
  readonly indirectChecks: number;
  readonly suspicionMult: number;
  readonly suspicionMaxMult: number;
  readonly awarenessMax: number;
  readonly retransmitMult: number;
  readonly gossipInterval: Micros;
  readonly gossipNodes: number;
  readonly gossipToTheDead: Micros;
  readonly pushPullInterval: Micros;
  readonly tcpTimeout: Micros;
}

const WHERE = 'memberlist';
const NO_WATCH: MemberlistWatch = {};

function configOf(options: MemberlistOptions): Preset {
  const { preset = 'lan' } = options;
  if (typeof preset === 'string') oneOf(WHERE, 'preset', preset, Object.keys(PRESETS));
  const config = typeof preset === 'string' ? PRESETS[preset] : preset;
  const given = Object.entries(options).filter(
    ([name, value]) => Object.hasOwn(config, name) && value !== undefined,
  );
  return { ...config, ...Object.fromEntries(given) };
}

export function settingsOf(options: MemberlistOptions, n: number): Settings {
  const { awareness = true, dynamicSuspicion = true, buddy = true, nacks = true } = options;
  const { version = '0.2.2', streamPing = true, members = n } = options;
  const { commands = [], watch = NO_WATCH, openAt = (_node, now) => now } = options;
  const { races = false, healthRules = 'library' } = options;
  const config = configOf(options);
  oneOf(WHERE, 'version', version, Object.keys(VERSIONS));
  oneOf(WHERE, 'healthRules', healthRules, Object.keys(HEALTH_RULES));
  for (const command of commands) oneOf(WHERE, 'commands', command, ['update', 'leave']);
  const us = (what: keyof Preset) => micros(positive(WHERE, what, config[what]));
  const whole = (what: keyof Preset, least: number, most?: number) =>
    wholeNumber(WHERE, what, config[what], least, most);
  const max = whole('awarenessMax', 1, 255);
  const maxMult = numberIn(WHERE, 'suspicionMaxMult', config.suspicionMaxMult, 1);
  const { confirmations: expected = Math.max(0, config.suspicionMult - 2) } = options;
  return {
    ...{ awareness, dynamicSuspicion, buddy, nacks, streamPing, commands, openAt, races, watch },
    healthRules: HEALTH_RULES[healthRules],
    version: VERSIONS[version],
    members: wholeNumber(WHERE, 'members', members, 1, n),
    probeInterval: us('probeIntervalMs'),
    probeTimeout: us('probeTimeoutMs'),
    indirectChecks: whole('indirectChecks', 0),
    suspicionMult: whole('suspicionMult', 1),
    confirmations: wholeNumber(WHERE, 'confirmations', expected, 0),
    suspicionMaxMult: dynamicSuspicion ? maxMult : 1,
    awarenessMax: awareness ? max : 1,
    retransmitMult: whole('retransmitMult', 1),
    gossipInterval: us('gossipIntervalMs'),
    gossipNodes: whole('gossipNodes', 1),
    gossipToTheDead: micros(numberIn(WHERE, 'gossipToTheDeadMs', config.gossipToTheDeadMs, 0)),
    pushPullInterval: micros(numberIn(WHERE, 'pushPullIntervalMs', config.pushPullIntervalMs, 0)),
    tcpTimeout: us('tcpTimeoutMs'),
  };
}
