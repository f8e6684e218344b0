/** What was read of the workload -> what nodes are asked, and when. */
import { UserError } from '../../base/errors.ts';
import type { Input, NodeId } from '../../engine/model.ts';
import { timesOf } from '../../faults/occasions.ts';
import { protocols } from '../../protocols/registry.ts';
import { occasionsOf } from './build-faults.ts';
import { type Chosen, type Draws, membersOf } from './nodes.ts';
import type { Group } from './read.ts';
import { groupAt, groupsAt, located, numberAt, refusal } from './values.ts';

const MOST = 100_000;

export interface Request {
  readonly atMs: number;
  readonly node: NodeId;
  /** As it stands in the file: its word, and what else it says. */
  readonly of: Group;
}

export interface Asked extends Input, Request {}

/** The entries of the workload, if the protocol knows them. */
export function entriesOf(scenario: Group): readonly Group[] {
  const { word } = groupAt(scenario, 'protocol');
  const known = protocols[word].inputs;
  const entries = groupsAt(scenario, 'workload');
  const strange = entries.find((entry) => !known.includes(entry.word));
  if (strange === undefined) return entries;
  const of = known.length === 0 ? 'nothing' : known.join(', ');
  throw refusal(strange.at, `${word} can be asked for ${of}; got ${strange.word}`);
}

/** One entry, at each of its nodes and times. */
export function requestsOf(scenario: Group, entry: Group, draws: Draws, i: number): Request[] {
  const streams = draws(`workload ${i}`);
  return located(entry, () => {
    const occasions = occasionsOf(entry, numberAt(scenario, 'duration'));
    const times = streams.stream('times');
    const nodes = membersOf(entry.word, entry.values.nodes as Chosen, streams);
    const requests = nodes.flatMap((node) =>
      timesOf(occasions, times, node).map((atMs) => ({ atMs, node, of: entry })),
    );
    return refuseMany(requests);
  });
}

function refuseMany(requests: Request[]): Request[] {
  if (requests.length <= MOST) return requests;
  throw new UserError(`workload: at most ${MOST} requests; got ${requests.length}`);
}

/** By time; those of one instant as they stand in the file. */
export function inputsOf(scenario: Group, draws: Draws): readonly Asked[] {
  const all = entriesOf(scenario).flatMap((entry, i) => requestsOf(scenario, entry, draws, i));
  return refuseMany(all)
    .sort((a, b) => a.atMs - b.atMs)
    .map((request, input) => ({ ...request, input }));
}
