/** Beliefs, conditions and moments of runs that are small enough to be read. */
import { describe, expect, it } from 'vitest';
import { DIED, FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../../src/engine/model.ts';
import {
  beliefsLog,
  DROPPED,
  HOLDS_DEAD,
  OLD_NEWS,
  SUSPECTS,
  TRUSTS,
  UNKNOWN,
} from '../../../src/report/replay/beliefs.ts';
import { ABSENT, DOWN, livesLog, PAUSED, SLOW } from '../../../src/report/replay/lives.ts';
import { Cells, LogWriter } from '../../../src/report/replay/log.ts';
import { marksOf } from '../../../src/report/replay/marks.ts';
import type { RunColumns } from '../../../src/report/replay/model.ts';
import { Views } from '../../../src/report/replay/views.ts';
import { byHand } from './by-hand.ts';

const belief = (run: RunColumns, time: number, observer: number, subject: number) => {
  const cells = new Cells(beliefsLog(run));
  cells.seek(time);
  return cells.value[observer * run.n + subject];
};

describe('beliefs', () => {
  it('follow what is reported: suspected, dead, dropped, trusted', () => {
    const run = byHand({
      n: 2,
      facts: [
        [10, SUSPECTED, 0, 1],
        [20, DIED, 0, 1],
        [30, FORGOTTEN, 0, 1],
        [40, TRUSTED, 0, 1],
      ],
    });
    const at = (time: number) => belief(run, time, 0, 1);
    expect([9, 10, 20, 30, 40].map(at)).toEqual([TRUSTS, SUSPECTS, HOLDS_DEAD, DROPPED, TRUSTS]);
    expect(belief(run, 30, 1, 0)).toBe(TRUSTS);
  });

  it('are old news after a restart, until they are taken back', () => {
    const run = byHand({
      n: 2,
      faults: [
        [5, 'crash', 1],
        [20, 'restart', 1],
      ],
      facts: [
        [10, SUSPECTED, 0, 1],
        [30, JOINED, 0, 1],
      ],
    });
    expect(belief(run, 19, 0, 1)).toBe(SUSPECTS);
    expect(belief(run, 20, 0, 1)).toBe(SUSPECTS | OLD_NEWS);
    expect(belief(run, 30, 0, 1)).toBe(TRUSTS);
  });

  it('end with the life of the observer, and what it says when it is down is nothing', () => {
    const run = byHand({
      n: 3,
      faults: [
        [20, 'crash', 0],
        [40, 'restart', 0],
      ],
      facts: [
        [10, SUSPECTED, 0, 1],
        [30, SUSPECTED, 0, 2],
      ],
    });
    expect([19, 20, 30, 50].map((time) => belief(run, time, 0, 1))).toEqual([SUSPECTS, 0, 0, 0]);
    expect(belief(run, 50, 0, 2)).toBe(TRUSTS);
  });

  it('are none of whom an observer does not know: it has not come, or is joined first of all', () => {
    const run = byHand({
      n: 3,
      faults: [
        [0, 'absent', 2],
        [10, 'restart', 2],
      ],
      facts: [
        [5, JOINED, 0, 1],
        [20, JOINED, 0, 2],
      ],
    });
    expect([4, 5].map((time) => belief(run, time, 0, 1))).toEqual([UNKNOWN, TRUSTS]);
    expect([9, 19, 20].map((time) => belief(run, time, 0, 2))).toEqual([UNKNOWN, UNKNOWN, TRUSTS]);
    expect(belief(run, 0, 1, 0)).toBe(TRUSTS); // nothing is said of it
  });
});

it('conditions: a crash ends a pause, a restart does not end slowness', () => {
  const run = byHand({
    n: 1,
    faults: [
      [0, 'absent', 0],
      [1, 'restart', 0],
      [2, 'pause', 0],
      [3, 'slow', 0],
      [4, 'crash', 0],
      [5, 'pause', 0],
      [6, 'restart', 0],
      [7, 'quick', 0],
    ],
  });
  const cells = new Cells(livesLog(run));
  const at = (time: number) => {
    cells.seek(time);
    return cells.value[0];
  };
  const conditions = [ABSENT, 0, PAUSED, PAUSED | SLOW, DOWN | SLOW, DOWN | SLOW, SLOW, 0];
  expect([0, 1, 2, 3, 4, 5, 6, 7].map(at)).toEqual(conditions);
  expect([7, 6, 5, 4, 3, 2, 1, 0].map(at)).toEqual([...conditions].reverse());
});

it('cells are the same whichever way a time was reached', () => {
  const writer = new LogWriter(() => new Uint8Array(5));
  for (let i = 0; i < 500; i++) writer.set(i >> 1, (i * 7) % 5, (i * i) % 11);
  const log = writer.close();
  const moved = new Cells(log);
  for (let i = 0; i < 300; i++) {
    const time = (i * 97) % 260;
    moved.seek(time);
    const fresh = new Cells(log);
    fresh.seek(time);
    expect(moved.value).toEqual(fresh.value);
  }
});

describe('views', () => {
  const run = byHand({
    n: 4,
    faults: [
      [20, 'crash', 3],
      [50, 'restart', 3],
    ],
    facts: [
      [10, SUSPECTED, 0, 3],
      [30, SUSPECTED, 1, 3],
      [40, SUSPECTED, 2, 3],
      [60, TRUSTED, 0, 3],
    ],
  });

  it('count live nodes doubted and dead ones trusted', () => {
    const views = new Views(run);
    const at = (time: number) => {
      views.seek(time);
      return [views.upNodes, views.doubtedUp, views.trustedDown, views.doubters[3]];
    };
    const times = [0, 10, 20, 30, 40, 50, 60];
    const all = [
      ...[
        [4, 0, 0, 0],
        [4, 1, 0, 1],
        [3, 0, 2, 1],
        [3, 0, 1, 2],
      ],
      ...[
        [3, 0, 0, 3],
        [4, 3, 0, 3],
        [4, 2, 0, 2],
      ],
    ];
    expect(times.map(at)).toEqual(all);
    expect([...times].reverse().map(at)).toEqual([...all].reverse());
  });

  it('make the moments to jump to', () => {
    expect(marksOf(run, []).map(({ at, kind, text }) => `${at} ${kind}: ${text}`)).toEqual([
      '10 wrong: first suspicion: node 0 suspects node 3, which is alive: a false positive',
      '20 fault: node 3 crashes',
      '30 right: node 1 suspects node 3, which is down',
      '40 right: all 3 others have noticed that node 3 is down',
      '40 done: nobody is wrong about any other',
      '50 life: node 3 is started again',
    ]);
  });

  it('and partitions, too, those of one instant together with what befalls', () => {
    const side = [0, 1, 2];
    const cut = { start: 15, end: Infinity, oneWay: false, side };
    const texts = marksOf(run, [cut, { ...cut, oneWay: true, end: 44 }]).map(({ text }) => text);
    expect(texts).toContain('nodes 0-2 are cut off from the others');
    expect(texts).toContain('nodes 0-2 can send nothing to the others');
    expect(texts.filter((text) => text.includes('connected again'))).toHaveLength(1);
  });
});
