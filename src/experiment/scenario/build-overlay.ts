/** What was read of the overlay -> an overlay. */
import { UserError } from '../../base/errors.ts';
import type { Overlay } from '../../engine/model.ts';
import * as network from '../../network/index.ts';
import type { Group } from './read.ts';
import { flagAt, groupAt, located, numberAt } from './values.ts';

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
    case 'edges':
      return network.edgeList(edgesOf(group));
    case 'datacentres':
      return network.datacentres({
        ...{ datacentres: at('datacentres'), racks: at('racks') },
        ...{ rackShare: at('rackShare'), remoteShare: at('remoteShare') },
      });
    default:
      return network.complete;
  }
}

function edgesOf(group: Group): readonly network.Edge[] {
  const list = group.values.list as readonly (readonly number[])[];
  return list.map((pair, i) => {
    if (pair.length === 2) return [pair[0], pair[1]];
    throw new UserError(`edges: list.${i} must be a pair of nodes; got ${pair.length}`);
  });
}
