/** What was read of partitions -> cuts around a link. */
import { UserError } from '../../base/errors.ts';
import type { Link, Streams } from '../../engine/model.ts';
import { shuffle } from '../../faults/which.ts';
import * as network from '../../network/index.ts';
import { type Chosen, membersOf } from './nodes.ts';
import type { Group } from './read.ts';
import { flagAt, located, maybeNumber, numberAt } from './values.ts';

export const cut =
  (cuts: readonly Group[], link: Link): Link =>
  (streams) =>
    network.partitioned(cutsIn(cuts, streams), link)(streams);

/** The cuts of a run with such streams, fresh ones of its seed. Random sides draw from streams of their own. */
export function cutsIn(cuts: readonly Group[], streams: Streams): readonly network.Cut[] {
  const own = {
    n: streams.n,
    stream: (_purpose: string, lanes?: number) => streams.stream('partitions', lanes),
  };
  return cuts.flatMap((group) => located(group, () => cutsOf(group, own)));
}

function cutsOf(group: Group, streams: Streams): network.Cut[] {
  const side = membersOf('partition', group.values.side as Chosen, streams);
  const startMs = numberAt(group, 'at');
  const endMs = maybeNumber(group, 'heal') ?? Infinity;
  if (endMs < startMs) {
    throw new UserError(`partition: heal must not be before at, ${startMs} ms; got ${endMs} ms`);
  }
  const oneWay = flagAt(group, 'oneWay');
  const spreadMs = maybeNumber(group, 'spread');
  const around = (nodes: readonly number[], from: number, until: number): network.Cut => {
    const within = new Set(nodes);
    const to = (node: number) => !within.has(node);
    return { from: nodes, to, startMs: from, endMs: until, oneWay };
  };
  if (spreadMs === undefined) return [around(side, startMs, endMs)];
  if (endMs < startMs + spreadMs) {
    throw new UserError(
      `partition: heal must be at or spread at the earliest, when all are cut off; got ${endMs} ms, before ${startMs + spreadMs} ms`,
    );
  }
  const going = [...side];
  shuffle(going, streams.stream('faults', 1));
  const coming = [...going];
  shuffle(coming, streams.stream('faults', 1));
  const gap = going.length > 1 ? spreadMs / (going.length - 1) : 0;
  return going.map((node, i) =>
    around([node], startMs + i * gap, endMs + coming.indexOf(node) * gap),
  );
}
