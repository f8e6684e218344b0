import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { DELIVERED, DUPLICATE, REMOVED } from '../../../src/engine/model.ts';
import {
  message,
  NEEDED,
  REQUEST,
  RUMOUR,
  UNNECESSARY,
} from '../../../src/protocols/broadcast/messages.ts';
import {
  type RumourMongeringOptions,
  rumourMongering,
} from '../../../src/protocols/broadcast/rumour-mongering.ts';
import { onStage } from '../../support/recording-env.ts';

const rumour = message(RUMOUR, 0);
const needed = message(NEEDED, 0);
const unnecessary = message(UNNECESSARY, 0);

/** Node 1 is infective, and a moment has passed. `cycle` is a round of node 1 with partner 2. */
function stage(options: RumourMongeringOptions) {
  const { env, protocol } = onStage(rumourMongering(options));
  protocol.onInput(1, 0);
  env.clear();
  const cycle = () => {
    env.pass(1000);
    env.partners.push(2);
    protocol.onRound(1);
    env.partners.length = 0;
  };
  return { env, protocol, cycle };
}

describe('push with feedback', () => {
  it('tells a partner every cycle while it is infective, and the partner answers', () => {
    const { env, protocol, cycle } = stage({ k: 1 });
    cycle();
    env.expectSent(1, 2, rumour);
    env.expectNothing();
    protocol.onMessage(2, 1, rumour);
    env.expectFact(DELIVERED, 2);
    env.expectSent(2, 1, needed);
    env.expectNothing();
  });

  it('makes no call when it knows nothing', () => {
    const { env, protocol } = stage({ k: 1 });
    protocol.onRound(3);
    env.expectNothing();
  });

  it('calls itself needed by each of two that tell it at the same instant', () => {
    const { env, protocol } = stage({ k: 1 });
    env.pass();
    protocol.onMessage(2, 1, rumour);
    protocol.onMessage(2, 3, rumour);
    env.expectFact(DELIVERED, 2);
    env.expectFact(DUPLICATE, 2);
    env.expectSent(2, 1, needed);
    env.expectSent(2, 3, needed);
    env.expectNothing();
  });

  it('finds a telling unnecessary if it knew before', () => {
    const { env, protocol } = stage({ k: 1 });
    env.pass();
    protocol.onMessage(1, 2, rumour);
    env.expectFact(DUPLICATE, 1);
    env.expectSent(1, 2, unnecessary);
    env.expectNothing();
  });

  it('is removed after k consecutive unnecessary contacts', () => {
    const { env, protocol, cycle } = stage({ k: 2 });
    for (const [counter, feedback] of [
      [0, unnecessary],
      [1, needed],
      [0, unnecessary],
      [1, unnecessary],
    ]) {
      cycle();
      env.expectSent(1, 2, message(RUMOUR, 0, counter));
      env.expectNothing();
      protocol.onMessage(1, 2, feedback);
    }
    cycle();
    env.expectFact(REMOVED, 1);
    env.expectNothing();
  });

  it('without reset is removed after k unnecessary contacts in all', () => {
    const { env, protocol, cycle } = stage({ k: 2, reset: false });
    for (const feedback of [unnecessary, needed, unnecessary]) {
      cycle();
      protocol.onMessage(1, 2, feedback);
    }
    env.clear();
    cycle();
    env.expectFact(REMOVED, 1);
    env.expectNothing();
  });

  it('keeps its interest while its partners do not answer', () => {
    const { env, cycle } = stage({ k: 1 });
    cycle();
    env.clear();
    cycle();
    env.expectSent(1, 2, rumour);
    env.expectNothing();
  });
});

describe('coin', () => {
  it('loses interest with probability 1/k after an unnecessary contact', () => {
    const { env, protocol, cycle } = stage({ k: 4, rule: 'coin' });
    cycle();
    protocol.onMessage(1, 2, unnecessary);
    env.clear();
    env.draws.push(0.26);
    cycle();
    env.expectSent(1, 2, rumour);
    protocol.onMessage(1, 2, unnecessary);
    env.draws.push(0.24);
    cycle();
    env.expectFact(REMOVED, 1);
    env.expectNothing();
  });

  it('is not tossed after a useful contact', () => {
    const { env, protocol, cycle } = stage({ k: 1, rule: 'coin' });
    cycle();
    protocol.onMessage(1, 2, needed);
    env.clear();
    cycle();
    env.expectSent(1, 2, rumour);
  });
});

