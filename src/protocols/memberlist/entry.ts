/** What the registry of protocols says of memberlist. */
import type { ProtocolEntry } from '../registry-entry.ts';
import { memberlist } from './memberlist.ts';

export const memberlistEntry: ProtocolEntry = {
  about: 'SWIM as HashiCorp runs it: gossip loops, push/pull, and Lifeguard',
  source: 'HashiCorp memberlist 0.2.2 and 0.6.0; Dadgar, Phillips, Currey 2018',
  file: 'memberlist/memberlist.ts',
  make: memberlist,
  options: {
    preset: { default: 'lan', about: 'lan, wan, local, or a configuration of your own' },
    version: { default: '0.2.2', about: '0.2.2 or 0.6.0' },
    awareness: { default: true, about: 'Lifeguard: local health stretches failing probes' },
    dynamicSuspicion: { default: true, about: 'Lifeguard: confirmations shorten suspicions' },
    confirmations: {
      default: 'suspicionMult - 2',
      about: 'Lifeguard: K, the confirmations that are expected',
    },
    healthRules: {
      default: 'library',
      about: 'local health as in the library, or as in the paper',
    },
    buddy: { default: true, about: 'Lifeguard: a suspect is told so with the ping' },
    nacks: { default: true, about: 'Lifeguard: who pings in vain for another says so' },
    streamPing: { default: true, about: 'whether a ping on a connection is the last resort' },
    members: { default: 'all', about: 'nodes that know each other at the start' },
    commands: { default: 'update', about: 'what inputs mean: update or leave' },
    openAt: {
      default: 'at once',
      about: 'when input and output of a stalled node is open again',
    },
    races: { default: false, about: 'whether what happens at one instant comes in either order' },
    watch: { default: 'nobody', about: 'told of probes, refutations and scores' },
  },
};
