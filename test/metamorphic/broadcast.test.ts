/** Changes of a scenario that must change nothing, for every broadcast protocol: exact, so they cannot flake. */
import { describe, expect, it } from 'vitest';
import {
  DELIVERED,
  DUPLICATE,
  type ProtocolFactory,
  type Scenario,
} from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { coverage, hops, traffic } from '../../src/metrics/index.ts';
import { duplicated, lossy, partitioned, uniform } from '../../src/network/index.ts';
import { antiEntropy } from '../../src/protocols/broadcast/anti-entropy.ts';
import { directMail } from '../../src/protocols/broadcast/direct-mail.ts';
import { infectAndDie } from '../../src/protocols/broadcast/infect-and-die.ts';
import { medianCounter } from '../../src/protocols/broadcast/median-counter.ts';
import { rumourOf } from '../../src/protocols/broadcast/messages.ts';
import { pull } from '../../src/protocols/broadcast/pull.ts';
import { push } from '../../src/protocols/broadcast/push.ts';
import { pushPull } from '../../src/protocols/broadcast/push-pull.ts';
import { rumourMongering } from '../../src/protocols/broadcast/rumour-mongering.ts';
import { everyone } from '../engine/support.ts';
import { occurrences, slowed } from './support.ts';

const protocols: [string, ProtocolFactory<number>][] = [
  ['push', push({ fanout: 2 })],
  ['pull', pull()],
  ['push-pull', pushPull()],
  ['infect-and-die', infectAndDie({ fanout: 4 })],
  ['infect-and-die, Poisson fanout', infectAndDie({ fanout: 3.5, fanoutLaw: 'poisson' })],
  ['rumour mongering, push', rumourMongering({ direction: 'push', k: 2 })],
  ['rumour mongering, pull', rumourMongering({ direction: 'pull', k: 2, minimise: true })],
  ['rumour mongering, blind coin', rumourMongering({ judgement: 'blind', rule: 'coin', k: 3 })],
  ['rumour mongering, hunting', rumourMongering({ k: 2, connectionLimit: 1, huntLimit: 2 })],
  ['anti-entropy', antiEntropy()],
  ['anti-entropy behind mail', directMail({ behind: antiEntropy({ direction: 'pull' }) })],
  ['median-counter', medianCounter()],
];

const N = 30;
const link = lossy(0.1, uniform({ minMs: 5, maxMs: 40 }));

/** Two rumours, loss, two crashes and a restart; times in ms, times `scale`. */
const scenario = (protocol: ProtocolFactory<number>, scale = 1): Scenario<number> => ({
  seed: 'metamorphic',
  n: N,
  protocol,
  link: slowed(scale, link),
  overlay: everyone,
  rounds: { periodMs: 100 * scale, phase: 'synchronised' },
  workload: [
    { atMs: 0, node: 0, input: 0 },
    { atMs: 220 * scale, node: 7, input: 1 },
  ],
  faults: [
    { atMs: 150 * scale, node: 3, kind: 'crash' },
    { atMs: 310 * scale, node: 4, kind: 'crash' },
    { atMs: 520 * scale, node: 3, kind: 'restart' },
  ],
  horizonMs: 1500 * scale,
});

/** The same protocol in n closures, each of which serves one node only: none can read another node's row. */
const oneClosurePerNode =
  <M>(protocol: ProtocolFactory<M>): ProtocolFactory<M> =>
  (env) => {
    const own = Array.from({ length: env.n }, () => protocol(env)); // [node]
    const { onStart, onInput, onRound, onMessage, onTimer } = own[0];
    return {
      ...(onStart && { onStart: (node) => own[node].onStart!(node) }),
      ...(onInput && { onInput: (node, input) => own[node].onInput!(node, input) }),
      ...(onRound && { onRound: (node) => own[node].onRound!(node) }),
      ...(onMessage && { onMessage: (node, from, m) => own[node].onMessage!(node, from, m) }),
      ...(onTimer && { onTimer: (node, tag) => own[node].onTimer!(node, tag) }),
    };
  };

describe.each(protocols)('%s', (_name, protocol) => {
  const run = (change: Partial<Scenario<number>> = {}) =>
    simulate({ ...scenario(protocol), checked: true, ...change });

  it('spreads in the scenario of these tests', () => {
    expect(run().facts[DELIVERED]).toBeGreaterThan(N);
    expect(run().traffic.lost).toBeGreaterThan(0);
  });

  it('does the same with one closure per node', () => {
    expect(run({ protocol: oneClosurePerNode(protocol) })).toEqual(run());
  });

  it('does the same at doubled times', () => {
    expect(occurrences(scenario(protocol, 2), 2)).toEqual(occurrences(scenario(protocol), 1));
  });

  it('does the same behind wrappers that change nothing', () => {
    for (const idle of [lossy(0, link), duplicated(0, link), partitioned([], link)]) {
      expect(run({ link: idle })).toEqual(run());
    }
  });

  it('does the same when it is measured, and the measures agree with the facts', () => {
    const meters = {
      heard: coverage({ n: N, rumours: 2 }),
      cost: traffic<number>({ n: N, rumours: 2, rumourOf }),
      path: hops({ n: N, rumours: 2 }),
    };
    const measured = run({ observers: Object.values(meters) });
    expect(measured).toEqual(run());
    expect(meters.heard.heard(0) + meters.heard.heard(1)).toBe(measured.facts[DELIVERED]);
    expect(meters.cost.total().duplicates).toBe(measured.facts[DUPLICATE]);
    expect(meters.cost.total().bytesSent).toBe(measured.traffic.bytesSent);
    const reached = [...meters.path.column(0)].filter((hop) => hop >= 0).length;
    expect(reached).toBe(meters.heard.heard(0));
  });
});

it('one closure per node shows a protocol that reads the row of another node', () => {
  const cheat: ProtocolFactory<number> = (env) => {
    const honest = push()(env);
    const calls = new Int32Array(env.n); // [node]
    return {
      ...honest,
      onRound(node) {
        calls[node]++;
        if (calls[(node + 1) % env.n] < 3) honest.onRound?.(node);
      },
    };
  };
  const hash = (protocol: ProtocolFactory<number>) => simulate(scenario(protocol)).hash;
  expect(hash(oneClosurePerNode(cheat))).not.toBe(hash(cheat));
});
