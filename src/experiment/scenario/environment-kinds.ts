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

const positive = duration({ above: true });

const latency: TaggedKind = {
  is: 'tagged',
  tag: 'law',
  short: { word: 'constant', key: 'value' },
  of: {
    constant: {
      about: 'always the same',
      keys: { value: { kind: duration(), required: true, about: 'the latency' } },
    },
    uniform: {
      about: 'any in a range, all alike',
      keys: {
        min: { kind: duration(), required: true, about: 'the shortest' },
        max: { kind: duration(), required: true, about: 'the longest' },
      },
    },
    exponential: {
      about: 'exponential above a floor',
      keys: {
        mean: { kind: positive, required: true, about: 'the mean, floor included' },
        min: { kind: duration(), default: '0ms', about: 'the floor' },
      },
    },
    lognormal: {
      about: 'the logarithm is normal',
      keys: {
        median: { kind: positive, required: true, about: 'the median' },
        sigma: { kind: number(), required: true, about: 'standard deviation of the logarithm' },
      },
    },
    pareto: {
      about: 'a heavy tail',
      keys: {
        min: { kind: positive, required: true, about: 'the shortest' },
        shape: { kind: number({ above: true }), required: true, about: 'the less, the heavier' },
      },
    },
    gamma: {
      about: 'a sum of exponential steps',
      keys: {
        shape: { kind: number({ above: true }), required: true, about: 'how many steps' },
        scale: { kind: positive, required: true, about: 'the mean of a step' },
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
  },
};

export const ENVIRONMENT: Readonly<Record<string, Key>> = {
  overlay: { kind: overlay, default: 'complete', about: 'who may gossip with whom' },
  latency: { kind: latency, default: '10ms', about: 'how long a message takes' },
  loss: { kind: loss, default: 0, about: 'messages that never arrive' },
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
