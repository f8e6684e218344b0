/**
 * The shadow round: before a node takes part it asks what the cluster knows, above all about itself, with a SYN without
 * digests. Source: Gossiper.doShadowRound and maybeFinishShadowRound, GossipDigestSynVerbHandler, NewGossiper (trunk).
 */
import { isDead } from './application-state.ts';
import { INTERVAL_MS, QUARANTINE_MS, RING_DELAY_MS } from './constants.ts';

/** The seeds are asked at 0 and then so often; from the second time on also the peers remembered on disk. */
export const SHADOW_SYN_EVERY_MS = 5000;

/** What the node does after so many whole seconds without an answer. */
export function shadowStep(sinceMs: number, isSeed: boolean): 'ask' | 'wait' | 'alone' | 'fail' {
  if (isSeed && sinceMs > RING_DELAY_MS) return 'alone';
  if (sinceMs > QUARANTINE_MS) return 'fail'; // "Unable to gossip with any peers"
  return sinceMs % SHADOW_SYN_EVERY_MS === 0 ? 'ask' : 'wait';
}

/** All of it, if nobody answers: when SYNs are sent, and how and when it ends. */
export function unanswered(isSeed: boolean): {
  readonly synAtMs: readonly number[];
  readonly end: 'alone' | 'fail';
  readonly atMs: number;
} {
  const synAtMs: number[] = [];
  for (let ms = 0; ; ms += INTERVAL_MS) {
    const step = shadowStep(ms, isSeed);
    if (step === 'alone' || step === 'fail') return { synAtMs, end: step, atMs: ms };
    if (step === 'ask') synAtMs.push(ms);
  }
}

/** What an ACK tells a node in its shadow round. */
export interface ShadowAck {
  /** It has neither states nor requests: its sender is in a shadow round, too. */
  readonly isEmpty: boolean;
  /** The entry about the node itself, if there is one. */
  readonly self?: { readonly hasHostId: boolean; readonly status: string } | undefined;
}

/** 'ignore': an entry about the node that cannot be right. 'peer': another one in its shadow round. */
export function shadowVerdict({ isEmpty, self }: ShadowAck): 'exit' | 'peer' | 'ignore' {
  if (self !== undefined && !self.hasHostId && !isDead(self.status)) return 'ignore';
  return isEmpty ? 'peer' : 'exit';
}

/** When every seed has answered like that, all are starting, and the round ends with nothing learnt. */
export const allInShadow = <T>(seeds: readonly T[], answered: ReadonlySet<T>): boolean =>
  seeds.length > 0 && seeds.every((seed) => answered.has(seed));

/** Trunk asks all peers on disk at once and waits for so many answers that are not empty. */
export const SHADOW_TRY_MS = 15_000;
export const SHADOW_TRIES = 4;
export const shadowQuorum = (peers: number): number => Math.max(Math.floor(peers / 10), 1);

/** What becomes of a SYN. */
export type SynFate = 'drop' | 'answer empty' | 'send all' | 'examine';

export interface SynReceiver {
  readonly enabled: boolean;
  readonly inShadowRound: boolean;
  /** Cluster name, partitioner (if it names one) and, in trunk, metadata identifier are those of the receiver. */
  readonly sameCluster: boolean;
}

export function synFate(receiver: SynReceiver, digests: number): SynFate {
  if (!receiver.enabled && !receiver.inShadowRound) return 'drop';
  if (!receiver.sameCluster) return 'drop';
  if (receiver.inShadowRound && !receiver.enabled) return digests === 0 ? 'answer empty' : 'drop';
  return digests === 0 ? 'send all' : 'examine';
}

/** An ACK with states is ignored as a whole until the node has sent its first regular SYN. */
export const ackIsEarly = (hasStates: boolean, hasSentSyn: boolean): boolean =>
  hasStates && !hasSentSyn;
