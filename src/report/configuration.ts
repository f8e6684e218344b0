/**
 * The setting to use, as the configuration of the real system has it: cassandra.yaml, memberlist's Config in Go, Consul's
 * gossip_lan; for other protocols as a scenario file says it.
 * Sources: Apache Cassandra, conf/cassandra.yaml; HashiCorp memberlist, config.go; Consul, agent configuration, gossip.
 */
import type { Value } from '../experiment/model.ts';
import { everyDigit } from './numbers.ts';

/** One value, and its place in the scenario file. */
export interface Placed {
  readonly path: string;
  readonly value: Value;
  readonly suffix: string;
}

export function configuration(protocol: string, settings: readonly Placed[]): string[] {
  const known = KNOWN[protocol];
  const own = settings.filter(({ path }) => known?.(nameOf(path)) !== undefined);
  const others = settings.filter((setting) => !own.includes(setting));
  return [
    ...(protocol === 'cassandra' ? cassandra(own) : []),
    ...(protocol === 'memberlist' && own.length > 0 ? memberlist(own) : []),
    ...(others.length > 0 ? ['In the scenario file, or with --set:', ...others.map(line)] : []),
  ];
}

const nameOf = (path: string): string => (path.startsWith('protocol.') ? path.slice(9) : '');
const textOf = ({ value, suffix }: Placed): string =>
  `${typeof value === 'number' ? everyDigit(value) : value}${suffix}`;
const line = (placed: Placed): string => `  ${placed.path}=${textOf(placed)}`;

/** What cassandra.yaml accepts (Config.java); JMX takes any. */
const THRESHOLDS = { least: 5, most: 16 };
const JVM: Readonly<Record<string, string>> = {
  maxIntervalMs: '-Dcassandra.fd_max_interval_ms',
  bootstrapMs: '-Dcassandra.ring_delay_ms',
};

const YAML: Readonly<Record<string, string>> = {
  threshold: 'phi_convict_threshold',
  vnodes: 'num_tokens',
};

function cassandra(settings: readonly Placed[]): string[] {
  const named = settings.map((placed) => ({ ...placed, name: nameOf(placed.path) }));
  const yaml = named.filter(({ name }) => Object.hasOwn(YAML, name));
  const jvm = named.filter(({ name }) => Object.hasOwn(JVM, name));
  const remark = ({ name, value }: { name: string; value: Value }) =>
    name === 'threshold' && !(Number(value) >= THRESHOLDS.least && Number(value) <= THRESHOLDS.most)
      ? '  # outside of 5 to 16, which is all that this file may say'
      : '';
  return [
    ...(yaml.length > 0
      ? ['# cassandra.yaml', ...yaml.map((of) => `${YAML[of.name]}: ${textOf(of)}${remark(of)}`)]
      : []),
    ...(jvm.length > 0
      ? ['# jvm-server.options', ...jvm.map((of) => `${JVM[of.name]}=${msOf(of)}`)]
      : []),
  ];
}

/** Name in a scenario -> field of memberlist.Config, key of gossip_lan if Consul has one. */
const CONFIG: Readonly<Record<string, readonly [go: string, consul?: string]>> = {
  probeIntervalMs: ['ProbeInterval', 'probe_interval'],
  probeTimeoutMs: ['ProbeTimeout', 'probe_timeout'],
  indirectChecks: ['IndirectChecks'],
  suspicionMult: ['SuspicionMult', 'suspicion_mult'],
  suspicionMaxMult: ['SuspicionMaxTimeoutMult'],
  awarenessMax: ['AwarenessMaxMultiplier'],
  retransmitMult: ['RetransmitMult', 'retransmit_mult'],
  gossipIntervalMs: ['GossipInterval', 'gossip_interval'],
  gossipNodes: ['GossipNodes', 'gossip_nodes'],
  gossipToTheDeadMs: ['GossipToTheDeadTime'],
  pushPullIntervalMs: ['PushPullInterval'],
  tcpTimeoutMs: ['TCPTimeout'],
};
const PRESETS: Readonly<Record<string, string>> = {
  lan: 'DefaultLANConfig',
  wan: 'DefaultWANConfig',
  local: 'DefaultLocalConfig',
};

function memberlist(settings: readonly Placed[]): string[] {
  const preset = settings.find(({ path }) => nameOf(path) === 'preset');
  const fields = settings.filter((of) => of !== preset);
  const isTime = ({ path }: Placed) => path.endsWith('Ms');
  const go = fields.map((of) => {
    const value = isTime(of) ? `${msOf(of)} * time.Millisecond` : textOf(of);
    return `config.${CONFIG[nameOf(of.path)][0]} = ${value}`;
  });
  const consul = fields.flatMap((of) => {
    const [, key] = CONFIG[nameOf(of.path)];
    return key === undefined ? [] : [`  ${key} = ${isTime(of) ? `"${msOf(of)}ms"` : textOf(of)}`];
  });
  return [
    '// memberlist, in Go',
    `config := memberlist.${PRESETS[String(preset?.value ?? 'lan')]}()`,
    ...go,
    ...(consul.length > 0 ? ['# Consul', 'gossip_lan {', ...consul, '}'] : []),
  ];
}

/** Times are in ms in the model, with or without their unit. */
const msOf = ({ value }: Placed): string =>
  typeof value === 'number' ? everyDigit(value) : String(value);

/** Protocol -> what its configuration calls an option; undefined: nothing. */
const KNOWN: Readonly<Record<string, (name: string) => string | undefined>> = {
  cassandra: (name) => YAML[name] ?? JVM[name],
  memberlist: (name) => (name === 'preset' ? name : CONFIG[name]?.[0]),
};
