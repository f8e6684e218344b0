/** What a scenario file may say of faults: at times, at random or by rate, of named, random or a share of nodes. */
import {
  duration,
  flag,
  type Key,
  type Keys,
  list,
  nodes,
  number,
  share,
  type TaggedKind,
  word,
} from '../../base/kinds.ts';

const positive = duration({ above: true });
const signed = duration({ least: -Infinity });
const who: Key = { kind: nodes, default: 'all', about: 'whom it befalls' };
const named: Key = { kind: nodes, required: true, about: 'whom it befalls' };
const from: Key = { kind: duration(), default: '0s', about: 'when it can begin' };
const until: Key = {
  kind: duration(),
  otherwise: 'the end',
  about: 'when it ends, or begins no more',
};
const by: Key = { kind: word('crash', 'pause'), default: 'crash', about: 'as a crash, or a pause' };

const law: TaggedKind = {
  is: 'tagged',
  tag: 'law',
  short: { word: 'constant', key: 'value' },
  of: {
    constant: {
      about: 'always the same',
      keys: { value: { kind: positive, required: true, about: 'how long' } },
    },
    exponential: {
      about: 'memoryless',
      keys: { mean: { kind: positive, required: true, about: 'the mean' } },
    },
    uniform: {
      about: 'all alike',
      keys: {
        min: { kind: duration(), required: true, about: 'the shortest' },
        max: { kind: duration(), required: true, about: 'the longest' },
      },
    },
    weibull: {
      about: 'as sessions of users',
      keys: {
        shape: { kind: number({ above: true }), required: true, about: 'below 1: a heavy tail' },
        scale: { kind: positive, required: true, about: 'of the law' },
      },
    },
    pareto: {
      about: 'a heavy tail',
      keys: {
        shape: { kind: number({ above: true }), required: true, about: 'the less, the heavier' },
        min: { kind: positive, required: true, about: 'the shortest' },
      },
    },
    lognormal: {
      about: 'the logarithm is normal',
      keys: {
        median: { kind: positive, required: true, about: 'the median' },
        sigma: { kind: number(), required: true, about: 'of the logarithm' },
      },
    },
  },
};

/** When: one of the first three. */
const occasions: Keys = {
  at: { kind: list(duration()), otherwise: 'see every and perHour', about: 'at these times' },
  every: { kind: positive, otherwise: 'see at and perHour', about: 'again and again' },
  perHour: {
    kind: number({ above: true }),
    otherwise: 'see at and every',
    about: 'at random, so often per node in the mean',
  },
  phase: {
    kind: word('together', 'random'),
    default: 'random',
    about: 'of every: all nodes together, or each by itself',
  },
  from,
  until,
};

export const FAULT: TaggedKind = {
  is: 'tagged',
  tag: 'fault',
  of: {
    crash: {
      about: 'nodes crash, and maybe restart as new lives',
      keys: {
        nodes: named,
        ...occasions,
        lasts: { kind: law, otherwise: 'for ever', about: 'until it restarts' },
      },
    },
    restart: {
      about: 'nodes that are down restart',
      keys: { nodes: named, at: { kind: duration(), required: true, about: 'when' } },
    },
    join: {
      about: 'nodes are not there at the start',
      keys: { nodes: named, at: { kind: duration(), otherwise: 'never', about: 'when they join' } },
    },
    churn: {
      about: 'nodes come and go all the time',
      keys: {
        nodes: who,
        session: { kind: law, required: true, about: 'how long a node is present' },
        absence: { kind: law, required: true, about: 'how long it is away' },
        absentShare: { kind: share, default: 0, about: 'probability to be away at the start' },
        from,
        until,
      },
    },
    pause: {
      about: 'nodes stop, and go on where they were',
      keys: { nodes: who, ...occasions, lasts: { kind: law, required: true, about: 'how long' } },
    },
    slow: {
      about: 'nodes handle one message after the other',
      keys: {
        nodes: who,
        service: { kind: law, required: true, about: 'what a message takes' },
        timers: {
          kind: word('apart', 'shared'),
          default: 'apart',
          about: 'whether timers wait too',
        },
        from,
        until,
      },
    },
    flapping: {
      about: 'nodes go down and up on a beat',
      keys: {
        nodes: named,
        down: { kind: positive, required: true, about: 'how long' },
        up: { kind: positive, required: true, about: 'how long' },
        phase: { kind: word('together', 'random'), default: 'together', about: 'of the nodes' },
        by,
        from,
        until,
      },
    },
    clock: {
      about: 'clocks that are wrong',
      keys: {
        nodes: who,
        skew: { kind: signed, default: '0ms', about: 'ahead at the start' },
        skewSd: { kind: duration(), default: '0ms', about: 'standard deviation around it' },
        driftPpm: {
          kind: number({ least: -1e6, most: 1e6 }),
          default: 0,
          about: 'gain, parts per million',
        },
        driftMostPpm: {
          kind: number({ most: 1e6 }),
          default: 0,
          about: 'uniform around it, so far',
        },
        monotone: { kind: flag, default: false, about: 'whether no clock ever goes back' },
      },
    },
  },
};
