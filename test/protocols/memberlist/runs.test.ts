import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DIED,
  type Fault,
  FORGOTTEN,
  JOINED,
  type Scenario,
  SUSPECTED,
  TRUSTED,
} from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import {
  channels,
  complete,
  constant,
  lossy,
  stalled,
  stalls,
  uniform,
} from '../../../src/network/index.ts';
import { memberlist } from '../../../src/protocols/memberlist/memberlist.ts';
import { ALIVE } from '../../../src/protocols/memberlist/members.ts';
import type { MemberlistMessage } from '../../../src/protocols/memberlist/messages.ts';
import type { MemberlistOptions } from '../../../src/protocols/memberlist/options.ts';
import { PRESETS } from '../../../src/protocols/memberlist/presets.ts';
import { traced } from '../../engine/support.ts';

const NO_TABLE = new Int32Array(0);
type Saying = readonly [ms: number, fact: number, node: number, subject: number];

function play(
  options: MemberlistOptions,
  given: Partial<Scenario<MemberlistMessage>> & { readonly horizonMs: number },
) {
  const said: Saying[] = [];
  const outcome = simulate({
    ...{ seed: 'memberlist', n: 16, overlay: complete, link: constant({ ms: 1 }), checked: true },
    protocol: memberlist(options),
    observers: [
      { onFact: (now, fact, node, subject) => said.push([now / 1000, fact, node, subject]) },
    ],
    ...given,
  });
  return { outcome, said };
}

const crash = (atMs: number, node: number): Fault => ({ atMs, node, kind: 'crash' });
const restart = (atMs: number, node: number): Fault => ({ atMs, node, kind: 'restart' });
const of = (said: Saying[], fact: number, subject?: number) =>
  said.filter((one) => one[1] === fact && (subject === undefined || one[3] === subject));

describe('a crash', () => {
  const scores: number[] = [];
  const { said } = play(
    { watch: { scored: (_node, score) => scores.push(score) } },
    { horizonMs: 100_000, faults: [crash(10_000, 3)] },
  );

  it('is declared the shortest suspicion after it is first suspected', () => {
    const [suspected] = of(said, SUSPECTED);
    const [died] = of(said, DIED);
    expect(died[0] - suspected[0]).toBeCloseTo(4816, 6);
    expect(of(said, DIED).length).toBe(15);
  });

  it('costs the first accuser three points: the NACKs come too late', () => {
    expect(scores[0]).toBe(3);
  });

  it('is forgotten at the end of a lap, 30 s later', () => {
    const gone = of(said, FORGOTTEN);
    expect(gone.length).toBe(15);
    const [[last]] = of(said, DIED).toReversed();
    expect(gone[0][0]).toBeGreaterThan(of(said, DIED)[0][0] + 30_000);
    expect(gone.at(-1)![0]).toBeLessThan(last + 30_000 + 17_000);
  });
});

describe('without NACKs, with Local, with awareness off', () => {
  const scoresOf = (options: MemberlistOptions) => {
    const scores: number[] = [];
    const watch = { scored: (_node: number, score: number) => scores.push(score) };
    play({ ...options, watch }, { horizonMs: 30_000, faults: [crash(10_000, 3)] });
    return Math.max(0, ...scores);
  };
  it('a failed probe costs one', () => expect(scoresOf({ nacks: false })).toBeLessThan(4));
  it('NACKs come in time', () => expect(scoresOf({ preset: 'local' })).toBe(0));
  it('nothing costs anything', () => expect(scoresOf({ awareness: false })).toBe(0));
});

