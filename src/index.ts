/** The public interface: `import { simulate, push, complete, constant } from 'hearsay'`. */
export { UserError } from './base/errors.ts';
export { normalTail } from './base/special.ts';
export {
  poissonInterval,
  quantile,
  shareStatistic,
  statistic,
} from './base/statistics.ts';
export { Stream } from './base/stream.ts';
export {
  type Micros,
  micros,
  millis,
} from './base/time.ts';
export * as detectors from './detectors/index.ts';
export * from './engine/model.ts';
export { simulate } from './engine/simulate.ts';
export {
  covered,
  settled,
} from './engine/stop.ts';
export { textTrace } from './engine/text-trace.ts';
export * from './experiment/cassandra-cluster.ts';
export * from './experiment/cassandra-detection-theory.ts';
export { openCluster } from './experiment/cassandra-ground.ts';
export { killOne } from './experiment/cassandra-kill.ts';
export * from './experiment/cassandra-links.ts';
export * from './experiment/cassandra-loads.ts';
export * from './experiment/cassandra-news.ts';
export { cutAndHeal } from './experiment/cassandra-partition.ts';
export * from './experiment/cassandra-partition-theory.ts';
export {
  type CassandraProbe,
  cassandraProbe,
} from './experiment/cassandra-probe.ts';
export {
  firstContactMs,
  restartSpread,
  seesAllMs,
  shadowMs,
} from './experiment/cassandra-restart-theory.ts';
export {
  lastGossipsS,
  meanCallsPerRound,
  seedCalls,
} from './experiment/cassandra-seed-theory.ts';
export {
  type Settling,
  settling,
} from './experiment/cassandra-settle.ts';
export { slowStage } from './experiment/cassandra-slow-stage.ts';
export * from './experiment/cassandra-stage-theory.ts';
export {
  firstNodes,
  type Steady,
  steadyCluster,
  steadyIdeal,
} from './experiment/cassandra-steady.ts';
export * from './experiment/cassandra-steady-table.ts';
export * from './experiment/cassandra-storm.ts';
export {
  type HoldBackCost,
  type LossyMail,
  leastHeld,
  mostHeld,
} from './experiment/causal-theory.ts';
export {
  type Churned,
  type DurationLaw,
  EXPONENTIAL,
  lateSuspicions,
  littlePairs,
  WEIBULL_HALF,
} from './experiment/churn-theory.ts';
export {
  type Estimate,
  judge,
} from './experiment/claims.ts';
export * from './experiment/closure-theory.ts';
export {
  type CurvePoint,
  crossesAt,
} from './experiment/curve-crossing.ts';
export * from './experiment/delay-laws.ts';
export {
  PERCENTILES,
  sharesUpTo,
} from './experiment/distributions.ts';
export * from './experiment/divergence-theory.ts';
export {
  at,
  difference,
  ratio,
} from './experiment/estimates.ts';
export {
  evenWay,
  exchangeGrowth,
} from './experiment/exchange-growth.ts';
export { ExchangeSpread } from './experiment/exchange-spread-theory.ts';
export * from './experiment/gossip-failure-model.ts';
export {
  gossipSeconds,
  mistakeAfter,
  periodsToFail,
  roundsToFail,
  secondsToFail,
} from './experiment/gossip-failure-theory.ts';
export {
  completionPeriods,
  detectionExcess,
  lateProbability,
} from './experiment/gossip-spread-theory.ts';
export { heldByHolders } from './experiment/hold-back-fixpoint.ts';
export { holdWatch } from './experiment/hold-watch.ts';
export { interpolatedWeights } from './experiment/interpolated-sums.ts';
export * from './experiment/lifeguard-interval.ts';
export * from './experiment/lifeguard-published.ts';
export * from './experiment/lifeguard-setup.ts';
export * from './experiment/lifeguard-sweep.ts';
export * from './experiment/lifeguard-theory.ts';
export * from './experiment/lifeguard-threshold.ts';
export { breakEven } from './experiment/load-break-even.ts';
export {
  type Board,
  type BoardTimes,
  boardTimes,
  freshTime,
  randomTime,
} from './experiment/load-choice-theory.ts';
export { individualTime } from './experiment/load-individual-theory.ts';
export { publishedAges } from './experiment/load-theory.ts';
export {
  lwwPairs,
  type Pairs,
} from './experiment/lww-pairs.ts';
export {
  type LwwRegisters,
  lwwRegisters,
} from './experiment/lww-registers.ts';
export * from './experiment/lww-theory.ts';
export {
  type MemberlistConfiguration,
  type MemberlistKind,
  type MemberlistPlace,
  placeKey,
} from './experiment/memberlist-configurations.ts';
export {
  type MemberlistCrash,
  memberlistCrash,
} from './experiment/memberlist-crash.ts';
export {
  HEALTH_TIMES_S,
  MEMBERLIST_QUANTITIES,
  trialFindings,
} from './experiment/memberlist-measured.ts';
export {
  type OneSide,
  type Remembered,
  remembered,
} from './experiment/memberlist-one-side.ts';
export {
  type MemberlistCut,
  type MemberlistReunion,
  memberlistReunion,
  type Parting,
} from './experiment/memberlist-partition.ts';
export {
  type Healing,
  meetingChance,
  spreadS,
} from './experiment/memberlist-partition-theory.ts';
export { OBSERVERS_PCT } from './experiment/memberlist-pooled.ts';
export {
  countedS,
  memberlistRates,
  RATE_COLUMNS,
  rateFindings,
} from './experiment/memberlist-rates.ts';
export {
  type MemberlistReference,
  memberlistReference,
} from './experiment/memberlist-reference.ts';
export {
  MEMBERLIST_VARIANTS,
  type MemberlistCluster,
  type MemberlistVariant,
} from './experiment/memberlist-setup.ts';
export {
  memberlistSpread,
  type Spread as MemberlistSpread,
} from './experiment/memberlist-spread.ts';
export {
  type MemberlistStorm,
  memberlistStorm,
  type Storm,
} from './experiment/memberlist-storm.ts';
export {
  accusationsBy,
  bearableCapacity,
  busyS,
  deafStorm,
  type Limited,
  transmissionsOf,
  worstLoad,
} from './experiment/memberlist-storm-theory.ts';
export {
  memberlistTrials,
  NO_TRIALS,
} from './experiment/memberlist-trials.ts';
export {
  memberlistUnwell,
  type Unwell as MemberlistUnwell,
} from './experiment/memberlist-unwell.ts';
export {
  lastNewsRound,
  mistakesPerPeriod,
  uncalled,
} from './experiment/mistake-theory.ts';
export * from './experiment/model.ts';
export {
  asynchronous,
  eventDriven,
  PERIOD_MS,
  synchronous,
} from './experiment/models.ts';
export * from './experiment/ordered-run.ts';
export * from './experiment/overtaking-theory.ts';
export * from './experiment/pause-theory.ts';
export type { Gossip } from './experiment/push-calls.ts';
export {
  longerPush,
  type Reunion,
  reunion,
  type Separation,
} from './experiment/recovery-theory.ts';
export {
  DOWN,
  type RivalRun,
  rivalCluster,
} from './experiment/rivals.ts';
export * from './experiment/rivals-theory.ts';
export * from './experiment/rumour-chain.ts';
export * from './experiment/scuttlebutt-flow.ts';
export * from './experiment/scuttlebutt-overload.ts';
export * from './experiment/scuttlebutt-rest-theory.ts';
export * from './experiment/scuttlebutt-table.ts';
export * from './experiment/scuttlebutt-theory.ts';
export * from './experiment/scuttlebutt-twin.ts';
export * from './experiment/short-vector-theory.ts';
export { shortVectorWatch } from './experiment/short-vector-watch.ts';
export * from './experiment/swim-loss-theory.ts';
export * from './experiment/swim-overload-theory.ts';
export * from './experiment/swim-spread-theory.ts';
export * from './experiment/swim-theory.ts';
export { onProbe } from './experiment/swim-watch.ts';
export * from './experiment/theory.ts';
export * from './experiment/timeout-theory.ts';
export * from './experiment/vector-cost.ts';
export * from './experiment/vector-cost-theory.ts';
export * from './experiment/watched.ts';
export * as faults from './faults/index.ts';
export {
  bytesOf,
  HeartbeatTable,
} from './kernel/index.ts';
export * from './metrics/index.ts';
export * from './network/index.ts';
export * from './protocols/index.ts';
