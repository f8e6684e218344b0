/** One readable trace per mechanism (docs/mechanisms.md). Rewritten only by `npm run golden:update`. */
import { it } from 'vitest';
import { micros } from '../../src/base/time.ts';
import type { Fault, ProtocolFactory } from '../../src/engine/model.ts';
import { flapping } from '../../src/faults/index.ts';
import { beats, golden, onRing } from './support.ts';

/** Says what the clock reads, when it starts and at every timer: 50, 100, 150, ... ms. */
const tellsTime: ProtocolFactory<number> = (env) => {
  const tell = (node: number) => {
    env.send(node, env.peer(node), env.clock(node));
    env.at(node, env.now() + micros(50), 0);
  };
  return { onStart: tell, onTimer: tell };
};

it('pause: messages, timers and inputs wait, and happen at resume as they came due', () => {
  const alarmed: ProtocolFactory<number> = (env) => ({
    onStart(node) {
      if (node === 0) for (const ms of [10, 30, 60]) env.at(node, micros(ms), ms);
      else for (const ms of [45, 20, 90]) env.at(node, micros(ms), ms);
    },
    onTimer(node, tag) {
      if (node === 0) env.send(node, 1, tag);
    },
    onMessage(node, from, message) {
      if (node === 1) env.send(node, from, -message);
    },
    onInput() {},
  });
  const { rounds, ...still } = onRing;
  return golden(
    'pause',
    'n1 is paused from 15 to 80 ms: timer 20, input at 35, message at 40, timer 45, message at 60',
    {
      ...still,
      protocol: alarmed,
      workload: [{ atMs: 35, node: 1, input: 0 }],
      faults: [{ atMs: 15, node: 1, kind: 'pause', untilMs: 80 }],
    },
  );
});

it('pause over rounds: one of those missed is held at resume, and the beat goes on', async () => {
  const faults: Fault[] = [{ atMs: 150, node: 0, kind: 'pause', untilMs: 430 }];
  const long = { ...onRing, faults, horizonMs: 700 };
  await golden(
    'pause-round',
    'n0 misses 200, 300, 400: one round at 430, the next at 500 ms',
    long,
  );
  await golden('pause-delay', 'one round at 430, the next a period later', {
    ...long,
    rounds: { ...onRing.rounds!, missed: 'delay' },
  });
  await golden('pause-burst', 'three rounds at 430, the next at 500 ms', {
    ...long,
    rounds: { ...onRing.rounds!, missed: 'burst' },
  });
});

it('pauses that overlap combine: the last end counts', () =>
  golden('pause-overlap', 'n1 is paused from 110 to 240 ms by two pauses, the third is within', {
    ...onRing,
    faults: [
      { atMs: 110, node: 1, kind: 'pause', untilMs: 190 },
      { atMs: 120, node: 1, kind: 'pause', untilMs: 240 },
      { atMs: 130, node: 1, kind: 'pause', untilMs: 140 },
    ],
  }));

it('crash in a pause: what waits is gone, the messages are dead, and the new life is not paused', () =>
  golden('pause-crash', 'paused 110 to 450, crash at 250: the message of 130 ms is dead', {
    ...onRing,
    faults: [
      { atMs: 110, node: 1, kind: 'pause', untilMs: 450 },
      { atMs: 250, node: 1, kind: 'crash' },
      { atMs: 270, node: 1, kind: 'restart' },
    ],
    horizonMs: 500,
  }));

const burst: ProtocolFactory<number> = (env) => ({
  onStart(node) {
    if (node === 0) for (const ms of [0, 5, 10]) env.at(node, micros(ms), ms + 1);
  },
  onTimer(node, tag) {
    if (node === 0) env.send(node, 1, tag);
  },
  onRound() {},
  onMessage() {},
});

it('slow: messages are served one after the other, rounds do not wait, unless they share', async () => {
  const three = { ...onRing, protocol: burst, horizonMs: 230 };
  await golden('slow', 'they arrive at 30, 35, 40 ms; each takes 40 ms: 70, 110, 150', {
    ...three,
    faults: [{ atMs: 0, node: 1, kind: 'slow', serviceMs: 40 }],
  });
  await golden('slow-shared', 'the round of 100 ms waits for three messages, and takes 40 ms', {
    ...three,
    faults: [{ atMs: 0, node: 1, kind: 'slow', serviceMs: 40, timers: 'shared' }],
  });
});

it('slow and paused: the service is interrupted; slow no more: the rest happens at once', async () => {
  const three = { ...onRing, protocol: burst, horizonMs: 230 };
  await golden(
    'slow-pause',
    'the service of 30 to 70 ms is stopped from 50 to 120: 140, 180, 220',
    {
      ...three,
      faults: [
        { atMs: 0, node: 1, kind: 'slow', serviceMs: 40 },
        { atMs: 50, node: 1, kind: 'pause', untilMs: 120 },
      ],
    },
  );
  await golden(
    'slow-end',
    'normal from 80 ms: the second service ends at 110, the third is at once',
    {
      ...three,
      faults: [
        { atMs: 0, node: 1, kind: 'slow', serviceMs: 40 },
        { atMs: 80, node: 1, kind: 'slow', serviceMs: 0 },
      ],
    },
  );
  await golden(
    'slow-crash',
    'down from 80 to 90 ms: two messages are dead, the server is idle again',
    {
      ...three,
      faults: [
        { atMs: 0, node: 1, kind: 'slow', serviceMs: 40 },
        { atMs: 80, node: 1, kind: 'crash' },
        { atMs: 90, node: 1, kind: 'restart' },
      ],
    },
  );
});

it('clock: skew, drift and a step; the simulation and its timers do not care', () => {
  const { rounds, ...still } = onRing;
  return golden(
    'clock',
    'n0 starts 5 ms ahead and gains 1000 ppm, 50 us in 50 ms; at 120 ms it is set back by 20 ms',
    {
      ...still,
      protocol: tellsTime,
      faults: [
        { atMs: 0, node: 0, kind: 'clock', stepMs: 5, driftPpm: 1000 },
        { atMs: 120, node: 0, kind: 'clock', stepMs: -20 },
      ],
      horizonMs: 180,
    },
  );
});

it('absent: a node that is not there has not been started, and joins later', () =>
  golden('absent', 'n1 joins at 250 ms: the message of 130 ms is dead, its first round at 300 ms', {
    ...onRing,
    protocol: (env) => ({
      ...beats(env),
      onStart: (node) => env.at(node, env.now() + micros(10), 7),
      onTimer() {},
    }),
    faults: [
      { atMs: 0, node: 1, kind: 'absent' },
      { atMs: 250, node: 1, kind: 'restart' },
    ],
  }));

it('flapping: down and up on a beat', () =>
  golden(
    'flapping',
    'n1 is down for 40 ms of every 100, from 120 ms: what arrives at 130 is dead',
    {
      ...onRing,
      faults: flapping({ nodes: [1], downMs: 40, upMs: 60, fromMs: 120, untilMs: 300 }),
    },
  ));
