import { expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { DELIVERED, DUPLICATE, REMOVED } from '../../../src/engine/model.ts';
import { infectAndDie } from '../../../src/protocols/broadcast/infect-and-die.ts';
import { message, RUMOUR } from '../../../src/protocols/broadcast/messages.ts';
import { onStage } from '../../support/recording-env.ts';

const rumour = message(RUMOUR, 0);

it('passes the rumour to its partners the first time it hears it, and dies', () => {
  const { env, protocol } = onStage(infectAndDie({ fanout: 2 }));
  env.partners.push(0, 3);
  protocol.onMessage(1, 2, rumour);
  env.expectFact(DELIVERED, 1);
  env.expectSent(1, 0, rumour);
  env.expectSent(1, 3, rumour);
  env.expectFact(REMOVED, 1);
  env.expectNothing();
});

it('is silent when it hears the rumour again', () => {
  const { env, protocol } = onStage(infectAndDie({ fanout: 1 }));
  env.partners.push(0);
  protocol.onInput(1, 0);
  env.clear();
  protocol.onMessage(1, 2, rumour);
  env.expectFact(DUPLICATE, 1);
  env.expectNothing();
});

it('with a Poisson law has as many partners as points of rate 1 fall below the mean', () => {
  const { env, protocol } = onStage(infectAndDie({ fanout: 2, fanoutLaw: 'poisson' }));
  env.draws.push(Math.exp(-0.9), Math.exp(-1), Math.exp(-0.2)); // points at 0.9, 1.9, 2.1
  env.partners.push(0, 3);
  protocol.onInput(1, 0);
  env.clear();
  expect(env.bytes).toEqual([100, 100]);
});

it('takes a fraction as a Poisson mean, not as a fixed fanout', () => {
  expect(() => onStage(infectAndDie({ fanout: 1.5, fanoutLaw: 'poisson' }))).not.toThrow();
  expect(() => onStage(infectAndDie({ fanout: 1.5 }))).toThrow(UserError);
});

it('refuses a law it does not know', () => {
  const law = 'binomial' as 'fixed';
  expect(() => onStage(infectAndDie({ fanout: 1, fanoutLaw: law }))).toThrow(
    /"fixed" or "poisson"/,
  );
});
