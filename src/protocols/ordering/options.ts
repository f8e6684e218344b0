/** The options of an ordering layer, their defaults and their checks, and what is built from them. */
import { oneOf, wholeNumber } from '../../base/errors.ts';
import type { Env } from '../../engine/model.ts';
import { causal, ENCODINGS, type Encoding } from './causal.ts';
import { atOnce, type Delivery, fifo } from './delivery.ts';
import { oneWinner, type Rule } from './one-winner.ts';
import type { Operations } from './operations.ts';
import { probabilistic } from './probabilistic.ts';
import type { Resolution } from './resolution.ts';
import { arrival, hybrid, lamport, wallClock } from './rules.ts';
import { versionVectors } from './version-vectors.ts';

export const DELIVERIES = ['at-once', 'fifo', 'causal', 'probabilistic'] as const;
/** When a write may be applied. */
export type DeliveryName = (typeof DELIVERIES)[number];

export const RESOLUTIONS = [
  'arrival',
  'lamport',
  'wall-clock',
  'hybrid',
  'version-vectors',
  'dotted',
] as const;
/** Which of several writes a register holds. */
export type ResolutionName = (typeof RESOLUTIONS)[number];

/** Options of `ordering`, with their units. */
export interface OrderingOptions {
  /** When a write that has come may be applied; default at-once. */
  readonly delivery?: DeliveryName;
  /** Which of several writes to a register is its value; default arrival. */
  readonly resolution?: ResolutionName;
  /** Of causal delivery: how vectors are written; default full. */
  readonly encoding?: Encoding;
  /** Of probabilistic delivery: length of the vector, R; default 100. */
  readonly entries?: number;
  /** Of probabilistic delivery: entries that a node owns, K; default 2. */
  readonly own?: number;
  /** Of the wall clock: it is read in steps of so many us; default 1. Cassandra's coordinators read whole milliseconds. */
  readonly resolutionUs?: number;
  /** Of version vectors: one entry for a node, or for a client; default node. Dotted ones have one for a node. */
  readonly entryOf?: 'node' | 'client';
}

const WHERE = 'ordering';

export function settingsOf(options: OrderingOptions): Required<OrderingOptions> {
  const settings = {
    delivery: options.delivery ?? 'at-once',
    resolution: options.resolution ?? 'arrival',
    encoding: options.encoding ?? 'full',
    entries: options.entries ?? 100,
    own: options.own ?? 2,
    resolutionUs: options.resolutionUs ?? 1,
    entryOf: options.entryOf ?? 'node',
  } as const;
  oneOf(WHERE, 'delivery', settings.delivery, DELIVERIES);
  oneOf(WHERE, 'resolution', settings.resolution, RESOLUTIONS);
  oneOf(WHERE, 'encoding', settings.encoding, ENCODINGS);
  wholeNumber(WHERE, 'entries', settings.entries, 1);
  wholeNumber(WHERE, 'own', settings.own, 1, settings.entries);
  wholeNumber(WHERE, 'resolutionUs', settings.resolutionUs, 1);
  oneOf(WHERE, 'entryOf', settings.entryOf, ['node', 'client']);
  return settings;
}

export function deliveryOf(
  env: Env<number>,
  { list }: Operations,
  { delivery, encoding, entries, own }: Required<OrderingOptions>,
): Delivery {
  const { n } = env;
  if (delivery === 'fifo') return fifo(n, list.length);
  if (delivery === 'causal') return causal(n, list.length, encoding);
  if (delivery === 'at-once') return atOnce;
  const below = (node: number, bound: number) => Math.floor(env.draw(node) * bound);
  return probabilistic(n, list.length, { entries, own }, below);
}

export function resolutionOf(
  env: Env<number>,
  operations: Operations,
  { resolution, resolutionUs, entryOf }: Required<OrderingOptions>,
): Resolution {
  const { list, keys, clients } = operations;
  const table = { n: env.n, keys, writes: list.length, keyOf: (write: number) => list[write].key };
  const byClient = entryOf === 'client';
  if (resolution === 'version-vectors' || resolution === 'dotted') {
    const isDotted = resolution === 'dotted';
    const perClient = byClient && !isDotted;
    return versionVectors(table, {
      writerOf: (write) => (perClient ? list[write].client : list[write].node),
      writers: perClient ? clients : env.n,
      isDotted,
    });
  }
  return oneWinner(table, ruleOf(env, operations, resolution, resolutionUs));
}

function ruleOf(
  env: Env<number>,
  { list }: Operations,
  resolution: ResolutionName,
  resolutionUs: number,
): Rule {
  const { n } = env;
  const writes = list.length;
  const clockOf = (node: number) => env.clock(node);
  if (resolution === 'lamport') return lamport(n, writes);
  if (resolution === 'hybrid') return hybrid(n, writes, clockOf);
  if (resolution === 'arrival') return arrival;
  return wallClock({
    ...{ n, writes, clockOf, resolutionUs },
    isTombstone: (write) => list[write].kind === 'delete',
    drawValue: (node) => Math.floor(env.draw(node) * 2 ** 32),
  });
}
