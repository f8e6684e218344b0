/** Every broadcast protocol in its variants, by name, for the tests that hold for all of them. */
import type { ProtocolFactory } from '../../../src/engine/model.ts';
import {
  antiEntropy,
  directMail,
  infectAndDie,
  medianCounter,
  pull,
  push,
  pushPull,
  rumourMongering,
} from '../../../src/protocols/index.ts';

export const EVERY_PROTOCOL: readonly (readonly [string, ProtocolFactory<number>])[] = [
  ['push', push({ fanout: 2 })],
  ['pull', pull()],
  ['push-pull', pushPull()],
  ['infect-and-die', infectAndDie({ fanout: 3 })],
  ['infect-and-die, Poisson', infectAndDie({ fanout: 2.5, fanoutLaw: 'poisson' })],
  ['anti-entropy, push', antiEntropy({ direction: 'push' })],
  ['anti-entropy, pull', antiEntropy({ direction: 'pull' })],
  ['anti-entropy, push-pull', antiEntropy()],
  ['direct mail', directMail()],
  ['direct mail, then anti-entropy', directMail({ behind: antiEntropy() })],
  ['median-counter', medianCounter()],
  ['rumour mongering, push feedback counter', rumourMongering({ k: 2 })],
  [
    'rumour mongering, push blind coin',
    rumourMongering({ judgement: 'blind', rule: 'coin', k: 3 }),
  ],
  ['rumour mongering, push feedback coin', rumourMongering({ rule: 'coin', k: 2 })],
  ['rumour mongering, pull', rumourMongering({ direction: 'pull' })],
  ['rumour mongering, minimisation', rumourMongering({ direction: 'push-pull', minimise: true })],
];

/** Here the order of simultaneous calls decides who is accepted. */
export const WITH_CONNECTION_LIMIT: typeof EVERY_PROTOCOL = [
  ['rumour mongering, connection limit', rumourMongering({ k: 2, connectionLimit: 1 })],
  [
    'rumour mongering, hunting',
    rumourMongering({ direction: 'pull', k: 2, connectionLimit: 1, huntLimit: 3 }),
  ],
];
