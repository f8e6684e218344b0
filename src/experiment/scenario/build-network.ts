/** What was read of the network -> an overlay and a link. */
import type { Link, Overlay } from '../../engine/model.ts';
import { bandwidth } from '../../network/bandwidth.ts';
import * as network from '../../network/index.ts';
import { type Chosen, membersOf } from './nodes.ts';
import type { Group } from './read.ts';
import { flagAt, groupAt, groupsAt, located, maybeGroup, maybeNumber, numberAt } from './values.ts';

export function overlayOf(scenario: Group): Overlay {
  const group = groupAt(scenario, 'overlay');
  const overlay = located(group, () => graphOf(group));
  return (streams) => located(group, () => overlay(streams));
}

function graphOf(group: Group): Overlay {
  const at = (key: string) => numberAt(group, key);
  switch (group.word) {
    case 'ring':
      return network.ring({ k: at('k') });
    case 'grid':
      return network.grid({ width: at('width'), torus: flagAt(group, 'torus') });
    case 'random-regular':
      return network.randomRegular({ degree: at('degree') });
    case 'erdos-renyi':
      return network.erdosRenyi({ meanDegree: at('meanDegree') });
    case 'watts-strogatz':
      return network.wattsStrogatz({ k: at('k'), rewire: at('rewire') });
    case 'barabasi-albert':
      return network.barabasiAlbert({ m: at('m') });
    case 'datacentres':
      return network.datacentres({
        ...{ datacentres: at('datacentres'), racks: at('racks') },
        ...{ rackShare: at('rackShare'), remoteShare: at('remoteShare') },
      });
    default:
      return network.complete;
  }
}

function latencyOf(group: Group): Link {
  const at = (key: string) => numberAt(group, key);
  switch (group.word) {
    case 'uniform':
      return network.uniform({ minMs: at('min'), maxMs: at('max') });
    case 'exponential':
      return network.exponential({ meanMs: at('mean'), minMs: at('min') });
    case 'lognormal':
      return network.lognormal({ medianMs: at('median'), sigma: at('sigma') });
    case 'pareto':
      return network.pareto({ minMs: at('min'), shape: at('shape') });
    case 'gamma':
      return network.gamma({ shape: at('shape'), scaleMs: at('scale') });
    default:
      return network.constant({ ms: at('value') });
  }
}

/** Latency, then the uplink, loss, partitions and copies around it. */
export function linkOf(scenario: Group): Link {
  const latency = groupAt(scenario, 'latency');
  let link = located(latency, () => latencyOf(latency));
  const uplink = maybeGroup(scenario, 'bandwidth');
  if (uplink !== undefined) {
    const queueBytes = maybeNumber(uplink, 'queue') ?? Infinity;
    link = bandwidth({ bytesPerSecond: numberAt(uplink, 'rate'), queueBytes }, link);
  }
  const loss = groupAt(scenario, 'loss');
  const at = (key: string) => numberAt(loss, key);
  if (loss.word === 'bursts') {
    const states = { goodToBad: at('goodToBad'), badToGood: at('badToGood') };
    link = network.gilbertElliott(
      { ...states, lossGood: at('lossGood'), lossBad: at('lossBad') },
      link,
    );
  } else if (at('p') > 0) link = network.lossy(at('p'), link);
  const cuts = groupsAt(scenario, 'partitions');
  if (cuts.length > 0) link = cut(cuts, link);
  const twice = numberAt(scenario, 'duplication');
  return twice > 0 ? network.duplicated(twice, link) : link;
}

/** Random sides draw from streams of their own. */
const cut =
  (cuts: readonly Group[], link: Link): Link =>
  (streams) => {
    const own = {
      n: streams.n,
      stream: (_purpose: string, lanes?: number) => streams.stream('partitions', lanes),
    };
    const built = cuts.map((group) =>
      located(group, () => {
        const side = new Set(membersOf('partition', group.values.side as Chosen, own));
        const endMs = maybeNumber(group, 'heal') ?? Infinity;
        return {
          from: [...side],
          to: (node: number) => !side.has(node),
          startMs: numberAt(group, 'at'),
          endMs,
          oneWay: flagAt(group, 'oneWay'),
        };
      }),
    );
    return network.partitioned(built, link)(streams);
  };