describe('joining and coming back', () => {
  it('all learn of who joins, and it of them', () => {
    const faults: Fault[] = [{ atMs: 0, node: 15, kind: 'absent' }, restart(5000, 15)];
    const { said } = play({ members: 15 }, { horizonMs: 20_000, faults });
    expect(of(said, JOINED, 15).length).toBe(15);
    expect(said.filter(([, fact, node]) => fact === JOINED && node === 15).length).toBe(15);
  });

  it('a new life refutes the death of the old one', () => {
    const faults = [crash(5000, 4), restart(30_000, 4)];
    const { said } = play({}, { horizonMs: 60_000, faults });
    expect(of(said, DIED, 4).length).toBe(15);
    expect(of(said, TRUSTED, 4).length).toBe(15);
  });

  it('who leaves is told apart from the dead', () => {
    const { said } = play(
      { commands: ['leave'] },
      { horizonMs: 30_000, workload: [{ atMs: 5000, node: 2, input: 0 }] },
    );
    expect(of(said, FORGOTTEN, 2).length).toBe(15);
    expect(said.some(([, fact]) => fact === DIED || fact === SUSPECTED)).toBe(false);
  });
});

describe('a ping on a connection', () => {
  const link = channels({ datagram: lossy(0.3, constant({ ms: 1 })), stream: constant({ ms: 1 }) });
  it('saves every probe that only loses packets', () => {
    let saved = 0;
    const watch = { savedByStream: () => saved++ };
    const { said } = play({ watch }, { horizonMs: 60_000, link });
    expect(saved).toBeGreaterThan(50);
    expect(of(said, SUSPECTED)).toEqual([]);
  });
  it('does not where it is switched off', () => {
    const { said } = play({ streamPing: false }, { horizonMs: 60_000, link });
    expect(of(said, SUSPECTED).length).toBeGreaterThan(50);
  });
});

describe('members that stall', () => {
  it('accuse one other each time they go on, and are accused', () => {
    const openAt = stalls({
      ...{ nodes: [0], startMs: 5000, blockedMs: 6000, openMs: 4000 },
      endMs: 45_000,
    });
    const accused: number[] = [];
    const options = {
      openAt,
      watch: {
        probeFailed: (node: number, target: number) => {
          if (node === 0) accused.push(target);
        },
      },
    };
    const link = stalled(openAt, constant({ ms: 1 }));
    const { said } = play(options, { horizonMs: 45_000, link });
    expect(accused.length).toBe(4); // four stalls
    expect(of(said, SUSPECTED, 0).length).toBe(4 * 15);
  });
});

/** [fact] what the last one about that member may have been. */
const MAY_FOLLOW: Record<number, number[]> = {
  [JOINED]: [FORGOTTEN],
  [TRUSTED]: [SUSPECTED, DIED],
  [SUSPECTED]: [JOINED, TRUSTED],
  [DIED]: [JOINED, TRUSTED, SUSPECTED],
  [FORGOTTEN]: [DIED],
};

describe('whatever befalls the members', () => {
  it('messages balance, nobody makes up an incarnation, and facts make sense', () => {
    const fault = fc
      .tuple(fc.nat(30_000), fc.nat(5), fc.constantFrom('crash', 'restart', 'pause'))
      .map(([atMs, node, kind]) => ({ atMs, node, kind, untilMs: atMs + 4000 }) as Fault);
    const given = fc.record({
      seed: fc.string({ minLength: 1, maxLength: 3 }),
      loss: fc.constantFrom(0, 0.1, 0.6),
      faults: fc.array(fault, { maxLength: 6 }),
      awareness: fc.boolean(),
      buddy: fc.boolean(),
      nacks: fc.boolean(),
      races: fc.boolean(),
      streamPing: fc.boolean(),
      version: fc.constantFrom('0.2.2', '0.6.0'),
    });
    const N = 6;
    fc.assert(
      fc.property(given, ({ seed, loss, faults, ...options }) => {
        const highest = new Int32Array(N).fill(1); // [subject] that it has taken itself
        const last = new Map<number, number>(); // node * N + subject -> last fact
        simulate<MemberlistMessage>({
          ...{ seed, n: N, overlay: complete, horizonMs: 45_000, checked: true },
          link: channels({
            datagram: lossy(loss, uniform({ minMs: 1, maxMs: 300 })),
            stream: uniform({ minMs: 1, maxMs: 300 }),
          }),
          protocol: memberlist({
            ...(options as MemberlistOptions),
            preset: { ...PRESETS.lan, gossipToTheDeadMs: 3000, pushPullIntervalMs: 7000 },
          }),
          workload: [{ atMs: 20_000, node: 2, input: 0 }],
          faults: faults.toSorted((a, b) => a.atMs - b.atMs),
          observers: [
            {
              onSend(_now, from, _to, { news, table = NO_TABLE }) {
                // Only the member itself is the first to say a higher one.
                const says = (status: number, subject: number, incarnation: number) => {
                  if (subject === from && status === ALIVE) {
                    highest[subject] = Math.max(highest[subject], incarnation);
                  }
                  if (incarnation > highest[subject]) throw new Error('nobody has said it');
                };
                for (const one of news) says(one.status, one.subject, one.incarnation);
                for (let i = 0; i < table.length; i += 3)
                  says(table[i + 1], table[i], table[i + 2]);
              },
              onFault(_now, node, kind) {
                if (kind !== 'restart') return;
                for (let s = 0; s < N; s++) last.set(node * N + s, FORGOTTEN);
              },
              onFact(_now, fact, node, subject) {
                if (MAY_FOLLOW[fact] === undefined) return;
                const before = last.get(node * N + subject) ?? JOINED;
                if (subject === node || !MAY_FOLLOW[fact].includes(before)) {
                  throw new Error(`${fact} after ${before} at ${node} about ${subject}`);
                }
                last.set(node * N + subject, fact);
              },
            },
          ],
        });
      }),
      { seed: 67, numRuns: 25 },
    );
  });
});

