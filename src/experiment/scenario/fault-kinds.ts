/** What a scenario file may say of faults: at times, at random or by rate, of named, random or a share of nodes. */
import {
  duration,
  flag,
  type Key,
  list,
  nodes,
  number,
  type RecordKind,
  share,
  type TaggedKind,
  whole,
  word,
} from '../../base/kinds.ts';
import { MOST_PPM } from '../../engine/fault-check.ts';
import { DURATION_LAW as law } from './law-kinds.ts';
import { FROM as from, OCCASIONS, UNTIL as until } from './occasion-kinds.ts';

const positive = duration({ above: true });
const signed = duration({ least: -Infinity });
const who: Key = { kind: nodes, default: 'all', about: 'whom it befalls' };
const named: Key = { kind: nodes, required: true, about: 'whom it befalls' };
const lasts: Key = { kind: law, required: true, about: 'how long' };
const by: Key = { kind: word('crash', 'pause'), default: 'crash', about: 'as a crash, or a pause' };

const ntp: RecordKind = {
  is: 'record',
  keys: {
    every: { kind: positive, required: true, about: 'from one correction to the next' },
    errorSd: { kind: duration(), default: '0ms', about: 'standard deviation of what it measures' },
    stepAbove: {
      kind: duration(),
      default: '128ms',
      about: 'what is more is stepped, else slewed',
    },
    slewPpm: { kind: number({ above: true }), default: 500, about: 'how fast it slews' },
    from,
    until,
  },
};

export const FAULT: TaggedKind = {
  is: 'tagged',
  tag: 'fault',
  of: {
    crash: {
      about: 'nodes crash, and maybe restart as new lives',
      keys: {
        nodes: named,
        ...OCCASIONS,
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
    joins: {
      about: 'new nodes come at random, stay and leave for ever',
      keys: {
        nodes: { ...named, about: 'a pool of them, absent from the start' },
        perHour: { kind: number({ above: true }), required: true, about: 'how many come' },
        session: { kind: law, otherwise: 'for ever', about: 'how long one stays' },
        from,
        until,
      },
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
      keys: { nodes: who, ...OCCASIONS, lasts },
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
    swizzle: {
      about: 'nodes go one by one, and come back one by one in another order',
      keys: {
        nodes: named,
        at: { kind: duration(), required: true, about: 'when the first goes' },
        heal: {
          kind: duration(),
          required: true,
          about: 'when the first comes back, all being away',
        },
        spread: { kind: duration(), required: true, about: 'from the first to the last of them' },
        by: { ...by, default: 'pause' },
      },
    },
    outage: {
      about: 'zones fail as a whole: racks without power, datacentres without an uplink',
      keys: {
        zones: { kind: whole(1), required: true, about: 'how many, all about as large' },
        which: { kind: list(whole(0)), otherwise: 'all', about: 'which of them fail, from 0' },
        ...OCCASIONS,
        lasts,
        by,
      },
    },
    stall: {
      about: 'input and output of nodes stall again and again, timers go on',
      keys: {
        nodes: named,
        blocked: { kind: positive, required: true, about: 'how long each time' },
        open: { kind: positive, required: true, about: 'how long in between' },
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
          kind: number({ least: -MOST_PPM, most: MOST_PPM }),
          default: 0,
          about: 'gain, parts per million',
        },
        driftMostPpm: {
          kind: number({ most: MOST_PPM }),
          default: 0,
          about: 'uniform around it, so far',
        },
        ntp: { kind: ntp, otherwise: 'none', about: 'sets them right now and then' },
        monotone: { kind: flag, default: false, about: 'whether no clock ever goes back' },
      },
    },
  },
};
