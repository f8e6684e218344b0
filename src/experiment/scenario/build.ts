/** What was read -> the scenario of one replicate, with its meters. */
import { UserError } from '../../base/errors.ts';
import { Stream } from '../../base/stream.ts';
import { detectorOf, type Options } from '../../detectors/index.ts';
import type { Input, ProtocolFactory, Rounds, Scenario, Streams } from '../../engine/model.ts';
import { timesOf } from '../../faults/occasions.ts';
import { protocols } from '../../protocols/registry.ts';
import { faultsOf, occasionsOf } from './build-faults.ts';
import { linkOf, overlayOf } from './build-network.ts';
import { type Chosen, membersOf } from './nodes.ts';
import type { Group } from './read.ts';
import { groupAt, groupsAt, located, maybeGroup, numberAt, textAt } from './values.ts';

/** These take a detector. */
const JUDGED_BY_DETECTORS = ['heartbeat', 'direct-heartbeats'];
const MOST_INPUTS = 100_000;

interface Asked extends Input {
  readonly command: string;
}

export function scenarioOf(scenario: Group, seed: string): Scenario<unknown> {
  const n = numberAt(scenario, 'nodes');
  const asked = inputsOf(scenario, n, seed);
  const { rounds: hasRounds } = protocols[groupAt(scenario, 'protocol').word];
  return {
    ...{ seed, n },
    protocol: protocolOf(scenario, asked),
    link: linkOf(scenario),
    overlay: overlayOf(scenario),
    ...(hasRounds ? { rounds: roundsOf(scenario) } : {}),
    workload: asked.map(({ atMs, node, input }) => ({ atMs, node, input })),
    faults: faultsOf(scenario),
    horizonMs: numberAt(scenario, 'duration'),
  };
}

export function roundsOf(scenario: Group): Rounds {
  const rounds = groupAt(scenario, 'rounds');
  return {
    periodMs: numberAt(rounds, 'period'),
    phase: textAt(rounds, 'phase') as Rounds['phase'],
    missed: textAt(rounds, 'missed') as NonNullable<Rounds['missed']>,
  };
}

function protocolOf(scenario: Group, asked: readonly Asked[]): ProtocolFactory<unknown> {
  const group = groupAt(scenario, 'protocol');
  const commands = commandsOf(group.word, asked);
  const options = { ...group.values, ...detectorOptions(scenario), ...commands };
  const make = protocols[group.word].make as (options: object) => ProtocolFactory<unknown>;
  const factory = located(group, () => make(options));
  return (env) => located(group, () => factory(env));
}

function commandsOf(protocol: string, asked: readonly Asked[]): object {
  if (protocol === 'memberlist') return { commands: asked.map(({ command }) => command) };
  if (protocol !== 'cassandra') return {};
  return {
    commands: asked.map(({ command, input }) =>
      command === 'publish'
        ? { do: 'publish', key: 'SCHEMA', value: String(input) }
        : { do: command },
    ),
  };
}

function detectorOptions(scenario: Group): object {
  const { word, at } = groupAt(scenario, 'protocol');
  const group = maybeGroup(scenario, 'detector');
  if (group === undefined) {
    if (word !== 'direct-heartbeats') return {};
    throw new UserError(`${at}: direct-heartbeats needs a detector; detector is missing`);
  }
  if (!JUDGED_BY_DETECTORS.includes(word)) {
    const known = JUDGED_BY_DETECTORS.join(' and ');
    throw new UserError(`${group.at}: detector goes with ${known}; the protocol is ${word}`);
  }
  const { level, ...options } = group.values as Options;
  const detector = located(group, () => detectorOf(group.word, options));
  return { detector, ...(level === undefined ? {} : { level }) };
}

/** By time; those of one instant as they stand in the file. */
function inputsOf(scenario: Group, n: number, seed: string): readonly Asked[] {
  const { word } = groupAt(scenario, 'protocol');
  const known = protocols[word].inputs;
  const list: Omit<Asked, 'input'>[] = [];
  groupsAt(scenario, 'workload').forEach((group, i) => {
    if (!known.includes(group.word)) {
      const of = known.length === 0 ? 'nothing' : known.join(', ');
      throw new UserError(`${group.at}: ${word} can be asked for ${of}; got ${group.word}`);
    }
    const streams = streamsOf(seed, n, i);
    located(group, () => {
      const occasions = occasionsOf(group, numberAt(scenario, 'duration'));
      const draws = streams.stream('times');
      for (const node of membersOf(group.word, group.values.nodes as Chosen, streams)) {
        for (const atMs of timesOf(occasions, draws, node)) {
          list.push({ atMs, node, command: group.word });
        }
      }
      if (list.length > MOST_INPUTS)
        throw new UserError(`workload: at most ${MOST_INPUTS} requests; got ${list.length}`);
    });
  });
  list.sort((a, b) => a.atMs - b.atMs);
  return list.map((asked, input) => ({ ...asked, input }));
}

const streamsOf = (seed: string, n: number, entry: number): Streams => ({
  n,
  stream: (purpose, lanes = n) => new Stream(seed, `workload ${entry} ${purpose}`, lanes),
});
