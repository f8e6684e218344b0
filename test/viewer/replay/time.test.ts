/** What the page computes without drawing: steps, speeds, links, curves, places in a partition, messages to be seen. */
import { describe, expect, it } from 'vitest';
import { HEARD, LOST } from '../../../src/report/replay/model.ts';
import { hashOf, speedFor, timeIn } from '../../../src/viewer/replay/clock.ts';
import { pathOf, valueAt } from '../../../src/viewer/replay/curves.ts';
import { MessageIndex } from '../../../src/viewer/replay/messages.ts';
import { momentsOf, neighbour } from '../../../src/viewer/replay/moments.ts';
import { positionsAt } from '../../../src/viewer/replay/positions.ts';
import type { Cut, Replay } from '../../../src/viewer/replay/run.ts';
import { byHand } from '../../report/replay/by-hand.ts';

const replayOf = (cuts: readonly Cut[], n = 8): Replay => ({
  ...byHand({ n, facts: [[5, 4, 0, 1]] }),
  x: Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * i) / n)),
  y: Float64Array.from({ length: n }, (_, i) => -Math.cos((2 * Math.PI * i) / n)),
  ...{ regions: [], edges: new Float64Array(0), cuts, words: [], topics: [], marks: [] },
  ...{ slice: 1, sent: new Float64Array(0), lost: new Float64Array(0) },
});

const cut = (side: readonly number[], more: Partial<Cut> = {}): Cut => ({
  ...{ start: 100, end: 500, oneWay: false },
  isSide: Uint8Array.from({ length: 8 }, (_, i) => (side.includes(i) ? 1 : 0)),
  ...more,
});

it('a link leads to the very instant', () => {
  for (const time of [0, 1, 1_234_567, 12_500_000]) expect(timeIn(hashOf(time))).toBe(time);
  expect(timeIn('#t=12.5s')).toBe(12_500_000);
  expect(timeIn('#t=12')).toBe(12_000_000);
  for (const other of ['', '#marks', '#t=', '#t=-1s', '#t=1e3s'])
    expect(timeIn(other)).toBeUndefined();
});

it('a run is played in half a minute to a minute and a half', () => {
  for (const seconds of [0.05, 1, 30, 120, 600]) {
    const shown = seconds / speedFor(seconds * 1e6);
    expect(shown).toBeGreaterThanOrEqual(30);
    expect(shown).toBeLessThanOrEqual(90);
  }
});

it('steps go to what happens next or happened before, partitions too, and stop at the ends', () => {
  const moments = momentsOf(replayOf([cut([1]), cut([2], { end: Infinity })]));
  expect([...moments]).toEqual([0, 5, 100, 500, 1000]);
  expect([0, 4, 5, 700, 1000].map((time) => neighbour(moments, time, 1))).toEqual([
    ...[5, 5, 100, 1000, 1000],
  ]);
  expect([0, 4, 5, 700, 1000].map((time) => neighbour(moments, time, -1))).toEqual([
    0, 0, 0, 500, 500,
  ]);
});

it('a curve holds its value until the next step', () => {
  const steps = { at: Float64Array.of(10, 20), value: Float64Array.of(3, 1) };
  expect([0, 9, 10, 19, 20, 99].map((time) => valueAt(steps, time))).toEqual([0, 0, 3, 3, 1, 1]);
  expect(pathOf(steps, 100, 3, 100, 30)).toBe('M0,30H10V0H20V20H100');
});

describe('in a partition', () => {
  const side = (x: number, y: number, d: { x1: number; y1: number; x2: number; y2: number }) =>
    Math.sign((d.x2 - d.x1) * (y - d.y1) - (d.y2 - d.y1) * (x - d.x1));

  it.each([
    ['neighbours', [0, 1, 2]],
    ['scattered nodes', [0, 3, 5]],
  ])('a line is between the sides: %s', (_, nodes) => {
    const replay = replayOf([cut(nodes)]);
    const { x, y, dividers } = positionsAt(replay, 300);
    expect(dividers).toHaveLength(1);
    const sides = [...x].map((value, node) => side(value, y[node], dividers[0]));
    const own = sides[nodes[0]];
    expect(sides.map((is) => is === own)).toEqual([...x].map((_, node) => nodes.includes(node)));
    expect([...x, ...y].every((value) => Math.abs(value) <= 1.01)).toBe(true);
  });

  it('who is cut off alone steps out', () => {
    const { x, y, alone, dividers } = positionsAt(replayOf([cut([3]), cut([5])]), 300);
    expect([...alone.keys()]).toEqual([3, 5]);
    expect(dividers).toEqual([]);
    const out = [...x].map((value, node) => Math.hypot(value, y[node]));
    expect(Math.min(out[3], out[5])).toBeGreaterThan(1.1 * out[0]);
  });

  it('nodes stand where they stood before and after it, and it is a matter of the time alone', () => {
    const replay = replayOf([cut([0, 1, 2])]);
    for (const time of [99, 550, 1000]) {
      expect(positionsAt(replay, time)).toMatchObject({ x: replay.x, y: replay.y, calm: 1 });
    }
    expect(positionsAt(replay, 105)).toEqual(positionsAt(replay, 105));
    expect(positionsAt(replay, 105).key).not.toBe(positionsAt(replay, 106).key);
    expect(positionsAt(replay, 200).key).toBe(positionsAt(replay, 300).key);
  });
});

it('messages are seen on their way, for a while after it, and half way where they are lost', () => {
  const n = 600;
  const at = Float64Array.from({ length: n }, (_, i) => 10 * i);
  const fate = Uint8Array.from(at, (_, i) => (i % 10 === 0 ? LOST : HEARD));
  const arrives = at.map((time, i) => (fate[i] === LOST ? Infinity : time + (i === 1 ? 5000 : 20)));
  const ends = Int32Array.from(at, () => 0);
  const columns = {
    at,
    arrives,
    done: arrives,
    from: ends,
    to: ends,
    word: ends,
    fate,
    news: fate,
  };
  const index = new MessageIndex(columns);
  expect(index.typical).toBe(20);
  const seen: [number, number, number][] = [];
  index.at(4000, 15, (i, share, over) => seen.push([i, share, over]));
  const late = [1, (4000 - 10) / 5000, 0];
  const under = [398, 1, 0];
  expect(seen).toEqual([late, [397, 1, 10], under, [399, 0.5, 0], [400, 0, 0]]);
  expect(index.underWay(4000)).toBe(2);
});
