/** What was read of the protocol -> its factory, its workload, and what meters see of its inside. */
import { wholeNumber } from '../../base/errors.ts';
import { detectorOf, type Options } from '../../detectors/index.ts';
import type { Input, ProtocolFactory } from '../../engine/model.ts';
import type { HeartbeatTable } from '../../kernel/index.ts';
import { deferringGroundOf, heartbeatOn } from '../../protocols/heartbeat/heartbeat.ts';
import type { HeartbeatOptions } from '../../protocols/heartbeat/options.ts';
import {
  type LoadGround,
  loadBalancingOn,
  groundOf as loadGroundOf,
} from '../../protocols/load/load.ts';
import type { LoadOptions } from '../../protocols/load/options.ts';
import { orderingOn } from '../../protocols/ordering/ordering.ts';
import { Registers } from '../../protocols/ordering/registers.ts';
import { protocols } from '../../protocols/registry.ts';
import type { ScuttlebuttOptions } from '../../protocols/scuttlebutt/options.ts';
import {
  type ScuttlebuttGround,
  groundOf as scuttlebuttGroundOf,
  scuttlebuttOn,
} from '../../protocols/scuttlebutt/scuttlebutt.ts';
import { openingsOf } from './build-network.ts';
import { operationsOf } from './build-operations.ts';
import { type Asked, inputsOf } from './build-workload.ts';
import type { Draws } from './nodes.ts';
import { type Group, isGroup } from './read.ts';
import { groupAt, located, maybeGroup, numberAt, refusal } from './values.ts';

/** These take a detector. */
const JUDGED_BY_DETECTORS = ['heartbeat', 'direct-heartbeats'];

/** What some protocols hold, for meters to look at. */
export interface Inside {
  readonly registers?: Registers;
  readonly load?: LoadGround;
  readonly mappings?: ScuttlebuttGround;
  /** Of heartbeat; there once the run has begun. */
  readonly heartbeats?: { table?: HeartbeatTable };
}

export interface Built {
  readonly protocol: ProtocolFactory<unknown>;
  readonly workload: readonly Input[];
  readonly inside: Inside;
}

export function protocolOf(scenario: Group, seed: string, draws: Draws): Built {
  const group = groupAt(scenario, 'protocol');
  const built = located(group, () => builtOf(scenario, seed, draws));
  return { ...built, protocol: (env) => located(group, () => built.protocol(env)) };
}

function builtOf(scenario: Group, seed: string, draws: Draws): Built {
  const n = numberAt(scenario, 'nodes');
  const group = groupAt(scenario, 'protocol');
  const detector = detectorOptions(scenario);
  if (group.word === 'ordering') {
    const { broadcast, ...layer } = group.values;
    const operations = operationsOf(scenario, seed, draws);
    const registers = new Registers(operations, layer);
    const protocol = orderingOn(registers, broadcastOf(broadcast as Group)) as Built['protocol'];
    return { protocol, workload: operations.inputs, inside: { registers } };
  }
  const asked = inputsOf(scenario, draws);
  const workload = asked.map(({ atMs, node, input }) => ({ atMs, node, input }));
  const options = plainOf(group);
  if (group.word === 'load-balancing') {
    const of = options as unknown as LoadOptions;
    const load = loadGroundOf(n, of);
    return { protocol: loadBalancingOn(load, of) as Built['protocol'], workload, inside: { load } };
  }
  if (group.word === 'scuttlebutt') {
    const of = options as ScuttlebuttOptions;
    const mappings = scuttlebuttGroundOf(n, of);
    const protocol = scuttlebuttOn(mappings, of) as Built['protocol'];
    return { protocol, workload, inside: { mappings } };
  }
  if (group.word === 'heartbeat') {
    const of = { ...options, ...detector } as unknown as HeartbeatOptions;
    const heartbeats: NonNullable<Inside['heartbeats']> = {};
    const protocol: ProtocolFactory<number> = (env) => {
      const ground = deferringGroundOf(env, of.table);
      heartbeats.table = ground.table;
      return heartbeatOn(ground, of)(env);
    };
    return { protocol: protocol as Built['protocol'], workload, inside: { heartbeats } };
  }
  const make = protocols[group.word].make as (options: object) => Built['protocol'];
  const special = { ...detector, ...specialOf(scenario, asked, draws) };
  return { protocol: make({ ...options, ...special }), workload, inside: {} };
}

/** Records as their values; a broadcast is a factory. */
function plainOf({ values }: Group): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (!isGroup(value)) return [key, value];
      return [key, value.word === '' ? plainOf(value) : broadcastOf(value)];
    }),
  );
}

const broadcastOf = (group: Group): ProtocolFactory<number> => {
  const make = protocols[group.word].make as (options: object) => ProtocolFactory<number>;
  return located(group, () => make(plainOf(group)));
};

/** Options that a file cannot give as they are. */
function specialOf(scenario: Group, asked: readonly Asked[], draws: Draws): object {
  const { word, values } = groupAt(scenario, 'protocol');
  if (word === 'memberlist') {
    const openAt = openingsOf(scenario, draws);
    const commands = asked.map(({ of }) => of.word);
    return { commands, ...(openAt === undefined ? {} : { openAt }) };
  }
  if (word !== 'cassandra') return {};
  const { stage, load } = values as { stage?: Group; load?: string };
  return {
    commands: asked.map((request) => commandOf(request, numberAt(scenario, 'nodes'))),
    ...(stage === undefined ? {} : { stage: costsOf(stage) }),
    ...(load === undefined ? {} : { load: () => load }),
  };
}

function commandOf({ of: entry, input }: Asked, n: number): object {
  const { word } = entry;
  if (word === 'publish') return { do: 'publish', key: 'SCHEMA', value: String(input) };
  if (entry.values.victim === undefined) return { do: word };
  const victim = numberAt(entry, 'victim');
  return { do: word, victim: located(entry, () => wholeNumber(word, 'victim', victim, 0, n - 1)) };
}

function costsOf({ values }: Group): object {
  const { extraUs, slowdown, ...costs } = values;
  return { ...costs, extraUs: () => extraUs, slowdown: () => slowdown };
}

function detectorOptions(scenario: Group): object {
  const { word, at } = groupAt(scenario, 'protocol');
  const group = maybeGroup(scenario, 'detector');
  if (group === undefined) {
    if (word !== 'direct-heartbeats') return {};
    throw refusal(at, 'direct-heartbeats needs a detector; detector is missing');
  }
  if (!JUDGED_BY_DETECTORS.includes(word)) {
    const known = JUDGED_BY_DETECTORS.join(' and ');
    throw refusal(group.at, `detector goes with ${known}; the protocol is ${word}`);
  }
  const { level, ...options } = group.values as Options;
  const detector = located(group, () => detectorOf(group.word, options));
  return { detector, ...(level === undefined ? {} : { level }) };
}
