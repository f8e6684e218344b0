/** Each invariant, when what happens is told to it by hand: what breaks it is told, once, and nothing else is. */
import { describe, expect, it } from 'vitest';
import {
  APPLIED,
  DELIVERED,
  DUPLICATE,
  FORGOTTEN,
  ISSUED,
  JOINED,
  LOST,
  type Outcome,
  PLACED,
  type Scenario,
  SERVED,
  SUSPECTED,
  TRUSTED,
} from '../../../src/engine/model.ts';
import {
  guard,
  INVARIANTS,
  type Invariant,
  sourced,
  type Watch,
} from '../../../src/metrics/invariants/index.ts';
import { onRing } from '../../faults/support.ts';

const scenario: Scenario<unknown> = {
  ...(onRing as Scenario<unknown>),
  n: 3,
  workload: [{ atMs: 0, node: 0, input: 0 }],
};
const traffic = {
  sent: 0,
  delivered: 0,
  lost: 0,
  dead: 0,
  inFlight: 0,
  bytesSent: 0,
  bytesLost: 0,
};
const over: Outcome = {
  ...{ end: 400_000, endedBy: 'horizon', events: 0, hash: '', traffic },
  facts: new Float64Array(0),
};

/** What the invariants say of a run in which that happens. */
function told(
  happens: (watch: Required<Watch<unknown>>) => void,
  invariants: readonly Invariant[] = INVARIANTS,
  outcome?: Outcome,
): string[] {
  const { observers, violations } = guard(scenario, invariants);
  const all = new Proxy({} as Required<Watch<unknown>>, {
    get:
      (_, hook: keyof Watch<unknown>) =>
      (...given: unknown[]) => {
        for (const one of observers)
          ((one as Watch<unknown>)[hook] as ((...of: unknown[]) => void) | undefined)?.(...given);
      },
  });
  happens(all);
  return violations(outcome).map(({ invariant, sentence }) => `${invariant}: ${sentence}`);
}

describe('what breaks an invariant is told', () => {
  it.each<[string, (watch: Required<Watch<unknown>>) => void, string]>([
    ['time', (w) => [w.onRound(2, 0), w.onRound(1, 0)], 'it is 1 us after it was 2 us'],
    ['time', (w) => w.onRound(400_001, 0), 'it is 400001 us, and the horizon is at 400000 us'],
    ['balance', (w) => w.onMessage(5, 1, 0, 7), 'node 1 gets a message that node 0 has not sent'],
    [
      'balance',
      (w) => [w.onSend(1, 0, 1, 7, 28, LOST), w.onMessage(5, 1, 0, 7)],
      'node 1 gets a message that node 0 has not sent',
    ],
    ['balance', (w) => w.onSend(1, 0, 1, 7, 28, -3), 'node 0 sends 28 bytes to node 1, and they'],
    ['silence', (w) => [w.onFault(1, 2, 'crash'), w.onRound(2, 2)], 'node 2 is down, and holds a'],
    ['silence', (w) => [w.onFault(1, 2, 'pause'), w.onTimer(2, 2, 0)], 'node 2 is paused, and is'],
    ['silence', (w) => w.onFault(1, 2, 'restart'), 'restart of node 2, which is up'],
    ['silence', (w) => [w.onSend(1, 0, 2, 7, 28, 1), w.onDead(2, 2, 0, 7)], 'a message is dead at'],
    [
      'rumours',
      (w) => w.onFact(1, DELIVERED, 1, 0),
      'node 1 hears rumour 0, which nobody was told',
    ],
    [
      'rumours',
      (w) => [w.onInput(0, 0, 0), w.onFact(1, DELIVERED, 1, 0), w.onFact(2, DELIVERED, 1, 0)],
      'node 1 hears rumour 0 for the first time twice',
    ],
    ['rumours', (w) => w.onFact(1, DUPLICATE, 1, 0), 'node 1 hears rumour 0 again, but never did'],
    [
      'suspicions',
      (w) => [w.onFact(1, SUSPECTED, 0, 1), w.onFact(2, SUSPECTED, 0, 1)],
      'node 0 suspects node 1, which it suspects already',
    ],
    [
      'suspicions',
      (w) => [w.onFact(1, TRUSTED, 0, 1), w.onFact(2, TRUSTED, 0, 1)],
      'node 0 trusts node 1 again, which it did not suspect',
    ],
    ['suspicions', (w) => w.onFact(1, SUSPECTED, 1, 1), 'node 1 suspects itself'],
    ['suspicions', (w) => w.onFact(1, SUSPECTED, 1, 3), 'node 1 judges node 3 of 3'],
    [
      'newcomers',
      (w) => [w.onFact(1, JOINED, 0, 2), w.onFact(2, JOINED, 0, 2)],
      'node 0 hears of 2 lives of node 2, which has had 1',
    ],
    ['queues', (w) => [w.onFact(1, PLACED, 0, 1), w.onFact(2, SERVED, 0, 1)], 'node 0 has 1 jobs'],
    ['writes', (w) => w.onFact(1, APPLIED, 0, 4), 'node 0 applies write 4, which was not issued'],
    ['writes', (w) => [w.onFact(1, ISSUED, 0, 4), w.onFact(1, ISSUED, 1, 4)], 'write 4 is issued'],
  ])('%s %#', (name, happens, sentence) => {
    const [first, ...others] = told(happens);
    expect(first).toContain(`${name}: ${sentence}`);
    expect(others).toEqual([]);
  });

  it('balance of what the outcome says', () => {
    const happens = (w: Required<Watch<unknown>>) => w.onSend(1, 0, 1, 7, 28, 10);
    expect(told(happens, INVARIANTS, over)).toEqual([
      'balance: sent is 0 in the outcome; 1 were seen',
    ]);
    const right = { ...over, traffic: { ...traffic, sent: 1, inFlight: 1, bytesSent: 28 } };
    expect(told(happens, INVARIANTS, right)).toEqual([]);
  });
});

