/** What a workload asks of nodes, and when. */
import {
  duration,
  type Keys,
  nodes,
  number,
  share,
  type TaggedKind,
  whole,
} from '../../base/kinds.ts';
import { FROM, OCCASIONS } from './occasion-kinds.ts';

const { phase } = OCCASIONS;
const asked: Keys = {
  nodes: { kind: nodes, default: 0, about: 'which are asked' },
  ...OCCASIONS,
  phase: { ...phase, default: 'together' },
};
const victim: Keys = { victim: { kind: whole(0), required: true, about: 'the node meant' } };
const register: Keys = { key: { kind: whole(0), default: 0, about: 'which register' } };
const think = (otherwise: string): Keys => ({
  think: { kind: duration(), default: '0s', about: `from reading to writing${otherwise}` },
});

/** Of many clients at once. */
const operations: Keys = {
  registers: { kind: whole(1), default: 10, about: 'how many there are' },
  perSecond: {
    kind: number({ above: true }),
    default: 1,
    about: 'of a node with clients, in the mean',
  },
  writers: { kind: whole(1), otherwise: 'all nodes', about: 'the first so many have clients' },
  clientsPerNode: { kind: whole(1), default: 1, about: 'clients of a node' },
  skew: { kind: number(), default: 0, about: "Zipf's exponent of the registers; 0: all alike" },
  readShare: { kind: share, default: 0.2, about: 'share of operations that read only' },
  deleteShare: { kind: share, default: 0, about: 'share that delete' },
  updateShare: {
    kind: share,
    default: 0.4,
    about: 'share that read, think and write; the rest write',
  },
  ...think(', in the mean, exponential'),
  from: FROM,
  until: {
    kind: duration(),
    otherwise: 'half of the duration, so that nodes can come to agree',
    about: 'when the last can come',
  },
};

const REQUESTS: Readonly<Record<string, { readonly about: string; readonly keys: Keys }>> = {
  rumour: { about: 'a new rumour to spread', keys: asked },
  update: { about: "a change of a member's metadata", keys: asked },
  leave: { about: 'a member leaves in good order', keys: asked },
  publish: { about: 'a change of state, as a new schema', keys: asked },
  stop: { about: 'a node is stopped in good order', keys: asked },
  decommission: { about: 'a node leaves the cluster for good', keys: asked },
  removenode: { about: 'a node removes a dead one', keys: { ...asked, ...victim } },
  assassinate: { about: 'a node removes another by force', keys: { ...asked, ...victim } },
  operations: {
    about: 'clients of all nodes read and write registers at random',
    keys: operations,
  },
  read: { about: 'a client reads a register', keys: { ...asked, ...register } },
  write: { about: 'a client writes a register', keys: { ...asked, ...register } },
  delete: { about: 'a client deletes a register', keys: { ...asked, ...register } },
  'read-write': {
    about: 'a client reads a register, thinks and writes it',
    keys: { ...asked, ...register, ...think('') },
  },
};

export const REQUEST: TaggedKind = { is: 'tagged', tag: 'do', of: REQUESTS };
