/** Push, pull and push-pull, step by step. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { DELIVERED, DUPLICATE } from '../../../src/engine/model.ts';
import { message, REQUEST, RUMOUR } from '../../../src/protocols/broadcast/messages.ts';
import { pull } from '../../../src/protocols/broadcast/pull.ts';
import { push } from '../../../src/protocols/broadcast/push.ts';
import { pushPull } from '../../../src/protocols/broadcast/push-pull.ts';
import { onStage } from '../../support/recording-env.ts';

const request = message(REQUEST);
const rumour = (r: number) => message(RUMOUR, r);

describe('push', () => {
  it('delivers a rumour once and reports every further copy as a duplicate', () => {
    const { env, protocol } = onStage(push());
    protocol.onMessage(2, 0, rumour(0));
    env.expectFact(DELIVERED, 2);
    protocol.onMessage(2, 1, rumour(0));
    env.expectFact(DUPLICATE, 2);
    env.expectNothing();
  });

  it('tells each of its partners of the round every rumour it has heard, a message each', () => {
    const { env, protocol } = onStage(push({ fanout: 2, rumourBytes: 70 }), { inputs: 3 });
    protocol.onInput(1, 0);
    protocol.onMessage(1, 0, rumour(2));
    env.clear();
    env.pass();
    env.partners.push(3, 0);
    protocol.onRound(1);
    env.expectSent(1, 3, rumour(0), rumour(2));
    env.expectSent(1, 0, rumour(0), rumour(2));
    env.expectNothing();
    expect(env.bytes).toEqual([70, 70, 70, 70]);
  });

  it('does not pass on what it hears at the very instant of its round', () => {
    const { env, protocol } = onStage(push());
    protocol.onMessage(1, 0, rumour(0));
    env.clear();
    env.partners.push(2);
    protocol.onRound(1);
    env.expectNothing();
  });

  it('refuses a fanout of 0', () => {
    expect(() => onStage(push({ fanout: 0 }))).toThrow(UserError);
  });
});

describe('pull', () => {
  it('asks one partner while a rumour is missing, and nobody once it has all', () => {
    const { env, protocol } = onStage(pull(), { inputs: 2 });
    protocol.onInput(1, 0);
    env.clear();
    env.pass();
    env.partners.push(3);
    protocol.onRound(1);
    env.expectSent(1, 3, request);
    protocol.onMessage(1, 3, rumour(1));
    env.expectFact(DELIVERED, 1, 1);
    env.pass();
    protocol.onRound(1);
    env.expectNothing();
  });

  it('answers with what it knew before, not with what arrives at the same instant', () => {
    const { env, protocol } = onStage(pull(), { inputs: 2 });
    protocol.onInput(1, 0);
    env.pass();
    protocol.onInput(1, 1);
    env.clear();
    protocol.onMessage(1, 2, request);
    env.expectSent(1, 2, rumour(0));
    env.expectNothing();
  });
});

describe('push-pull', () => {
  it('asks and tells the same partner in one call', () => {
    const { env, protocol } = onStage(pushPull());
    protocol.onInput(1, 0);
    env.clear();
    env.pass();
    env.partners.push(2);
    protocol.onRound(1);
    env.expectSent(1, 2, request, rumour(0));
    env.expectNothing();
  });

  it('asks also when it has nothing to tell', () => {
    const { env, protocol } = onStage(pushPull());
    env.partners.push(2);
    protocol.onRound(1);
    env.expectSent(1, 2, request);
    env.expectNothing();
  });

  it('does not send back the rumour that came with the call', () => {
    const { env, protocol } = onStage(pushPull());
    env.pass();
    protocol.onMessage(2, 1, rumour(0));
    protocol.onMessage(2, 1, request);
    env.expectFact(DELIVERED, 2);
    env.expectNothing();
  });
});
