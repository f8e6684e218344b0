import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Fault,
  FORGOTTEN,
  JOINED,
  type Outcome,
  type Scenario,
  SUSPECTED,
  TRUSTED,
} from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete, constant, lossy, uniform } from '../../../src/network/index.ts';
import type { SwimMessage } from '../../../src/protocols/swim/messages.ts';
import type { SwimOptions } from '../../../src/protocols/swim/options.ts';
import { swim } from '../../../src/protocols/swim/swim.ts';
import { traced } from '../../engine/support.ts';

type Saying = readonly [ms: number, fact: number, node: number, subject: number];

function play(
  options: SwimOptions,
  given: Partial<Scenario<SwimMessage>> & { readonly horizonMs: number },
): { outcome: Outcome; said: Saying[] } {
  const said: Saying[] = [];
  const outcome = simulate({
    ...{ seed: 'swim', n: 20, overlay: complete, link: uniform({ minMs: 1, maxMs: 20 }) },
    ...{ rounds: { periodMs: 1000, phase: 'random' }, checked: true, protocol: swim(options) },
    observers: [
      { onFact: (now, fact, node, subject) => said.push([now / 1000, fact, node, subject]) },
    ],
    ...given,
  });
  return { outcome, said };
}

const crash = (atMs: number, node: number): Fault => ({ atMs, node, kind: 'crash' });
const restart = (atMs: number, node: number): Fault => ({ atMs, node, kind: 'restart' });
const byTime = (a: Fault, b: Fault) => a.atMs - b.atMs;
const count = (said: Saying[], fact: number) => said.filter((one) => one[1] === fact).length;

describe('a group without loss', () => {
  it('sends a ping and an ack per member and period, and suspects nobody', () => {
    const { outcome, said } = play({}, { horizonMs: 100_000 });
    expect(said).toEqual([]);
    expect(Math.abs(outcome.traffic.sent - 2 * 20 * 100)).toBeLessThanOrEqual(40);
  });

  it.each(['round-robin', 'random'] as const)('finds out about a crash, %s', (targets) => {
    const { said } = play({ targets }, { horizonMs: 60_000, faults: [crash(10_000, 3)] });
    const gone = said.filter(([, fact]) => fact === FORGOTTEN);
    expect(new Set(gone.map(([, , node]) => node)).size).toBe(19);
    expect(said.every(([, , , subject]) => subject === 3)).toBe(true);
    // The first suspicion, and 12 periods later the first confirmation: by the same member.
    const suspected = said.find(([, fact]) => fact === SUSPECTED)!;
    expect(gone[0][0] - suspected[0]).toBeCloseTo(12_000, 6);
  });

  it('pings everybody within two laps', () => {
    let worst = 0;
    for (let trial = 0; trial < 40; trial++) {
      const faults = [crash(10_000, 3)];
      const options: SwimOptions = { suspicion: false };
      const { said } = play(options, { seed: `lap${trial}`, n: 6, horizonMs: 40_000, faults });
      const mine = said.find(([, fact]) => fact === SUSPECTED)![0];
      worst = Math.max(worst, mine - 10_000);
    }
    // 2 (n - 1) - 1 pings between two of the same member, and the period of the second.
    expect(worst).toBeLessThanOrEqual(10_000);
  });

  it('multicasts, where it is told to', () => {
    const options: SwimOptions = { dissemination: 'multicast', suspicion: false };
    const { said } = play(options, { horizonMs: 60_000, faults: [crash(10_000, 3)] });
    const gone = said.filter(([, fact]) => fact === FORGOTTEN).map(([ms]) => ms);
    expect(gone.length).toBe(19);
    expect(gone.at(-1)! - gone[0]).toBeLessThanOrEqual(20); // the latency
  });

  it('takes in who joins, and who comes back', () => {
    const faults: Fault[] = [
      { atMs: 0, node: 19, kind: 'absent' },
      restart(5000, 19),
      crash(30_000, 4),
      restart(60_000, 4),
    ];
    const { said } = play({ members: 19 }, { horizonMs: 100_000, faults });
    const joined = (subject: number, after: number) =>
      said.filter(([ms, fact, , about]) => fact === JOINED && about === subject && ms > after);
    expect(joined(19, 0).filter(([ms]) => ms < 25_000).length).toBe(19);
    expect(joined(4, 60_000).length).toBe(19);
    const heard = said.filter(([ms, fact, node]) => fact === JOINED && node === 4 && ms > 60_000);
    expect(heard.length).toBe(19); // its new life hears of everybody
  });
});

describe('those who join', () => {
  it('are let in by members only, and so make no group of their own', () => {
    for (let trial = 0; trial < 5; trial++) {
      const faults = Array.from({ length: 9 }, (_, i): Fault[] => [
        { atMs: 0, node: i + 1, kind: 'absent' },
        restart(100, i + 1),
      ]).flat();
      const given = { seed: `join${trial}`, n: 10, horizonMs: 60_000 };
      const { said } = play({ members: 1 }, { ...given, faults: faults.toSorted(byTime) });
      const known = new Set(said.map(([, fact, node, about]) => `${fact} ${node} ${about}`));
      expect(known.size).toBe(90); // JOINED, each of each other
    }
  });
});

