/**
 * Protocols that tell who is down, side by side on the same cluster: heartbeat gossip, Cassandra, SWIM, memberlist. A member
 * is held to be down by another that suspects it (heartbeats, Cassandra), or has declared it failed (SWIM, memberlist).
 */
import {
  DIED,
  type Fact,
  type FaultPlan,
  FORGOTTEN,
  type Link,
  type Observer,
  type Outcome,
  type Scenario,
  type StopRule,
  SUSPECTED,
} from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { channels } from '../network/channels.ts';
import { constant } from '../network/latency.ts';
import { lossy } from '../network/loss.ts';
import { complete } from '../network/overlay.ts';
import { type OpenAt, stalled } from '../network/stalls.ts';
import { tcp } from '../network/tcp.ts';
import { heartbeat } from '../protocols/heartbeat/heartbeat.ts';
import { memberlist } from '../protocols/memberlist/memberlist.ts';
import { PRESETS, type Preset } from '../protocols/memberlist/presets.ts';
import { swim } from '../protocols/swim/swim.ts';
import { type CassandraProbe, cassandraProbe } from './cassandra-probe.ts';
import { heartbeatFailPeriods, RIVAL_PERIOD_S, type Rival } from './rivals-theory.ts';

export interface RivalCluster {
  readonly rival: Rival;
  readonly n: number;
  readonly seed: string;
  /** Of all timers; Cassandra's are fixed: 1. */
  readonly scale: number;
  readonly horizonMs: number;
  /** Share of the packets that are lost; connections repeat them. */
  readonly loss: number;
  /** Members whose input and output stalls. */
  readonly openAt?: OpenAt;
  readonly faults?: FaultPlan;
}

/** A cluster that can be run, watched by the same eyes whatever its protocol. */
export interface RivalRun {
  /** Of the run, with what else watches and ends it. */
  run(observer: Observer, stop?: StopRule): Outcome;
  /** Cassandra: to look into. */
  readonly probe?: CassandraProbe;
}

/** The fact by which a member says that another is down. */
export const DOWN: Readonly<Record<Rival, Fact>> = {
  heartbeat: SUSPECTED,
  cassandra: SUSPECTED,
  swim: FORGOTTEN,
  memberlist: DIED,
};

const LATENCY_MS = 0.5; // one way
const PERIOD_MS = 1000 * RIVAL_PERIOD_S;

/** A cluster of one of the rivals, set up as `cluster` says. */
export function rivalCluster(cluster: RivalCluster): RivalRun {
  const { rival, n, seed, horizonMs, faults = () => [] } = cluster;
  const common = { n, seed, faults, horizonMs, overlay: complete, link: linkOf(cluster) };
  const rounds = { periodMs: PERIOD_MS * cluster.scale, phase: 'random' as const };
  if (rival === 'heartbeat') {
    const failMs = rounds.periodMs * heartbeatFailPeriods(n);
    return runOf({ ...common, rounds, protocol: heartbeat({ failMs }) });
  }
  if (rival === 'swim') {
    const timeoutMs = rounds.periodMs / 2;
    return runOf({ ...common, rounds, protocol: swim({ timeoutMs }) });
  }
  if (rival === 'memberlist') {
    const { openAt } = cluster;
    const protocol = memberlist({
      preset: slowed(PRESETS.lan, cluster.scale),
      ...(openAt === undefined ? {} : { openAt }),
    });
    return runOf({ ...common, protocol });
  }
  const probe = cassandraProbe({
    ...{ n, horizonMs, link: common.link },
    options: { version: '4.1', shortRun: true },
  });
  return { ...runOf({ ...probe.scenario, seed, faults }), probe };
}

const runOf = <M>(scenario: Scenario<M>): RivalRun => ({
  run: (observer, stop) =>
    simulate({
      ...scenario,
      observers: [observer as Observer<M>],
      ...(stop === undefined ? {} : { stop }),
    }),
});

/** All its times are so many times longer. */
function slowed(preset: Preset, scale: number): Preset {
  const times = Object.entries(preset).filter(([name]) => name.endsWith('Ms'));
  return { ...preset, ...Object.fromEntries(times.map(([name, ms]) => [name, ms * scale])) };
}

/** Datagrams are lost, connections repeat what is lost. */
function linkOf({ rival, loss, openAt }: RivalCluster): Link {
  const link = constant({ ms: LATENCY_MS });
  const lost = loss === 0 ? link : lossy(loss, link);
  const connection = loss === 0 ? link : tcp({}, lost);
  const both =
    rival === 'cassandra'
      ? connection
      : rival === 'memberlist'
        ? channels({ datagram: lost, stream: connection })
        : lost;
  return openAt === undefined ? both : stalled(openAt, both);
}
