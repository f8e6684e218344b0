/** The protocols by name, with their sources and options: what `hearsay list protocols` shows. */
import { bytes, ms, number, whole, word } from '../base/kinds.ts';
import { loadBalancing } from './load/load.ts';
import { SOURCES } from './load/options.ts';
import { ENCODINGS } from './ordering/causal.ts';
import { DELIVERIES, RESOLUTIONS } from './ordering/options.ts';
import { ordering } from './ordering/ordering.ts';
import { broadcasts } from './registry-broadcast.ts';
import { detections } from './registry-detection.ts';
import type { OptionsOf, ProtocolEntry } from './registry-entry.ts';
import { ORDERS } from './scuttlebutt/orders.ts';
import { scuttlebutt } from './scuttlebutt/scuttlebutt.ts';

export type { ProtocolEntry };

/** With the types of their factories. */
export const entries = {
  ...broadcasts,
  ...detections,
  ordering: {
    about:
      'a replicated register set over any broadcast: when a write is applied, and which one wins',
    source:
      'Lamport 1978; Birman, Schiper, Stephenson 1991; Mostéfaoui, Weiss 2017; Cassandra; others',
    file: 'ordering/ordering.ts',
    family: 'ordering',
    rounds: true,
    inputs: ['operations', 'read', 'write', 'delete', 'read-write'],
    make: ordering,
    options: {
      delivery: {
        default: 'at-once',
        about: 'at-once, fifo, causal or probabilistic: when a write that has come may be applied',
        is: word(...DELIVERIES),
      },
      resolution: {
        default: 'arrival',
        about: 'arrival, lamport, wall-clock, hybrid, version-vectors or dotted: which write wins',
        is: word(...RESOLUTIONS),
      },
      encoding: {
        default: 'full',
        about: 'of causal vectors: full, sparse or delta',
        is: word(...ENCODINGS),
      },
      entries: {
        default: 100,
        about: 'of probabilistic delivery: length of the vector, R',
        is: whole(1),
      },
      own: {
        default: 2,
        about: 'of probabilistic delivery: entries that a node owns, K',
        is: whole(1),
      },
      resolutionUs: {
        default: 1,
        about: 'of the wall clock: read in steps of so many us',
        is: whole(1),
      },
      entryOf: {
        default: 'node',
        about: 'of version vectors: an entry for a node or a client',
        is: word('node', 'client'),
      },
    } satisfies OptionsOf<typeof ordering, 2>,
  },
  'load-balancing': {
    about:
      'jobs go to the server with the least load known by gossip, of some or of all; or by a board',
    source: 'Mitzenmacher 2000, 2001',
    file: 'load/load.ts',
    family: 'load',
    rounds: true,
    inputs: [],
    make: loadBalancing,
    options: {
      load: {
        default: 'required',
        about: 'jobs per server and mean service time, below 1',
        is: number({ least: 1e-6, most: 0.999 }),
      },
      choices: {
        default: 2,
        about: 'servers drawn for a job; 1: at random, Infinity: all are compared',
        is: number({ least: 1, whole: true, words: { all: Infinity } }),
      },
      source: {
        default: 'gossip',
        about: 'gossip, board, individual, polls or fresh: how the loads of others are known',
        is: word(...SOURCES),
      },
      everyMs: {
        default: 'required',
        about: 'between readings of a load, for boards and polls',
        is: ms({ above: true }),
      },
      serviceMs: {
        default: 1000,
        about: 'mean of the service times, which are exponential',
        is: ms({ above: true }),
      },
    } satisfies OptionsOf<typeof loadBalancing>,
  },
  scuttlebutt: {
    about:
      'all try to know the mappings of all: digests, then what the other lacks, as far as it fits',
    source: 'van Renesse, Dumitriu, Gough, Thomas 2008',
    file: 'scuttlebutt/scuttlebutt.ts',
    family: 'state',
    rounds: true,
    inputs: [],
    make: scuttlebutt,
    options: {
      keys: { default: 64, about: 'mappings per participant', is: whole(1) },
      order: {
        default: 'depth',
        about: 'depth, breadth, precise-newest or precise-oldest: who goes first',
        is: word(...ORDERS),
      },
      mtu: {
        default: 'Infinity',
        about: 'updates a message carries at most; a number or steps [from ms, value]',
        is: number({ least: 1, whole: true, words: { unlimited: Infinity } }),
      },
      rate: {
        default: 1,
        about: 'updates a participant makes per second; a number or steps',
        is: number(),
      },
      updates: { default: 'regular', about: 'regular or poisson', is: word('regular', 'poisson') },
      flow: { default: 'none', about: 'flow control: initial, increase, decrease of the rate' },
      valueBytes: { default: 8, about: 'payload of a value, bytes', is: bytes() },
    } satisfies OptionsOf<typeof scuttlebutt>,
  },
} satisfies Readonly<Record<string, ProtocolEntry>>;

export const protocols: Readonly<Record<string, ProtocolEntry>> = entries;