describe('loss', () => {
  it('makes suspicions, which their subjects refute', () => {
    const link = lossy(0.1, constant({ ms: 10 }));
    const { said } = play({ updatesPerMessage: 20 }, { horizonMs: 300_000, link });
    expect(count(said, SUSPECTED)).toBeGreaterThan(1000);
    expect(count(said, TRUSTED)).toBeGreaterThan(0.95 * count(said, SUSPECTED));
  });

  it('costs members their life where nobody may refute', () => {
    const link = lossy(0.1, constant({ ms: 10 }));
    const { said } = play({ suspicion: false }, { horizonMs: 300_000, link });
    expect(count(said, FORGOTTEN)).toBeGreaterThan(100);
  });

  it('is mostly made good by members that ping for each other', () => {
    const faults = (indirect: number) => {
      const link = lossy(0.05, constant({ ms: 10 }));
      return count(
        play({ indirect, updatesPerMessage: 20 }, { horizonMs: 60_000, link }).said,
        SUSPECTED,
      );
    };
    expect(faults(3)).toBeLessThan(faults(0) / 10);
  });
});

describe('whatever befalls the members', () => {
  it('what they say of each other makes sense', () => {
    const fault = fc
      .tuple(fc.nat(30_000), fc.nat(5), fc.constantFrom('crash', 'restart'))
      .map(([atMs, node, kind]) => ({ atMs, node, kind }) as Fault);
    const given = fc.record({
      seed: fc.string({ minLength: 1, maxLength: 3 }),
      loss: fc.constantFrom(0, 0.1, 0.5),
      faults: fc.array(fault, { maxLength: 6 }),
      phase: fc.constantFrom('random', 'synchronised'),
      suspicion: fc.boolean(),
      targets: fc.constantFrom('random', 'round-robin'),
      dissemination: fc.constantFrom('infection', 'multicast'),
    });
    fc.assert(
      fc.property(given, ({ seed, loss, faults, phase, ...options }) => {
        const holds = new Map<string, number>(); // of a pair: the last fact, JOINED at the start
        const of = (node: number, subject: number) => `${node} ${subject}`;
        const last = (node: number, subject: number) => holds.get(of(node, subject)) ?? JOINED;
        simulate({
          ...{ seed, n: 6, overlay: complete, horizonMs: 60_000, checked: true },
          link: lossy(loss, uniform({ minMs: 1, maxMs: 300 })),
          rounds: { periodMs: 1000, phase: phase as 'random' },
          protocol: swim(options as SwimOptions),
          faults: faults.toSorted((a, b) => a.atMs - b.atMs),
          observers: [
            {
              onFault(_now, node, kind) {
                // A new life knows nobody.
                if (kind === 'restart')
                  for (let s = 0; s < 6; s++) holds.set(of(node, s), FORGOTTEN);
              },
              onFact(_now, fact, node, subject) {
                expect(subject).not.toBe(node);
                const before = last(node, subject);
                if (fact === TRUSTED) expect(before).toBe(SUSPECTED);
                if (fact === SUSPECTED) expect([JOINED, TRUSTED]).toContain(before);
                if (fact === FORGOTTEN) expect(before).toBe(SUSPECTED);
                holds.set(of(node, subject), fact);
              },
            },
          ],
        });
      }),
      { seed: 61, numRuns: 80 },
    );
  });
});

async function golden(name: string, shows: string, change: Partial<Scenario<SwimMessage>>) {
  const { lines, outcome } = traced({
    ...{ seed: 'golden', n: 3, overlay: complete, link: constant({ ms: 20 }), checked: true },
    protocol: swim({ timeoutMs: 50, suspicionPeriods: 3 }),
    rounds: { periodMs: 200, phase: 'synchronised' },
    horizonMs: 790,
    ...change,
  });
  expect(lines.length).toBeLessThanOrEqual(100);
  const page = [`# ${shows}`, ...lines, `# ${outcome.hash}`, ''].join('\n');
  await expect(page).toMatchFileSnapshot(`../../golden/${name}.trace`);
}

describe('traces', () => {
  it('a crash', () =>
    golden(
      'swim-crash',
      'node 2 crashes: a ping, a ping-req, a suspicion, three periods later its end',
      {
        faults: [crash(190, 2)],
        horizonMs: 1100,
      },
    ));
  it('a refutation', () =>
    golden('swim-refutation', 'node 2 is paused for 200 ms, suspected, hears of it and refutes', {
      faults: [{ atMs: 190, node: 2, kind: 'pause', untilMs: 420 }],
    }));
});
