/** What the registry of protocols says of memberlist. */
import { flag, ms, number, whole, word } from '../../base/kinds.ts';
import type { OptionEntry, OptionsOf, ProtocolEntry } from '../registry-entry.ts';
import { memberlist } from './memberlist.ts';
import { PRESETS, type Preset, VERSIONS } from './presets.ts';

const time = ms({ above: true });

/** [what the configuration holds] what it is, and may be: the names of config.go, with units. */
const CONFIG: Readonly<Record<keyof Preset, Pick<OptionEntry, 'about' | 'is'>>> = {
  probeIntervalMs: { about: 'from one probe of a member to the next', is: time },
  probeTimeoutMs: { about: 'how long a ping may go unanswered before others ping', is: time },
  indirectChecks: { about: 'k: members that are asked to ping for one', is: whole(0) },
  suspicionMult: { about: 'the shortest suspicion, see the protocol', is: whole(1) },
  suspicionMaxMult: { about: 'the longest suspicion, in shortest ones', is: number({ least: 1 }) },
  awarenessMax: { about: 'the health score stays below it', is: whole(1, 255) },
  retransmitMult: { about: 'how often news are passed on, see the protocol', is: whole(1) },
  gossipIntervalMs: { about: 'from one gossip of a member to the next', is: time },
  gossipNodes: { about: 'members that it gossips with at a time', is: whole(1) },
  gossipToTheDeadMs: { about: 'how long it gossips with the dead', is: ms() },
  pushPullIntervalMs: { about: 'from one push/pull to the next; 0: none', is: ms() },
  tcpTimeoutMs: { about: 'of a push/pull', is: time },
};
const config = Object.fromEntries(
  Object.entries(CONFIG).map(([name, of]) => [name, { default: "the preset's", ...of }]),
) as Readonly<Record<keyof Preset, OptionEntry>>;

export const memberlistEntry = {
  about: 'SWIM as HashiCorp runs it: gossip loops, push/pull, and Lifeguard',
  source: 'HashiCorp memberlist 0.2.2 and 0.6.0; Dadgar, Phillips, Currey 2018',
  file: 'memberlist/memberlist.ts',
  family: 'detection',
  rounds: false,
  inputs: ['update', 'leave'],
  make: memberlist,
  options: {
    preset: {
      default: 'lan',
      about: 'lan, wan, local, or (in a program) a configuration of your own',
      is: word(...Object.keys(PRESETS)),
    },
    ...config,
    version: { default: '0.2.2', about: '0.2.2 or 0.6.0', is: word(...Object.keys(VERSIONS)) },
    awareness: {
      default: true,
      about: 'Lifeguard: local health stretches failing probes',
      is: flag,
    },
    dynamicSuspicion: {
      default: true,
      about: 'Lifeguard: confirmations shorten suspicions',
      is: flag,
    },
    confirmations: {
      default: 'suspicionMult - 2',
      about: 'Lifeguard: K, the confirmations that are expected',
      is: whole(0),
    },
    healthRules: {
      default: 'library',
      about: 'local health as in the library, or as in the paper',
      is: word('library', 'paper'),
    },
    buddy: { default: true, about: 'Lifeguard: a suspect is told so with the ping', is: flag },
    nacks: { default: true, about: 'Lifeguard: who pings in vain for another says so', is: flag },
    streamPing: {
      default: true,
      about: 'whether a ping on a connection is the last resort',
      is: flag,
    },
    members: { default: 'all', about: 'nodes that know each other at the start', is: whole(1) },
    commands: { default: 'update', about: 'what inputs mean: update or leave' },
    openAt: {
      default: 'at once',
      about: 'when input and output of a stalled node is open again',
    },
    races: {
      default: false,
      about: 'whether what happens at one instant comes in either order',
      is: flag,
    },
    watch: { default: 'nobody', about: 'told of probes, refutations and scores' },
  } satisfies OptionsOf<typeof memberlist>,
} satisfies ProtocolEntry;
