/** What was read of the network -> a link. */
import type { Link } from '../../engine/model.ts';
import * as network from '../../network/index.ts';
import { cut } from './build-cuts.ts';
import { refuseLate, windowOf } from './build-faults.ts';
import { latencyOf } from './build-laws.ts';
import { type Chosen, type Draws, membersOf } from './nodes.ts';
import type { Group } from './read.ts';
import { groupAt, groupsAt, located, maybeGroup, maybeNumber, numberAt } from './values.ts';

/** Latency, then the uplink, loss, partitions, copies and stalls around it; on connections the uplink is the last. */
export function linkOf(scenario: Group, draws: Draws): Link {
  const latency = groupAt(scenario, 'latency');
  const law = located(latency, () => latencyOf(latency));
  const bare: Link = (streams) => located(latency, () => law(streams));
  const transport = groupAt(scenario, 'transport');
  const link =
    transport.word === 'udp'
      ? unreliable(scenario, uplink(scenario, bare), draws)
      : uplink(scenario, connected(transport, unreliable(scenario, bare, draws)));
  const openAt = openingsOf(scenario, draws);
  return openAt === undefined ? link : network.stalled(openAt, link);
}

function uplink(scenario: Group, link: Link): Link {
  const group = maybeGroup(scenario, 'bandwidth');
  if (group === undefined) return link;
  const queueBytes = maybeNumber(group, 'queue') ?? Infinity;
  return network.bandwidth({ bytesPerSecond: numberAt(group, 'rate'), queueBytes }, link);
}

function unreliable(scenario: Group, inner: Link, draws: Draws): Link {
  let link = lossOf(groupAt(scenario, 'loss'), inner, draws);
  const cuts = groupsAt(scenario, 'partitions');
  for (const group of cuts) refuseLate(group, numberAt(scenario, 'duration'));
  if (cuts.length > 0) link = cut(cuts, link);
  const twice = numberAt(scenario, 'duplication');
  return twice > 0 ? network.duplicated(twice, link) : link;
}

function lossOf(loss: Group, link: Link, draws: Draws): Link {
  const at = (key: string) => numberAt(loss, key);
  if (loss.word === 'bursts') {
    const states = { goodToBad: at('goodToBad'), badToGood: at('badToGood') };
    return network.gilbertElliott(
      { ...states, lossGood: at('lossGood'), lossBad: at('lossBad') },
      link,
    );
  }
  if (loss.word === 'independent') return at('p') > 0 ? network.lossy(at('p'), link) : link;
  const chosen = () => membersOf('loss', loss.values.nodes as Chosen, draws('loss'));
  const bad = new Set(located(loss, chosen));
  const [sent, received, others] = [at('sent'), at('received'), at('others')];
  return network.perDirection((from, to) => {
    if (!bad.has(from) && !bad.has(to)) return others;
    return 1 - (bad.has(from) ? 1 - sent : 1) * (bad.has(to) ? 1 - received : 1);
  }, link);
}

/** Packets and connections are on one network. */
function connected(group: Group, link: Link): Link {
  const at = (key: string) => numberAt(group, key);
  const times = {
    ...{ rtoMs: at('rto'), maxRtoMs: at('maxRto'), synRtoMs: at('synRto') },
    ...{ connectTimeoutMs: at('connectTimeout'), userTimeoutMs: at('userTimeout') },
  };
  const tcp = (inner: Link) => located(group, () => network.tcp(times, inner));
  if (group.word === 'tcp') return tcp(link);
  return (streams) => {
    const built = link(streams);
    const datagram = () => built;
    return network.channels({ datagram, stream: tcp(datagram) })(streams);
  };
}

/** When the input and output of a node is open again; undefined: nothing stalls. */
export function openingsOf(scenario: Group, draws: Draws): network.OpenAt | undefined {
  const endMs = numberAt(scenario, 'duration');
  const all = groupsAt(scenario, 'faults').flatMap((group, i) => {
    if (group.word !== 'stall') return [];
    const { fromMs: startMs, untilMs } = windowOf(group, endMs);
    const times = { blockedMs: numberAt(group, 'blocked'), openMs: numberAt(group, 'open') };
    const chosen = group.values.nodes as Chosen;
    return located(group, () => {
      const nodes = membersOf('stall', chosen, draws(`stall ${i}`));
      return network.stalls({ nodes, startMs, ...times, endMs: untilMs });
    });
  });
  if (all.length === 0) return undefined;
  return (node, now) => {
    let [time, open] = [now, now];
    do {
      time = open;
      for (const openAt of all) open = openAt(node, open);
    } while (open > time);
    return open;
  };
}