it('what may happen is not told: another life, or what was forgotten', () => {
  const happens = (w: Required<Watch<unknown>>) => {
    w.onInput(0, 0, 0);
    w.onFact(1, DELIVERED, 1, 0);
    w.onFact(1, SUSPECTED, 1, 0);
    w.onFact(1, FORGOTTEN, 1, 0);
    w.onFact(1, SUSPECTED, 1, 0);
    w.onFault(2, 1, 'crash');
    w.onFault(3, 1, 'restart');
    w.onFact(4, SUSPECTED, 1, 0);
    w.onFact(4, DELIVERED, 1, 0);
    w.onFact(5, JOINED, 0, 1);
    w.onFact(5, JOINED, 0, 1);
  };
  expect(told(happens)).toEqual([]);
});

describe('sources', () => {
  const beats = sourced<number>({
    what: 'a beat',
    initial: 0,
    read: (message, claim) => claim(Math.floor(message / 100), message % 100),
  }) as Invariant<unknown>;

  it.each([
    ['a claim above what the source has said', [[0, 103]], 'node 0 claims a beat of 3 for node 1'],
    [
      'a source that goes back',
      [
        [1, 103],
        [1, 102],
      ],
      'node 1 says a beat of 2 after 3',
    ], // prettier-ignore
  ] as [string, [number, number][], string][])('%s', (_, sent, sentence) => {
    const happens = (w: Required<Watch<unknown>>) => {
      for (const [from, message] of sent) w.onSend(1, from, 2, message, 28, 1);
    };
    expect(told(happens, [beats]).join()).toContain(`sources: ${sentence}`);
  });

  it('what the source has said may be passed on, also by those who are behind', () => {
    const happens = (w: Required<Watch<unknown>>) => {
      w.onSend(1, 1, 2, 103, 28, 1);
      w.onSend(2, 2, 0, 103, 28, 1);
      w.onSend(3, 0, 2, 101, 28, 1);
    };
    expect(told(happens, [beats])).toEqual([]);
  });
});
