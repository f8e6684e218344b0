/** One readable trace per mechanism (docs/mechanisms.md), n <= 8. Rewritten only by `npm run golden:update`. */
import { expect, it } from 'vitest';
import { micros } from '../../src/base/time.ts';
import {
  DELIVERED,
  DUPLICATE,
  type NodeId,
  type ProtocolFactory,
  type Scenario,
} from '../../src/engine/model.ts';
import { copied, fixed, losing, ring, traced } from './support.ts';

/** Compares the trace of a run, between a line that says what to look for and the outcome, with its golden. */
async function golden<M>(name: string, shows: string, scenario: Scenario<M>) {
  const { lines, outcome } = traced({ checked: true, ...scenario });
  expect(lines.length).toBeLessThanOrEqual(100);
  const { end, endedBy, events, hash, traffic } = outcome;
  const page = [
    `# ${shows}`,
    ...lines,
    `# ended by ${endedBy} at ${end} us after ${events} events, ${hash}`,
    `# ${JSON.stringify(traffic)}`,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot(`../golden/${name}.trace`);
}

/** Who has heard tells the next node on the ring every round. */
const tellNext: ProtocolFactory<number> = (env) => {
  const knows = new Uint8Array(env.n); // [node]
  function hear(node: NodeId) {
    env.emit(knows[node] ? DUPLICATE : DELIVERED, node);
    knows[node] = 1;
  }
  return {
    onInput: hear,
    onRound: (node) => (knows[node] ? env.send(node, env.peer(node), 0, 12) : undefined),
    onMessage: hear,
  };
};

const onRing: Scenario<number> = {
  seed: 'golden',
  n: 4,
  overlay: ring,
  link: fixed(30),
  protocol: tellNext,
  rounds: { periodMs: 100, phase: 'synchronised' },
  workload: [{ atMs: 0, node: 0, input: 0 }],
  horizonMs: 400,
};

const sheds = { workload: [], rounds: { periodMs: 100, phase: 'synchronised' } } as const;

it('loss: a lost copy is sent and paid for, and never arrives', () =>
  golden('loss', 'the second and third copy are lost', {
    ...onRing,
    link: losing([1, 2], fixed(30)),
  }));

it('duplication: every copy of a message is sent, delayed and received for itself', () =>
  golden('duplication', 'two copies of every message', {
    ...onRing,
    n: 3,
    link: copied(2, fixed(30)),
    horizonMs: 250,
  }));

it('crash: the node falls silent, and a message to it is dead', () =>
  golden(
    'crash',
    'n1 hears at 130 ms, is down from 150 ms: no round of its own, two dead messages',
    {
      ...onRing,
      faults: [{ atMs: 150, node: 1, kind: 'crash' }],
      horizonMs: 350,
    },
  ));

it('restart: the node keeps the common beat, or draws a new phase', async () => {
  const faults = [
    { atMs: 150, node: 1, kind: 'crash' },
    { atMs: 250, node: 1, kind: 'restart' },
  ] as const;
  await golden('restart', 'n1 is down from 150 to 250 ms, and resumes its rounds at 300 ms', {
    ...onRing,
    faults,
    horizonMs: 400,
  });
  await golden('restart-random-phase', 'n1 resumes its rounds at a new phase after 250 ms', {
    ...onRing,
    rounds: { periodMs: 100, phase: 'random' },
    faults,
    horizonMs: 500,
  });
});

it('faults that change nothing are ignored', () =>
  golden('fault-twice', 'restart while up and crash while down: no line, no second life', {
    ...onRing,
    n: 2,
    faults: [
      { atMs: 20, node: 1, kind: 'restart' },
      { atMs: 40, node: 1, kind: 'crash' },
      { atMs: 50, node: 1, kind: 'crash' },
      { atMs: 60, node: 1, kind: 'restart' },
    ],
    horizonMs: 200,
  }));

it('message to a dead node: what matters is whether it is up when the message arrives', () =>
  golden('dead', 'down from 110 to 125 ms, while the message is under way: n1 hears at 130 ms', {
    ...onRing,
    n: 2,
    faults: [
      { atMs: 110, node: 1, kind: 'crash' },
      { atMs: 125, node: 1, kind: 'restart' },
    ],
    horizonMs: 150,
  }));

it('input to a dead node: nobody takes it', () =>
  golden('dead-input', 'input 0 is lost with n0, input 1 is taken after the restart', {
    ...onRing,
    n: 2,
    faults: [
      { atMs: 5, node: 0, kind: 'crash' },
      { atMs: 15, node: 0, kind: 'restart' },
    ],
    workload: [
      { atMs: 10, node: 0, input: 0 },
      { atMs: 20, node: 0, input: 1 },
    ],
    horizonMs: 150,
  }));

it('ties: faults, inputs and rounds of one instant, then what was sent', async () => {
  const atOnce = {
    ...onRing,
    faults: [{ atMs: 100, node: 2, kind: 'crash' }],
    workload: [{ atMs: 100, node: 0, input: 0 }],
  } as const;
  await golden('ties', 'at 100 ms: fault, input, rounds by node; delay 0: messages after them', {
    ...atOnce,
    link: fixed(0),
    horizonMs: 100,
  });
  await golden('ties-period', 'delay = period: a message arrives between the rounds of 200 ms', {
    ...atOnce,
    faults: [],
    link: fixed(100),
    horizonMs: 300,
  });
  await golden('ties-random', 'the events of one instant in an order of chance', {
    ...atOnce,
    link: fixed(0),
    ties: 'random',
    horizonMs: 200,
  });
});

it('timers: fire at their time with their tag; those of a past life do not', () => {
  const alarms: ProtocolFactory<number> = (env) => ({
    onStart(node) {
      const life = env.now() === 0 ? 1 : 2;
      env.at(node, env.now() + micros(40), 10 * life);
      env.at(node, env.now() + micros(20), 10 * life + 1);
      env.at(node, env.now(), 10 * life + 2);
    },
    onTimer(node, tag) {
      if (tag === 11) env.at(node, env.now() + micros(40), 13);
    },
  });
  return golden(
    'timers',
    'n1 is down from 30 to 35 ms: tags 10 and 13 of its first life are stale',
    {
      ...onRing,
      ...sheds,
      n: 2,
      protocol: alarms,
      faults: [
        { atMs: 30, node: 1, kind: 'crash' },
        { atMs: 35, node: 1, kind: 'restart' },
      ],
    },
  );
});

it('objects: a message is a small integer or any immutable value', () => {
  const values: unknown[] = [
    { rumour: 1, path: [0, 1] },
    'text',
    Int32Array.of(1, 2, 3),
    1.5,
    2 ** 31,
    -1,
    true,
    null,
    Object.assign(Object.create(null), { bare: 1 }),
  ];
  const mail: ProtocolFactory<unknown> = (env) => ({
    onStart(node) {
      if (node === 0) for (const value of values) env.send(0, 1, value);
    },
  });
  const scenario = { ...onRing, ...sheds, n: 2, protocol: mail };
  return golden(
    'objects',
    'they arrive as they were sent, in order',
    scenario as Scenario<unknown>,
  );
});

it('random phase: every node has its own beat', () =>
  golden('random-phase', 'first rounds in (0, 100] ms, the next 100 ms later', {
    ...onRing,
    rounds: { periodMs: 100, phase: 'random' },
    horizonMs: 250,
  }));

it('poisson clock: every gap is drawn anew', () =>
  golden('poisson-clock', 'gaps are exponential, 100 ms in the mean', {
    ...onRing,
    rounds: { periodMs: 100, phase: 'poisson' },
    horizonMs: 250,
  }));

it('stop: judged when the instant is over', () =>
  golden('stop', 'n0 and n2 hear at 0; the rule holds at 130 ms, and all of that instant happens', {
    ...onRing,
    workload: [
      { atMs: 0, node: 0, input: 0 },
      { atMs: 0, node: 2, input: 0 },
    ],
    stop: (count) => count[DELIVERED] >= 3,
  }));

it('horizon: what happens at the horizon still happens', () =>
  golden('horizon', 'horizon 130 ms: the arrival at 130 ms is in, the rounds of 200 ms are not', {
    ...onRing,
    horizonMs: 130,
  }));

it('quiet: a run ends when nothing is left to happen', () =>
  golden('quiet', 'one timer, one message, then nothing', {
    ...onRing,
    ...sheds,
    n: 2,
    protocol: (env) => ({
      onStart: (node) => (node === 0 ? env.at(0, micros(10), 0) : undefined),
      onTimer: (node) => env.send(node, 1, 5),
    }),
  }));
