/** What was read of laws -> durations and links. */
import { UserError, wholeNumber } from '../../base/errors.ts';
import type { Link } from '../../engine/model.ts';
import * as faults from '../../faults/index.ts';
import * as network from '../../network/index.ts';
import type { Group } from './read.ts';
import { groupAt, groupsAt, maybeGroup, numberAt } from './values.ts';

export function durationOf(group: Group): faults.Duration {
  const at = (key: string) => numberAt(group, key);
  switch (group.word) {
    case 'exponential':
      return faults.exponentialMs(at('mean'));
    case 'normal':
      return faults.normalMs(at('mean'), at('sd'));
    case 'uniform':
      return faults.uniformMs(at('min'), at('max'));
    case 'weibull':
      return faults.weibullMs(at('shape'), at('scale'));
    case 'pareto':
      return faults.paretoMs(at('shape'), at('min'));
    case 'lognormal':
      return faults.lognormalMs(at('median'), at('sigma'));
    default:
      return at('value');
  }
}

export function latencyOf(group: Group): Link {
  const at = (key: string) => numberAt(group, key);
  switch (group.word) {
    case 'uniform':
      return network.uniform({ minMs: at('min'), maxMs: at('max') });
    case 'exponential':
      return network.exponential({ meanMs: at('mean'), minMs: at('min') });
    case 'lognormal':
      return network.lognormal({ medianMs: at('median'), sigma: at('sigma') });
    case 'weibull':
      return network.weibull({ shape: at('shape'), scaleMs: at('scale') });
    case 'pareto':
      return network.pareto({ minMs: at('min'), shape: at('shape') });
    case 'gamma':
      return network.gamma({ shape: at('shape'), scaleMs: at('scale') });
    case 'empirical':
      return network.empirical({ samplesMs: group.values.samples as readonly number[] });
    case 'datacentres':
      return betweenDatacentres(group);
    case 'matrix':
      return byMatrix(group);
    default:
      return network.constant({ ms: at('value') });
  }
}

/** A link for each ordered pair of racks, of three laws. */
function betweenDatacentres(group: Group): Link {
  const placement = {
    datacentres: numberAt(group, 'datacentres'),
    racks: numberAt(group, 'racks'),
  };
  const within = latencyOf(groupAt(group, 'within'));
  const between = latencyOf(groupAt(group, 'between'));
  const rack = maybeGroup(group, 'rack');
  const inRack = rack === undefined ? within : latencyOf(rack);
  const racks = Array.from({ length: placement.datacentres * placement.racks }, (_, i) => i);
  const home = (of: number) => Math.floor(of / placement.racks);
  const links = racks.map((from) =>
    racks.map((to) => (from === to ? inRack : home(from) === home(to) ? within : between)),
  );
  const link = network.zones({ zoneOf: network.rackOf(placement), links });
  return (streams) => {
    wholeNumber('latency', 'racks in all', racks.length, 1, streams.n);
    return link(streams);
  };
}

/** As many datacentres as it has rows. */
function byMatrix(group: Group): Link {
  const rows = groupsAt(group, 'rows') as unknown as readonly (readonly Group[])[];
  const links = rows.map((row) => row.map(latencyOf));
  if (rows.length === 0)
    throw new UserError('latency: rows must be one for each datacentre; got none');
  return network.zones({ zoneOf: network.datacentreOf({ datacentres: rows.length }), links });
}
