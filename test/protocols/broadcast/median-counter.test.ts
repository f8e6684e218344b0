import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { DELIVERED, REMOVED } from '../../../src/engine/model.ts';
import { medianCounter } from '../../../src/protocols/broadcast/median-counter.ts';
import { message, REQUEST, RUMOUR } from '../../../src/protocols/broadcast/messages.ts';
import { onStage, type RecordingEnv } from '../../support/recording-env.ts';

const request = message(REQUEST);
const told = (stage: number) => message(RUMOUR, 0, stage);

// ctrMax = 3: B_1 B_2 B_3 are 1 2 3, C is 4 5 6, D is 7.
const C = 4;

/** Node 1 hears the rumour from a node in `first`; `round` lets it act and tells which stage it sends, 0 if none. */
function stage(first: number, options = { ctrMax: 3, maxRounds: 100 }) {
  const { env, protocol } = onStage(medianCounter(options));
  protocol.onMessage(1, 2, told(first));
  env.expectFact(DELIVERED, 1);
  const round = (): number => {
    env.clear();
    env.pass(1000);
    env.partners.push(2);
    protocol.onRound(1);
    env.expectSent(1, 2, request);
    return stageSent(env);
  };
  return { env, protocol, round };
}

const stageSent = (env: RecordingEnv<number>): number => {
  for (let s = 1; s <= 7; s++) if (env.record.includes(`n1 -> n2 ${told(s)}`)) return s;
  return 0;
};

describe('a node that has not heard the rumour', () => {
  it('becomes B_1 when it hears it from a node in B', () => {
    expect(stage(3).round()).toBe(1);
  });

  it('becomes C when it hears it from a node in C', () => {
    expect(stage(C).round()).toBe(C);
  });

  it('says nothing before its next round, and then answers whoever asks', () => {
    const { env, protocol, round } = stage(1);
    env.pass();
    protocol.onMessage(1, 3, request);
    env.expectNothing();
    round();
    env.clear();
    protocol.onMessage(1, 3, request);
    env.expectSent(1, 3, told(1));
    env.expectNothing();
  });
});

describe('a node in B_m', () => {
  it('moves on when most of its partners are as far', () => {
    const { protocol, round } = stage(1);
    round();
    protocol.onMessage(1, 2, told(1)); // the partner it called: 1 of 1
    expect(round()).toBe(2);
  });

  it('stays when half of its partners are not', () => {
    const { protocol, round } = stage(1);
    round();
    protocol.onMessage(1, 2, told(2));
    protocol.onMessage(1, 3, request); // called by a node in A: 1 of 2
    expect(round()).toBe(1);
  });

  it('does not count a partner with a smaller counter', () => {
    const { protocol, round } = stage(1);
    round();
    protocol.onMessage(1, 2, told(1));
    expect(round()).toBe(2);
    protocol.onMessage(1, 2, told(1));
    expect(round()).toBe(2);
  });

  it('becomes C when it hears from a node in C', () => {
    const { protocol, round } = stage(1);
    round();
    protocol.onMessage(1, 3, request);
    protocol.onMessage(1, 3, told(C + 1));
    expect(round()).toBe(C);
  });

  it('becomes C beyond ctrMax', () => {
    const { protocol, round } = stage(1);
    const stages = [round()];
    for (let i = 0; i < 3; i++) {
      protocol.onMessage(1, 2, told(3));
      stages.push(round());
    }
    expect(stages).toEqual([1, 2, 3, C]);
  });
});

it('a node sends the rumour for ctrMax rounds in C, and is then removed', () => {
  const { env, round } = stage(C);
  expect([round(), round(), round(), round(), round()]).toEqual([4, 5, 6, 0, 0]);
  env.expectNothing();
});

it('reports that it is removed once, when it enters D', () => {
  const { env, protocol, round } = stage(C);
  for (let i = 0; i < 3; i++) round();
  round();
  env.expectFact(REMOVED, 1);
  protocol.onMessage(1, 3, told(1));
  round();
  env.expectNothing();
});

it('a node goes to D after maxRounds in any case', () => {
  const { round } = stage(1, { ctrMax: 3, maxRounds: 2 });
  expect([round(), round(), round()]).toEqual([1, 1, 0]);
});

it('refuses a ctrMax of 0', () => {
  expect(() => onStage(medianCounter({ ctrMax: 0 }))).toThrow(UserError);
});
