/** What experiments are written with: the model of one, theories, and runs that several share. */
export * from './cassandra-cluster.ts';
export * from './cassandra-detection-theory.ts';
export { openCluster } from './cassandra-ground.ts';
export { killOne } from './cassandra-kill.ts';
export * from './cassandra-links.ts';
export * from './cassandra-loads.ts';
export * from './cassandra-news.ts';
export { cutAndHeal } from './cassandra-partition.ts';
export * from './cassandra-partition-theory.ts';
export {
  type CassandraProbe,
  cassandraProbe,
} from './cassandra-probe.ts';
export {
  firstContactMs,
  restartSpread,
  seesAllMs,
  shadowMs,
} from './cassandra-restart-theory.ts';
export {
  lastGossipsS,
  meanCallsPerRound,
  seedCalls,
} from './cassandra-seed-theory.ts';
export {
  type Settling,
  settling,
} from './cassandra-settle.ts';
export { slowStage } from './cassandra-slow-stage.ts';
export * from './cassandra-stage-theory.ts';
export {
  firstNodes,
  type Steady,
  steadyCluster,
  steadyIdeal,
} from './cassandra-steady.ts';
export * from './cassandra-steady-table.ts';
export * from './cassandra-storm.ts';
export {
  type HoldBackCost,
  type LossyMail,
  leastHeld,
  mostHeld,
} from './causal-theory.ts';
export {
  type Churned,
  type DurationLaw,
  EXPONENTIAL,
  lateSuspicions,
  littlePairs,
  WEIBULL_HALF,
} from './churn-theory.ts';
export {
  type Estimate,
  judge,
} from './claims.ts';
export * from './closure-theory.ts';
export {
  type CurvePoint,
  crossesAt,
} from './curve-crossing.ts';
export * from './delay-laws.ts';
export {
  PERCENTILES,
  sharesUpTo,
} from './distributions.ts';
export * from './divergence-theory.ts';
export {
  at,
  difference,
  ratio,
} from './estimates.ts';
export {
  evenWay,
  exchangeGrowth,
} from './exchange-growth.ts';
export { ExchangeSpread } from './exchange-spread-theory.ts';
export * from './gossip-failure-model.ts';
export {
  gossipSeconds,
  mistakeAfter,
  periodsToFail,
  roundsToFail,
  secondsToFail,
} from './gossip-failure-theory.ts';
export {
  completionPeriods,
  detectionExcess,
  lateProbability,
} from './gossip-spread-theory.ts';
export { heldByHolders } from './hold-back-fixpoint.ts';
export { holdWatch } from './hold-watch.ts';
export { interpolatedWeights } from './interpolated-sums.ts';
export * from './lifeguard-interval.ts';
export * from './lifeguard-published.ts';
export * from './lifeguard-setup.ts';
export * from './lifeguard-sweep.ts';
export * from './lifeguard-theory.ts';
export * from './lifeguard-threshold.ts';
export { breakEven } from './load-break-even.ts';
export {
  type Board,
  type BoardTimes,
  boardTimes,
  freshTime,
  randomTime,
} from './load-choice-theory.ts';
export { individualTime } from './load-individual-theory.ts';
export { publishedAges } from './load-theory.ts';
export {
  lwwPairs,
  type Pairs,
} from './lww-pairs.ts';
export {
  type LwwRegisters,
  lwwRegisters,
} from './lww-registers.ts';
export * from './lww-theory.ts';
export {
  type MemberlistConfiguration,
  type MemberlistKind,
  type MemberlistPlace,
  placeKey,
} from './memberlist-configurations.ts';
export {
  type MemberlistCrash,
  memberlistCrash,
} from './memberlist-crash.ts';
export {
  HEALTH_TIMES_S,
  MEMBERLIST_QUANTITIES,
  trialFindings,
} from './memberlist-measured.ts';
export {
  type OneSide,
  type Remembered,
  remembered,
} from './memberlist-one-side.ts';
export {
  type MemberlistCut,
  type MemberlistReunion,
  memberlistReunion,
  type Parting,
} from './memberlist-partition.ts';
export {
  type Healing as MemberlistHealing,
  meetingChance,
  spreadS,
} from './memberlist-partition-theory.ts';
export { OBSERVERS_PCT } from './memberlist-pooled.ts';
export {
  countedS,
  memberlistRates,
  RATE_COLUMNS,
  rateFindings,
} from './memberlist-rates.ts';
export {
  type MemberlistReference,
  memberlistReference,
} from './memberlist-reference.ts';
export {
  MEMBERLIST_VARIANTS,
  type MemberlistCluster,
  type MemberlistVariant,
} from './memberlist-setup.ts';
export {
  memberlistSpread,
  type Spread as MemberlistSpread,
} from './memberlist-spread.ts';
export {
  type MemberlistStorm,
  memberlistStorm,
  type Storm,
} from './memberlist-storm.ts';
export {
  accusationsBy,
  bearableCapacity,
  busyS,
  deafStorm,
  type Limited,
  transmissionsOf,
  worstLoad,
} from './memberlist-storm-theory.ts';
export {
  memberlistTrials,
  NO_TRIALS,
} from './memberlist-trials.ts';
export {
  memberlistUnwell,
  type Unwell as MemberlistUnwell,
} from './memberlist-unwell.ts';
export {
  lastNewsRound,
  mistakesPerPeriod,
  uncalled,
} from './mistake-theory.ts';
export * from './model.ts';
export {
  asynchronous,
  eventDriven,
  PERIOD_MS,
  synchronous,
} from './models.ts';
export * from './ordered-run.ts';
export * from './overtaking-theory.ts';
export * from './pause-theory.ts';
export type { Gossip } from './push-calls.ts';
export {
  longerPush,
  type Reunion,
  reunion,
  type Separation,
} from './recovery-theory.ts';
export {
  DOWN,
  type RivalRun,
  rivalCluster,
} from './rivals.ts';
export * from './rivals-theory.ts';
export * from './rumour-chain.ts';
export * from './scuttlebutt-flow.ts';
export * from './scuttlebutt-overload.ts';
export * from './scuttlebutt-rest-theory.ts';
export * from './scuttlebutt-table.ts';
export * from './scuttlebutt-theory.ts';
export * from './scuttlebutt-twin.ts';
export * from './short-vector-theory.ts';
export { shortVectorWatch } from './short-vector-watch.ts';
export * from './swim-loss-theory.ts';
export * from './swim-overload-theory.ts';
export * from './swim-spread-theory.ts';
export * from './swim-theory.ts';
export { onProbe } from './swim-watch.ts';
export * from './theory.ts';
export * from './timeout-theory.ts';
export * from './vector-cost.ts';
export * from './vector-cost-theory.ts';
export * from './watched.ts';
