/** The protocols, one paper a file. */
export * from './broadcast/anti-entropy.ts';
export * from './broadcast/direct-mail.ts';
export * from './broadcast/infect-and-die.ts';
export * from './broadcast/median-counter.ts';
export { rumourOf, TAG_NAMES, tagOf } from './broadcast/messages.ts';
export * from './broadcast/pull.ts';
export * from './broadcast/push.ts';
export * from './broadcast/push-pull.ts';
export * from './broadcast/rumour-mongering.ts';
export type { CassandraOptions, Command } from './cassandra/options.ts';
export {
  VERSIONS as CASSANDRA_VERSIONS,
  type Version as CassandraVersion,
  type VersionName as CassandraVersionName,
} from './cassandra/versions.ts';
export {
  antiEntropy,
  cassandra,
  directHeartbeats,
  directMail,
  heartbeat,
  heartbeatOn,
  infectAndDie,
  loadBalancing,
  loadBalancingOn,
  medianCounter,
  memberlist,
  ordering,
  pull,
  push,
  pushPull,
  rumourMongering,
  scuttlebutt,
  swim,
} from './checked.ts';
export { type BroadcastOptions, exponentFor, meanSilence } from './heartbeat/broadcast.ts';
export * from './heartbeat/direct.ts';
export * from './heartbeat/heartbeat.ts';
export type { Address } from './heartbeat/levels.ts';
export { ENTRY_BYTES } from './heartbeat/messages.ts';
export type { HeartbeatOptions } from './heartbeat/options.ts';
export { heartbeatRumours } from './heartbeat/rumours.ts';
export {
  groundOf as loadGroundOf,
  type LoadGround,
} from './load/load.ts';
export type { LoadOptions, LoadSource } from './load/options.ts';
export { type MemberlistMessage, PING as MEMBERLIST_PING } from './memberlist/messages.ts';
export type {
  MemberlistCommand,
  MemberlistLook,
  MemberlistOptions,
  MemberlistWatch,
} from './memberlist/options.ts';
export {
  HEALTH_RULES as MEMBERLIST_HEALTH_RULES,
  type HealthRules as MemberlistHealthRules,
  type HealthRulesName as MemberlistHealthRulesName,
  PRESETS as MEMBERLIST_PRESETS,
  type Preset as MemberlistPreset,
  type PresetName as MemberlistPresetName,
} from './memberlist/presets.ts';
export type { Encoding } from './ordering/causal.ts';
export {
  isWrite,
  type Kind as OperationKind,
  type Operation,
  type OperationOptions,
  type Operations,
  operations,
  workload,
} from './ordering/operations.ts';
export type { DeliveryName, OrderingOptions, ResolutionName } from './ordering/options.ts';
export { orderingOn } from './ordering/ordering.ts';
export { Registers } from './ordering/registers.ts';
export type { FlowOptions } from './scuttlebutt/flow.ts';
export type { Schedule, ScuttlebuttOptions } from './scuttlebutt/options.ts';
export type { Order as ScuttlebuttOrder } from './scuttlebutt/orders.ts';
export type { SwimMessage } from './swim/messages.ts';
export type { SwimOptions } from './swim/options.ts';
