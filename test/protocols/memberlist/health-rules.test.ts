import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete, constant } from '../../../src/network/index.ts';
import { memberlist } from '../../../src/protocols/memberlist/memberlist.ts';
import { PING } from '../../../src/protocols/memberlist/messages.ts';
import type { MemberlistOptions } from '../../../src/protocols/memberlist/options.ts';

const LATENCY_MS = 0.1;

/** What node 0 does, times in ms; `crashed` crash as it starts. */
function play(n: number, crashed: readonly number[], options: MemberlistOptions) {
  const scores: number[] = [];
  const timeouts: number[] = [];
  const failures: number[] = [];
  const pings: [ms: number, to: number][] = [];
  const ends: [confirmations: number, ms: number][] = [];
  simulate({
    ...{ n, seed: 'health', overlay: complete, link: constant({ ms: LATENCY_MS }) },
    protocol: memberlist({
      ...options,
      watch: {
        scored: (node, score) => node === 0 && scores.push(score),
        pingTimedOut: (node, _to, now) => node === 0 && timeouts.push(now / 1000),
        probeFailed: (node, _to, now) => node === 0 && failures.push(now / 1000),
        expired: (_node, _subject, confirmations, now) => ends.push([confirmations, now / 1000]),
      },
    }),
    faults: crashed.map((node): Fault => ({ atMs: 0, node, kind: 'crash' })),
    observers: [
      {
        onSend(now, from, to, message) {
          if (from === 0 && (message as { kind: number }).kind === PING)
            pings.push([now / 1000, to]);
        },
      },
    ],
    horizonMs: 30_000,
  });
  return { scores, timeouts, failures, pings, ends };
}

describe('local health as in the library', () => {
  it('costs each relay that has not said in time that it heard nothing', () =>
    expect(play(8, [7], {}).scores[0]).toBe(3));

  it('costs one where nobody need say so', () =>
    expect(play(8, [7], { nacks: false }).scores[0]).toBe(1));

  it('stretches the deadline alone', () => {
    const { timeouts, failures } = play(3, [1, 2], {});
    expect(failures.slice(0, 3).map((ms, i) => ms - timeouts[i])).toEqual([500, 1500, 2500]);
  });
});

describe('local health as in the paper', () => {
  const paper: MemberlistOptions = { healthRules: 'paper' };

  it('hears of relays at 80 % of their timeout, in time at a score of 0', () =>
    expect(play(8, [7], paper).scores[0]).toBe(1));

  // The relay of the first is dead, so that the failure costs two; the second has none.
  it('stretches the timeout, too', () => {
    const { timeouts, failures } = play(3, [1, 2], paper);
    expect(failures.slice(0, 3).map((ms, i) => ms - timeouts[i])).toEqual([500, 1500, 2000]);
  });

  it('stretches the time to the next probe, also of one that is answered', () => {
    const gapAfterFailure = (options: MemberlistOptions) => {
      const { pings, failures } = play(8, [7], options);
      const [first, second] = pings.filter(([ms, to]) => to !== 7 && ms >= failures[0]);
      return second[0] - first[0];
    };
    expect(gapAfterFailure({ nacks: false })).toBe(1000);
    expect(gapAfterFailure({ ...paper, nacks: false })).toBe(2000);
  });
});

describe('confirmations', () => {
  it('are counted up to as many as are expected', () => {
    const { ends } = play(16, [7], { confirmations: 3 });
    expect(Math.max(...ends.map(([confirmations]) => confirmations))).toBe(3);
  });

  it('count for nothing where none is expected, and suspicions are the shortest', () => {
    const { ends } = play(16, [7], { confirmations: 0, dynamicSuspicion: true });
    expect(ends.length).toBeGreaterThan(0);
    expect(ends.every(([confirmations]) => confirmations === 0)).toBe(true);
    expect(Math.min(...ends.map(([, ms]) => ms))).toBeLessThan(4816 + 3000);
  });
});
