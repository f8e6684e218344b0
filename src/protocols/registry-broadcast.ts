/** The broadcast protocols by name, with their sources and options. */
import { bytes, flag, number, whole, word } from '../base/kinds.ts';
import { antiEntropy } from './broadcast/anti-entropy.ts';
import { directMail } from './broadcast/direct-mail.ts';
import { infectAndDie } from './broadcast/infect-and-die.ts';
import { medianCounter } from './broadcast/median-counter.ts';
import { DIRECTIONS } from './broadcast/options.ts';
import { pull } from './broadcast/pull.ts';
import { push } from './broadcast/push.ts';
import { pushPull } from './broadcast/push-pull.ts';
import { rumourMongering } from './broadcast/rumour-mongering.ts';
import type { OptionsOf, ProtocolEntry } from './registry-entry.ts';

const rumourBytes = {
  default: 100,
  about: 'payload of a message that carries a rumour, bytes',
  is: bytes(),
};
const fanout = { default: 1, about: 'partners per round', is: whole(1) };
const direction = {
  default: 'push-pull',
  about: 'push, pull or push-pull: who is told',
  is: word(...DIRECTIONS),
};
const UNLIMITED = number({ least: 1, whole: true, words: { unlimited: Infinity } });
/** What all of them have in common. */
const broadcast = { family: 'broadcast', rounds: true, inputs: ['rumour'] } as const;

export const broadcasts = {
  'infect-and-die': {
    about: 'the first time a node hears a rumour it passes it once to some others',
    source: 'Kermarrec, Massoulié, Ganesh 2003',
    file: 'broadcast/infect-and-die.ts',
    ...broadcast,
    rounds: false,
    make: infectAndDie,
    options: {
      fanout: {
        default: 'required',
        about: 'different partners; a mean with fanoutLaw poisson',
        is: number({ above: true }),
      },
      fanoutLaw: { default: 'fixed', about: 'fixed or poisson', is: word('fixed', 'poisson') },
      rumourBytes,
    } satisfies OptionsOf<typeof infectAndDie>,
  },
  push: {
    about: 'whoever knows a rumour tells partners every round, for ever',
    source: 'Demers et al. 1987; Pittel 1987',
    file: 'broadcast/push.ts',
    ...broadcast,
    make: push,
    options: { fanout, rumourBytes } satisfies OptionsOf<typeof push>,
  },
  pull: {
    about: 'whoever lacks a rumour asks partners every round',
    source: 'Demers et al. 1987',
    file: 'broadcast/pull.ts',
    ...broadcast,
    make: pull,
    options: { fanout, rumourBytes } satisfies OptionsOf<typeof pull>,
  },
  'push-pull': {
    about: 'every node calls partners every round, and rumours go both ways',
    source: 'Demers et al. 1987; Karp et al. 2000',
    file: 'broadcast/push-pull.ts',
    ...broadcast,
    make: pushPull,
    options: { fanout, rumourBytes } satisfies OptionsOf<typeof pushPull>,
  },
  'rumour-mongering': {
    about: 'a site spreads a rumour until it finds that others know it: complex epidemics',
    source: 'Demers et al. 1987, section 1.4',
    file: 'broadcast/rumour-mongering.ts',
    ...broadcast,
    make: rumourMongering,
    options: {
      direction: { ...direction, default: 'push' },
      judgement: {
        default: 'feedback',
        about: 'feedback or blind: who says that it was unnecessary',
        is: word('feedback', 'blind'),
      },
      rule: {
        default: 'counter',
        about: 'counter or coin: how interest is lost',
        is: word('counter', 'coin'),
      },
      k: {
        default: 1,
        about: 'unnecessary cycles until interest is lost; or lost with 1/k',
        is: whole(1),
      },
      reset: {
        default: true,
        about: 'whether a useful contact sets the counter back to 0',
        is: flag,
      },
      minimise: {
        default: false,
        about: 'only the smaller of two counters counts a contact',
        is: flag,
      },
      connectionLimit: {
        default: Infinity,
        about: 'calls that a site accepts per cycle',
        is: UNLIMITED,
      },
      huntLimit: {
        default: 0,
        about: 'further partners that a rejected caller tries per cycle',
        is: whole(0),
      },
      rumourBytes,
    } satisfies OptionsOf<typeof rumourMongering>,
  },
  'anti-entropy': {
    about: 'every round, every site resolves all differences with a random partner',
    source: 'Demers et al. 1987, section 1.3',
    file: 'broadcast/anti-entropy.ts',
    ...broadcast,
    make: antiEntropy,
    options: { direction, rumourBytes } satisfies OptionsOf<typeof antiEntropy>,
  },
  'direct-mail': {
    about: 'the origin mails every other site at once',
    source: 'Demers et al. 1987, section 1.2',
    file: 'broadcast/direct-mail.ts',
    ...broadcast,
    rounds: false,
    make: directMail,
    options: {
      rumourBytes,
      behind: { default: 'nothing', about: 'a protocol that repairs behind it' },
    } satisfies OptionsOf<typeof directMail>,
  },
  'median-counter': {
    about: 'push-pull that counts how far others are with a rumour, and stops in time',
    source: 'Karp, Schindelhauer, Shenker, Vöcking 2000',
    file: 'broadcast/median-counter.ts',
    ...broadcast,
    make: medianCounter,
    options: {
      ctrMax: {
        default: 'ln ln n',
        about: 'states B_1 .. B_ctrMax, and rounds in C',
        is: whole(1),
      },
      maxRounds: {
        default: '4 ln n',
        about: 'rounds in B and C after which a node stops in any case',
        is: whole(1),
      },
      rumourBytes,
    } satisfies OptionsOf<typeof medianCounter>,
  },
} satisfies Readonly<Record<string, ProtocolEntry>>;
