/** Anti-entropy and direct mail, step by step. */
import { expect, it } from 'vitest';
import { DELIVERED } from '../../../src/engine/model.ts';
import { antiEntropy } from '../../../src/protocols/broadcast/anti-entropy.ts';
import { directMail } from '../../../src/protocols/broadcast/direct-mail.ts';
import { COMPARE, HAVE, message, RUMOUR, WANT } from '../../../src/protocols/broadcast/messages.ts';
import { onStage } from '../../support/recording-env.ts';

const compare = message(COMPARE);

/** Node 1 knows rumour 0 and node 2 knows rumour 1, and a moment has passed. */
function stage(direction: 'push' | 'pull' | 'push-pull') {
  const acted = onStage(antiEntropy({ direction }), { inputs: 2 });
  acted.protocol.onInput(1, 0);
  acted.protocol.onInput(2, 1);
  acted.env.clear();
  acted.env.pass();
  acted.env.partners.push(2);
  return acted;
}

it('push: the caller lists what it has, the partner asks for what it lacks and gets only that', () => {
  const { env, protocol } = stage('push');
  protocol.onRound(1);
  env.expectSent(1, 2, compare, message(HAVE, 0));
  protocol.onMessage(2, 1, compare);
  env.expectNothing();
  protocol.onMessage(2, 1, message(HAVE, 0));
  env.expectSent(2, 1, message(WANT, 0));
  protocol.onMessage(1, 2, message(WANT, 0));
  env.expectSent(1, 2, message(RUMOUR, 0));
  protocol.onMessage(2, 1, message(RUMOUR, 0));
  env.expectFact(DELIVERED, 2, 0);
  env.expectNothing();
});

it('pull: the partner lists what it has when it is asked to compare', () => {
  const { env, protocol } = stage('pull');
  protocol.onRound(1);
  env.expectSent(1, 2, compare);
  protocol.onMessage(2, 1, compare);
  env.expectSent(2, 1, message(HAVE, 1));
  env.expectNothing();
});

it('push-pull: both list what they have', () => {
  const { env, protocol } = stage('push-pull');
  protocol.onRound(1);
  env.expectSent(1, 2, compare, message(HAVE, 0));
  protocol.onMessage(2, 1, compare);
  env.expectSent(2, 1, message(HAVE, 1));
  env.expectNothing();
});

it('sends no update where there is no difference', () => {
  const { env, protocol } = stage('push-pull');
  protocol.onMessage(1, 2, message(HAVE, 0));
  env.expectNothing();
});

it('direct mail goes to every other site at once', () => {
  const { env, protocol } = onStage(directMail({ rumourBytes: 60 }));
  protocol.onInput(2, 0);
  env.expectFact(DELIVERED, 2);
  for (const site of [0, 1, 3]) env.expectSent(2, site, message(RUMOUR, 0));
  env.expectNothing();
  expect(env.bytes).toEqual([60, 60, 60]);
});

it('direct mail alone is read and not passed on', () => {
  const { env, protocol } = onStage(directMail());
  protocol.onMessage(1, 2, message(RUMOUR, 0));
  env.expectFact(DELIVERED, 1);
  env.expectNothing();
  expect(protocol.onRound).toBeUndefined();
});

it('anti-entropy behind direct mail spreads what came by mail', () => {
  const { env, protocol } = onStage(directMail({ behind: antiEntropy({ direction: 'push' }) }));
  protocol.onMessage(1, 2, message(RUMOUR, 0));
  env.clear();
  env.pass();
  env.partners.push(3);
  protocol.onRound(1);
  env.expectSent(1, 3, compare, message(HAVE, 0));
  env.expectNothing();
});
