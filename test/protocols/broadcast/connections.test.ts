/** Connection limit and hunting, seen through push rumour mongering. Node 1 is infective. */
import { expect, it } from 'vitest';
import {
  ACCEPT,
  CALL,
  message,
  REJECT,
  RUMOUR,
} from '../../../src/protocols/broadcast/messages.ts';
import { rumourMongering } from '../../../src/protocols/broadcast/rumour-mongering.ts';
import { onStage } from '../../support/recording-env.ts';

const [call, accept, reject] = [CALL, ACCEPT, REJECT].map((tag) => message(tag));

function stage(options: { connectionLimit: number; huntLimit?: number }) {
  const { env, protocol } = onStage(rumourMongering(options), { n: 6 });
  protocol.onInput(1, 0);
  env.clear();
  const cycle = (...partners: number[]) => {
    env.pass(1000);
    env.partners.push(...partners);
    protocol.onRound(1);
  };
  return { env, protocol, cycle };
}

it('a caller tells its rumours only to a partner that accepts', () => {
  const { env, protocol, cycle } = stage({ connectionLimit: 1 });
  cycle(2);
  env.expectSent(1, 2, call);
  env.expectNothing();
  protocol.onMessage(1, 2, accept);
  env.expectSent(1, 2, message(RUMOUR, 0));
  env.expectNothing();
});

it('a site accepts as many calls as its limit allows, and again in its next cycle', () => {
  const { env, protocol } = stage({ connectionLimit: 2 });
  for (const caller of [1, 3, 4]) protocol.onMessage(2, caller, call);
  env.expectSent(2, 1, accept);
  env.expectSent(2, 3, accept);
  env.expectSent(2, 4, reject);
  protocol.onRound(2);
  protocol.onMessage(2, 4, call);
  env.expectSent(2, 4, accept);
  env.expectNothing();
});

it('a rejected caller hunts for as many further partners as it may', () => {
  const { env, protocol, cycle } = stage({ connectionLimit: 1, huntLimit: 2 });
  cycle(2, 3, 4);
  protocol.onMessage(1, 2, reject);
  protocol.onMessage(1, 3, reject);
  protocol.onMessage(1, 4, reject);
  env.expectSent(1, 2, call);
  env.expectSent(1, 3, call);
  env.expectSent(1, 4, call);
  env.expectNothing();
});

it('a rejected caller that may not hunt waits for its next cycle', () => {
  const { env, protocol, cycle } = stage({ connectionLimit: 1 });
  cycle(2);
  protocol.onMessage(1, 2, reject);
  env.expectSent(1, 2, call);
  env.expectNothing();
  cycle(3);
  env.expectSent(1, 3, call);
});

it('an answer to a call of an earlier cycle is ignored', () => {
  const { env, protocol, cycle } = stage({ connectionLimit: 1, huntLimit: 1 });
  cycle(2);
  cycle(3);
  env.clear();
  protocol.onMessage(1, 2, accept);
  protocol.onMessage(1, 2, reject);
  env.expectNothing();
});

it('a rejected call is no contact: it costs no interest', () => {
  const { env, protocol, cycle } = stage({ connectionLimit: 1 });
  for (let i = 0; i < 3; i++) {
    cycle(2);
    protocol.onMessage(1, 2, reject);
  }
  expect(env.record).toHaveLength(3);
  env.expectSent(1, 2, call, call, call);
});