it('feedback that comes after the site was removed removes it no second time', () => {
  const { env, protocol, cycle } = stage({ rule: 'coin', k: 1 });
  env.draws.push(0.5);
  cycle();
  protocol.onMessage(1, 2, unnecessary);
  cycle();
  env.clear();
  protocol.onMessage(1, 2, unnecessary);
  cycle();
  env.expectNothing();
});

describe('blind', () => {
  it('gives no feedback', () => {
    const { env, protocol } = stage({ judgement: 'blind' });
    protocol.onMessage(2, 1, rumour);
    env.expectFact(DELIVERED, 2);
    env.expectNothing();
  });

  it('tells k partners and is removed, whatever they knew', () => {
    const { env, cycle } = stage({ judgement: 'blind', k: 2 });
    cycle();
    cycle();
    env.expectSent(1, 2, rumour, message(RUMOUR, 0, 1));
    cycle();
    env.expectFact(REMOVED, 1);
    env.expectNothing();
  });
});

describe('pull', () => {
  const request = message(REQUEST);

  it('is asked by everybody, and answers with what is hot', () => {
    const { env, protocol } = stage({ direction: 'pull' });
    env.pass();
    env.partners.push(1);
    protocol.onRound(3);
    env.expectSent(3, 1, request);
    protocol.onMessage(1, 3, request);
    env.expectSent(1, 3, rumour);
    protocol.onMessage(3, 1, request);
    env.expectNothing();
  });

  it('counts a cycle once, however many pullers knew the rumour already', () => {
    const { env, protocol, cycle } = stage({ direction: 'pull', k: 2 });
    protocol.onMessage(1, 2, unnecessary);
    protocol.onMessage(1, 3, unnecessary);
    cycle();
    env.expectSent(1, 2, request);
    env.expectNothing();
    protocol.onMessage(1, 2, unnecessary);
    cycle();
    env.expectFact(REMOVED, 1);
  });

  it('finds a cycle useful if any of its pullers needed the rumour', () => {
    const { env, protocol, cycle } = stage({ direction: 'pull', k: 1 });
    protocol.onMessage(1, 2, needed);
    protocol.onMessage(1, 3, unnecessary);
    cycle();
    env.expectSent(1, 2, request);
    env.expectNothing();
  });

  it('does not count a cycle in which nobody pulled from it', () => {
    const { env, cycle } = stage({ direction: 'pull', k: 1 });
    cycle();
    cycle();
    env.expectSent(1, 2, request, request);
    env.expectNothing();
  });

  it('answers no more once it is removed', () => {
    const { env, protocol, cycle } = stage({ direction: 'pull', k: 1 });
    protocol.onMessage(1, 2, unnecessary);
    cycle();
    env.clear();
    protocol.onMessage(1, 2, request);
    env.expectNothing();
  });
});

describe('minimisation', () => {
  /** Node 1 with counter 1 is told the rumour by node 2 with counter `theirs`. */
  function met(theirs: number) {
    const acted = stage({ direction: 'push-pull', minimise: true, k: 2 });
    acted.protocol.onMessage(1, 2, unnecessary);
    acted.cycle();
    acted.env.clear();
    acted.protocol.onMessage(1, 2, message(RUMOUR, 0, theirs));
    acted.env.expectFact(DUPLICATE, 1);
    return acted;
  }

  it('leaves the contact to the teller whose counter is smaller', () => {
    const { env, cycle } = met(0);
    env.expectSent(1, 2, unnecessary);
    env.expectNothing();
    cycle();
    env.expectSent(1, 2, message(REQUEST), message(RUMOUR, 0, 1));
    env.expectNothing();
  });

  it('counts the contact itself where the teller has the larger counter', () => {
    const { env, cycle } = met(2);
    env.expectNothing();
    cycle();
    env.expectFact(REMOVED, 1);
  });

  it('counts it on both sides where the counters are equal', () => {
    const { env, cycle } = met(1);
    env.expectSent(1, 2, unnecessary);
    cycle();
    env.expectFact(REMOVED, 1);
  });
});

it.each([
  [{ direction: 'sideways' }, /direction must be/],
  [{ judgement: 'deaf' }, /judgement must be/],
  [{ rule: 'dice' }, /rule must be/],
  [{ k: 0 }, /k must be/],
  [{ k: 1.5 }, /k must be/],
  [{ connectionLimit: 0 }, /connectionLimit must be/],
  [{ huntLimit: -1 }, /huntLimit must be/],
  [{ huntLimit: Infinity }, /huntLimit must be/],
])('refuses %o', (options, sentence) => {
  const wrong = () => onStage(rumourMongering(options as RumourMongeringOptions));
  expect(wrong).toThrow(UserError);
  expect(wrong).toThrow(sentence);
});
