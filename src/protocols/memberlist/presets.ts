/** The configurations that memberlist comes with (config.go), and what differs between its versions, as data. */

/** A configuration of memberlist; the names are those of config.go, times in ms. */
export interface Preset {
  readonly probeIntervalMs: number;
  readonly probeTimeoutMs: number;
  /** k: members that are asked to ping for one. */
  readonly indirectChecks: number;
  readonly suspicionMult: number;
  /** The longest suspicion, in shortest ones; 1: all last equally long. */
  readonly suspicionMaxMult: number;
  /** The health score stays below it; 1: no local health. */
  readonly awarenessMax: number;
  readonly retransmitMult: number;
  readonly gossipIntervalMs: number;
  readonly gossipNodes: number;
  readonly gossipToTheDeadMs: number;
  /** 0: no periodic push/pull. */
  readonly pushPullIntervalMs: number;
  readonly tcpTimeoutMs: number;
}

/** A configuration by name. */
export type PresetName = 'lan' | 'wan' | 'local';

const LAN: Preset = {
  probeIntervalMs: 1000,
  probeTimeoutMs: 500,
  indirectChecks: 3,
  suspicionMult: 4,
  suspicionMaxMult: 6,
  awarenessMax: 8,
  retransmitMult: 4,
  gossipIntervalMs: 200,
  gossipNodes: 3,
  gossipToTheDeadMs: 30_000,
  pushPullIntervalMs: 30_000,
  tcpTimeoutMs: 10_000,
};

/** The configurations that memberlist comes with. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  lan: LAN,
  wan: {
    ...LAN,
    probeIntervalMs: 5000,
    probeTimeoutMs: 3000,
    suspicionMult: 6,
    gossipIntervalMs: 500,
    gossipNodes: 4,
    gossipToTheDeadMs: 60_000,
    pushPullIntervalMs: 60_000,
    tcpTimeoutMs: 30_000,
  },
  local: {
    ...LAN,
    probeTimeoutMs: 200,
    indirectChecks: 1,
    suspicionMult: 3,
    retransmitMult: 2,
    gossipIntervalMs: 100,
    gossipToTheDeadMs: 15_000,
    pushPullIntervalMs: 15_000,
    tcpTimeoutMs: 1000,
  },
};

export interface Version {
  /** Of fewer than 3k members, k are chosen exactly; else by 3n draws, which may find fewer. */
  readonly choosesExactly: boolean;
  /** Members that have left are forgotten as dead ones are. */
  readonly forgetsLeft: boolean;
}

export type VersionName = '0.2.2' | '0.6.0';

export const VERSIONS: Readonly<Record<VersionName, Version>> = {
  '0.2.2': { choosesExactly: false, forgetsLeft: false },
  '0.6.0': { choosesExactly: true, forgetsLeft: true },
};

/** Lifeguard's local health. */
export interface HealthRules {
  /** The score stretches no more than the deadline of a probe; else also its timeout, and the time to the next probe. */
  readonly onlyDeadline: boolean;
  /** A relay says that it has heard nothing after this part of its probe timeout. */
  readonly nackAfter: number;
  /** A failed probe costs 1 for each NACK that is missing; else 1, and 1 more if any is missing. */
  readonly eachNack: boolean;
}

/** Local health as in the library, or as in the paper. */
export type HealthRulesName = 'library' | 'paper';

/** The library's, and those of Dadgar, Phillips, Currey 2018, section IV.A. */
export const HEALTH_RULES: Readonly<Record<HealthRulesName, HealthRules>> = {
  library: { onlyDeadline: true, nackAfter: 1, eachNack: true },
  paper: { onlyDeadline: false, nackAfter: 0.8, eachNack: false },
};
