/** What a scenario file may say of the network: overlay, latency, loss, bandwidth, partitions. */
import {
  duration,
  flag,
  type Key,
  type Kind,
  list,
  nodes,
  number,
  rate,
  share,
  size,
  type TaggedKind,
  whole,
} from '../../base/kinds.ts';
import { PLAIN_LATENCY } from './law-kinds.ts';

const positive = duration({ above: true });

const between = (about: string): Key => ({ kind: PLAIN_LATENCY, required: true, about });

const latency: TaggedKind = {
  ...PLAIN_LATENCY,
  of: {
    ...PLAIN_LATENCY.of,
    datacentres: {
      about: 'by where the two nodes are; places are runs of consecutive nodes',
      keys: {
        datacentres: { kind: whole(1), required: true, about: 'how many' },
        racks: { kind: whole(1), default: 1, about: 'in each datacentre' },
        rack: { kind: PLAIN_LATENCY, otherwise: 'as within', about: 'in a rack' },
        within: between('in a datacentre'),
        between: between('from one datacentre to another'),
      },
    },
    matrix: {
      about: 'a law for each datacentre of the sender (row) and of the receiver (column)',
      keys: {
        rows: {
          kind: list(list(PLAIN_LATENCY, false), false),
          required: true,
          about: 'as many as there are datacentres',
        },
      },
    },
  },
};

const loss: TaggedKind = {
  is: 'tagged',
  tag: 'law',
  short: { word: 'independent', key: 'p' },
  of: {
    independent: {
      about: 'every message alike',
      keys: { p: { kind: share, required: true, about: 'share of messages that are lost' } },
    },
    bursts: {
      about: 'Gilbert and Elliott: a sender is in a good or a bad state',
      keys: {
        goodToBad: { kind: share, required: true, about: 'per message' },
        badToGood: { kind: number({ most: 1, above: true }), required: true, about: 'per message' },
        lossGood: { kind: share, default: 0, about: 'share lost in the good state' },
        lossBad: { kind: share, default: 1, about: 'share lost in the bad state' },
      },
    },
    some: {
      about: 'some nodes have a bad connection, one way or both',
      keys: {
        nodes: { kind: nodes, required: true, about: 'which' },
        sent: { kind: share, default: 0, about: 'share lost of what they send' },
        received: { kind: share, default: 0, about: 'share lost of what is sent to them' },
        others: { kind: share, default: 0, about: 'share lost of all else' },
      },
    },
  },
};

const overlay: TaggedKind = {
  is: 'tagged',
  tag: 'graph',
  of: {
    complete: { about: 'everybody may gossip with everybody', keys: {} },
    ring: {
      about: 'each beside its k nearest on either side',
      keys: { k: { kind: whole(1), default: 1, about: 'neighbours on either side' } },
    },
    grid: {
      about: 'rows of a width',
      keys: {
        width: { kind: whole(1), required: true, about: 'nodes in a row' },
        torus: { kind: flag, default: false, about: 'whether ends are joined' },
      },
    },
    'random-regular': {
      about: 'a random graph in which all have as many neighbours',
      keys: { degree: { kind: whole(0), required: true, about: 'neighbours of each' } },
    },
    'erdos-renyi': {
      about: 'every pair is joined with one probability',
      keys: { meanDegree: { kind: number(), required: true, about: 'neighbours in the mean' } },
    },
    'watts-strogatz': {
      about: 'a ring with some edges rewired: a small world',
      keys: {
        k: { kind: whole(2), required: true, about: 'neighbours in all, even' },
        rewire: { kind: share, required: true, about: 'share of edges that are rewired' },
      },
    },
    'barabasi-albert': {
      about: 'new nodes join well-known ones',
      keys: { m: { kind: whole(1), required: true, about: 'edges of a new node' } },
    },
    edges: {
      about: 'these edges and no others',
      keys: {
        list: {
          kind: list(list(whole(0), false), false),
          required: true,
          about: 'pairs of nodes, as in [[0, 1], [1, 2]]',
        },
      },
    },
    datacentres: {
      about: 'partners are sought in the own rack, datacentre, or others',
      keys: {
        datacentres: { kind: whole(1), required: true, about: 'how many' },
        racks: { kind: whole(1), default: 1, about: 'in each datacentre' },
        rackShare: { kind: share, default: 0, about: 'of partners sought in the own rack' },
        remoteShare: { kind: share, required: true, about: 'of partners sought elsewhere' },
      },
    },
  },
};

const partition: Kind = {
  is: 'record',
  keys: {
    side: { kind: nodes, required: true, about: 'who is cut off from all others' },
    at: { kind: duration(), required: true, about: 'when it begins' },
    heal: { kind: duration(), otherwise: 'never', about: 'when it ends' },
    oneWay: { kind: flag, default: false, about: 'only what the side sends is lost' },
    spread: {
      kind: duration(),
      otherwise: 'the side stays together',
      about:
        'each of the side is cut off by itself, one by one in so long, and healed in another order',
    },
  },
};

const tcp = {
  rto: { kind: positive, default: '200ms', about: 'first retransmission, beyond the round trip' },
  maxRto: { kind: positive, default: '2m', about: 'longest wait between two tries' },
  synRto: { kind: positive, default: '1s', about: 'until a SYN is repeated' },
  connectTimeout: { kind: positive, default: '2s', about: 'until a connection is given up' },
  userTimeout: { kind: positive, default: '30s', about: 'unacknowledged for so long: it ends' },
};

const transport: TaggedKind = {
  is: 'tagged',
  tag: 'name',
  of: {
    udp: { about: 'what is lost is lost', keys: {} },
    tcp: { about: 'what is lost is sent again: loss shows as delay', keys: tcp },
    mixed: {
      about: 'tcp for what a protocol sends on connections (memberlist), else udp',
      keys: tcp,
    },
  },
};

export const ENVIRONMENT: Readonly<Record<string, Key>> = {
  overlay: { kind: overlay, default: 'complete', about: 'who may gossip with whom' },
  latency: { kind: latency, default: '10ms', about: 'how long a message takes' },
  loss: { kind: loss, default: 0, about: 'messages that never arrive' },
  transport: { kind: transport, default: 'udp', about: 'what becomes of them' },
  duplication: { kind: share, default: 0, about: 'share of messages that set out twice' },
  bandwidth: {
    kind: {
      is: 'record',
      short: 'rate',
      keys: {
        rate: { kind: rate, required: true, about: 'of the uplink of each node' },
        queue: { kind: size(), otherwise: 'no limit', about: 'room for what waits' },
      },
    },
    otherwise: 'no limit',
    about: 'what a node can send',
  },
  partitions: { kind: list(partition), default: [], about: 'times when nodes are cut off' },
};
