/** Heartbeats sent straight: a readable trace, and what a run judges against what a replay of its arrivals judges. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DetectorFactory } from '../../../src/detectors/model.ts';
import { recorder } from '../../../src/detectors/recorder.ts';
import { detectorKinds, detectorOf } from '../../../src/detectors/registry.ts';
import { replay } from '../../../src/detectors/replay.ts';
import { timeout } from '../../../src/detectors/timeout.ts';
import {
  type Fact,
  type NodeId,
  type Scenario,
  SUSPECTED,
  TRUSTED,
} from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { exponentialMs } from '../../../src/faults/durations.ts';
import { constant, exponential } from '../../../src/network/latency.ts';
import { lossy } from '../../../src/network/loss.ts';
import { complete } from '../../../src/network/overlay.ts';
import { directHeartbeats } from '../../../src/protocols/heartbeat/direct.ts';
import { losing, traced } from '../../engine/support.ts';

const scenario = (protocol: Scenario<number>['protocol']): Scenario<number> => ({
  seed: 'direct',
  n: 2,
  protocol,
  link: constant({ ms: 20 }),
  overlay: complete,
  rounds: { periodMs: 100, phase: 'synchronised' },
  horizonMs: 1000,
  checked: true,
});

it('heartbeat i is sent at i periods; a lost one is a mistake, a crash is detected, a restart is trusted again', async () => {
  const protocol = directHeartbeats({
    detector: timeout({ timeoutMs: 150 }),
    watchers: (node) => (node === 0 ? [1] : []),
  });
  const { lines, outcome } = traced({
    ...scenario(protocol),
    link: losing([2], constant({ ms: 20 })),
    faults: [
      { atMs: 510, node: 0, kind: 'crash' },
      { atMs: 850, node: 0, kind: 'restart' },
    ],
  });
  const page = [
    '# node 1 watches node 0, whose third heartbeat is lost; timeout 150 ms',
    ...lines,
    `# ${outcome.hash}`,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../golden/direct-heartbeats.trace');
});

it('with a law of gaps the arrivals have these gaps', () => {
  const heard = recorder();
  const protocol = directHeartbeats({
    detector: heard.detector,
    watchers: (node) => [1 - node],
    gapMs: (u) => 100 + 50 * u,
  });
  simulate({ ...scenario(protocol), horizonMs: 20_000 });
  const { times, pairs, sequences } = heard.arrivals();
  const own = [...times].filter((_, i) => pairs[i] === 1); // observer 0, subject 1
  const gaps = own.slice(1).map((time, i) => (time - own[i]) / 1000);
  expect(gaps.length).toBeGreaterThan(140);
  expect(Math.min(...gaps)).toBeGreaterThan(100);
  expect(Math.max(...gaps)).toBeLessThan(150);
  expect(new Set(gaps).size).toBeGreaterThan(gaps.length * 0.9);
  expect([...sequences].filter((_, i) => pairs[i] === 1)).toEqual(own.map((_, i) => i + 1));
});

describe('what a run judges is what a replay of its arrivals judges', () => {
  /** [time, fact, observer, subject] of every change of mind. */
  function judged(detector: DetectorFactory, level: number | undefined, rest: object) {
    const facts: [number, Fact, NodeId, NodeId][] = [];
    const protocol = directHeartbeats({ detector, ...(level !== undefined && { level }) });
    simulate({
      ...scenario(protocol),
      n: 3,
      ...rest,
      observers: [
        {
          onFact(now, fact, node, about) {
            if (fact === SUSPECTED || fact === TRUSTED) facts.push([now, fact, node, about]);
          },
        },
      ],
    });
    return facts;
  }

  it.each(Object.keys(detectorKinds))('%s', (name) => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 0, max: 8 }),
        fc.boolean(),
        (seed, loss, rank, crashes) => {
          const kind = detectorKinds[name];
          const factory = detectorOf(name, kind.forPeriod(100));
          const level = kind.levels(100)[rank];
          const rest = {
            seed,
            link: lossy(loss, exponential({ meanMs: 40 })),
            horizonMs: 4000,
            faults: [
              { atMs: 1500, node: 2, kind: 'pause', untilMs: 2100 },
              ...(crashes ? [{ atMs: 2500, node: 1, kind: 'crash' }] : []),
            ],
          };
          const heard = recorder();
          judged(heard.detector, undefined, rest);
          const [{ times, facts, pairs }] = replay(heard.arrivals(), factory(9), [level], 4e6);
          const replayed = Array.from(times, (time, i) => [
            ...[time, facts[i]],
            ...[Math.floor(pairs[i] / 3), pairs[i] % 3],
          ]);
          // A paused or crashed observer says nothing, or says it late: only what the healthy one judges, pair by
          // pair, as there is no order between the pairs at one instant. A heartbeat at the very instant of its deadline
          // is in time to a replay; in a run the timer may come first, for a mistake that lasts 0.
          const byPair = (changes: readonly (readonly number[])[]) =>
            [1, 2].map((subject) => {
              const own = changes.filter(([, , o, s]) => o === 0 && s === subject);
              const lasts0 = (i: number) =>
                own[i]?.[1] === SUSPECTED && own[i][0] === own[i + 1]?.[0];
              return own.filter((_, i) => !lasts0(i) && !lasts0(i - 1));
            });
          expect(byPair(judged(factory, level, rest))).toEqual(byPair(replayed));
        },
      ),
      { numRuns: 25 },
    );
  });
});

it('a new life is told to the detector, and to a replay: its numbers start again', () => {
  const heard = recorder();
  const protocol = (detector: DetectorFactory) =>
    directHeartbeats({ detector, watchers: (node) => (node === 0 ? [1] : []) });
  const faults = [
    { atMs: 550, node: 0, kind: 'crash' },
    { atMs: 650, node: 0, kind: 'restart' },
  ] as const;
  simulate({ ...scenario(protocol(heard.detector)), faults });
  const { sequences } = heard.arrivals();
  expect([...sequences]).toEqual([1, 2, 3, 4, 5, -Infinity, 1, 2, 3]);
});

it('refuses more lives than a heartbeat can tell apart', () => {
  const faults = Array.from({ length: 300 }, (_, i) => ({
    ...{ atMs: i + 1, node: 0 },
    kind: i % 2 === 0 ? ('crash' as const) : ('restart' as const),
  }));
  const protocol = directHeartbeats({ detector: timeout() });
  expect(() => simulate({ ...scenario(protocol), faults })).toThrow(
    'direct heartbeats: a node must have fewer than 128 lives',
  );
});

it('gaps that follow a law are as many as the law says', () => {
  const protocol = directHeartbeats({ detector: timeout(), gapMs: exponentialMs(100) });
  const { traffic } = simulate({ ...scenario(protocol), horizonMs: 100_000 });
  // Poisson, 2 nodes, 1000 heartbeats each: 2000 with a standard deviation of 45; 5 of them.
  expect(Math.abs(traffic.sent - 2000)).toBeLessThan(225);
});