async function golden(
  name: string,
  shows: string,
  options: MemberlistOptions,
  change: Partial<Scenario<MemberlistMessage>>,
) {
  const preset = { ...PRESETS.lan, pushPullIntervalMs: 0, ...(options.preset as object) };
  const { lines, outcome } = traced({
    ...{ seed: 'golden', n: 3, overlay: complete, link: constant({ ms: 20 }), checked: true },
    horizonMs: 2000,
    ...change,
    protocol: memberlist({ ...options, preset }),
  });
  expect(lines.length).toBeLessThanOrEqual(110);
  const page = [`# ${shows}`, ...lines, `# ${outcome.hash}`, ''].join('\n');
  await expect(page).toMatchFileSnapshot(`../../golden/${name}.trace`);
}

describe('traces', () => {
  it('a probe that fails at score 0', () =>
    golden(
      'memberlist-probe',
      'node 2 crashes: a ping, a request and a connection; node 0 suspects it before the NACK comes',
      { preset: { ...PRESETS.lan, retransmitMult: 1 } },
      { faults: [crash(0, 2)], horizonMs: 2200 },
    ));
  it('a probe that fails at score 1', () =>
    golden(
      'memberlist-probe-unwell',
      'node 2 crashes; the second probe of node 0 has two intervals, so that the NACK comes in time',
      { preset: { ...PRESETS.lan, retransmitMult: 1, suspicionMult: 20 }, streamPing: false },
      { faults: [crash(0, 2)], horizonMs: 5500 },
    ));
  it('a refutation', () =>
    golden(
      'memberlist-refutation',
      'node 2 is paused, suspected, told so with a ping, and refutes',
      { preset: { ...PRESETS.lan, retransmitMult: 2 }, streamPing: false },
      { faults: [{ atMs: 0, node: 2, kind: 'pause', untilMs: 2100 }], horizonMs: 2600 },
    ));
  it('a join', () =>
    golden(
      'memberlist-join',
      'node 2 joins: its table for that of another, and gossip about it',
      { members: 2, preset: { ...PRESETS.lan, retransmitMult: 2 } },
      {
        faults: [{ atMs: 0, node: 2, kind: 'absent' }, restart(100, 2)],
        horizonMs: 700,
      },
    ));
  it('a leave', () =>
    golden(
      'memberlist-leave',
      'node 2 leaves: the others are told until its broadcast is used up',
      { commands: ['leave'], preset: { ...PRESETS.lan, retransmitMult: 3 } },
      { workload: [{ atMs: 100, node: 2, input: 0 }], horizonMs: 800 },
    ));
});
