/** From rows to arrivals: order, duplicates, restarts, numbers and the period. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { micros } from '../../src/base/time.ts';
import type { Options } from '../../src/detectors/registry.ts';
import {
  contend,
  contendersFor,
  everyDetector,
  warmUpOf,
} from '../../src/experiment/contenders.ts';
import { type Log, logOf } from '../../src/experiment/log.ts';
import { readRows } from '../../src/experiment/log-rows.ts';

const HEADER = 'time,observer,subject';
type Line = string;

const logFrom = (lines: readonly Line[], periodMs?: number, header = HEADER): Log =>
  logOf(
    readRows(new TextEncoder().encode([header, ...lines].join('\n')), 'x.csv'),
    'x.csv',
    periodMs,
  );

/** Time in ms, pair and number of each arrival. */
const arrivalsOf = ({ arrivals: { times, pairs, sequences } }: Log) =>
  Array.from(times, (us, i) => [us / 1000, pairs[i], sequences[i]]);

const NUMBERED = `${HEADER},sequence`;

describe('without numbers', () => {
  it('rows are sorted, the clock starts with the first, and two of a pair at one time are one', () => {
    const log = logFrom(['7000,o,a', '5000,o,a', '5500,o,b', '6000,o,a', '6000,o,a', '6600,o,b']);
    expect(arrivalsOf(log)).toEqual([
      [0, 0, 0],
      [500, 1, 0],
      [1000, 0, 1],
      [1600, 1, 1],
      [2000, 0, 2],
    ]);
    expect(log).toMatchObject({ outOfOrder: 5, duplicates: 1, overtaken: 0, rows: 6, pairs: 2 });
    expect(log).toMatchObject({ originMs: 5000, spanMs: 2000, periodMs: 1000, numbered: false });
  });

  it('a gap counts the heartbeats that are missing in it', () => {
    const lines = [0, 1000, 2000, 5000, 6400, 8000, 8100, 9100].map((ms) => `${ms},o,a`);
    const numbers = arrivalsOf(logFrom(lines)).map(([, , number]) => number);
    expect(numbers).toEqual([0, 1, 2, 5, 6, 8, 9, 10]); // 1400 is one period, 1600 two, 100 at least one
    const halves = arrivalsOf(logFrom(lines, 500)).map(([, , number]) => number);
    expect(halves).toEqual([0, 2, 4, 10, 13, 16, 17, 19]);
  });
});

test('the period is the median of the gaps in which nothing was lost', () => {
  const lines = [0, 990, 2000, 4000, 6000, 8000].map((ms) => `${ms},o,a`); // 990, 1010, and 2000 thrice
  expect(logFrom(lines).periodMs).toBe(2000); // most were lost, or so it seems
  const fewer = [0, 990, 2000, 3020, 5020, 7020].map((ms) => `${ms},o,a`);
  expect(logFrom(fewer).periodMs).toBe(1010); // of 990, 1010 and 1020
  expect(logFrom(['0,o,a', '100,o,a', '1100,o,a']).periodMs).toBe(100);
});

describe('with numbers', () => {
  const log = logFrom(
    [
      ...['0,o,a,0', '1000,o,a,1', '1001,o,a,1', '3010,o,a,3', '3020,o,a,2', '3030,o,a,2'],
      ...['12000,o,a,12', '12000,o,a,13', '12500,o,a,3', '20000,o,a,1', '21000,o,a,2'],
    ],
    undefined,
    NUMBERED,
  );

  it('a heartbeat is known by its number; overtaken ones are left out', () => {
    expect(log).toMatchObject({ duplicates: 3, overtaken: 1, rows: 11, pairs: 1 });
  });

  it('a number that falls back begins a new life, a pair of its own', () => {
    expect(log.newLives).toBe(1);
    expect(arrivalsOf(log)).toEqual([
      [0, 0, 0],
      [1000, 0, 1],
      [3010, 0, 3],
      [12_000, 0, 12],
      [12_000, 0, 13],
      [20_000, 1, 1],
      [21_000, 1, 2],
    ]);
  });

  it('the period is the time per number of each life', () => {
    expect(log.periodMs).toBeCloseTo((12_000 + 1000) / (13 + 1), 3);
    expect(logFrom(['0,o,a,0', '1000,o,a,1'], 250, NUMBERED).periodMs).toBe(250);
  });

  it('of one instant the lower number comes first, wherever it stands', () => {
    const lines = ['0,o,a,1', '5,o,a,3', '5,o,a,2'];
    expect(arrivalsOf(logFrom(lines, undefined, NUMBERED)).map(([, , number]) => number)).toEqual([
      1, 2, 3,
    ]);
  });
});

test.each([
  ['one heartbeat of each', ['1,o,a', '2,o,b'], 'x.csv: no pair was heard twice'],
  ['one time', ['1,o,a', '1,o,b', '1,o,a'], 'x.csv: all heartbeats came at one time'],
])('a log of %s is refused', (_what, lines, sentence) => {
  expect(() => logFrom(lines)).toThrow(sentence);
});

/** How every detector does. */
function results(log: Log) {
  return contendersFor(log, everyDetector()).map((contender) => [
    contender.label,
    contender.options,
    contend(log, contender, warmUpOf(log, 0)),
  ]);
}

const row = fc.tuple(fc.nat(5000), fc.constantFrom('o', 'p'), fc.constantFrom('a', 'b'), fc.nat(9));
const logs = fc.array(row, { minLength: 8, maxLength: 30 }).filter((rows) => {
  const different = new Set(rows.map(([time, o, s]) => `${time} ${o}${s}`));
  const pairs = new Set(rows.map(([, o, s]) => o + s));
  return different.size > pairs.size && new Set(rows.map(([time]) => time)).size > 1;
});

describe.each([
  [HEADER, (rows: [number, string, string, number][]) => rows.map(([t, o, s]) => `${t},${o},${s}`)],
  [NUMBERED, (rows: [number, string, string, number][]) => numberedLines(rows)],
] as const)('a log of %s', (header, linesOf) => {
  it('says the same when its rows are shuffled, or stand there twice', () => {
    fc.assert(
      fc.property(logs, fc.infiniteStream(fc.double({ noNaN: true })), (rows, chance) => {
        const lines = linesOf(rows);
        const log = logFrom(lines, 1000, header);
        const shuffled = lines
          .map((line) => ({ line, key: chance.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ line }) => line);
        const doubled = lines.flatMap((line) => [line, line]);
        const expected = results(log);
        expect(results(logFrom(shuffled, 1000, header))).toEqual(expected);
        const twice = logFrom(doubled, 1000, header);
        expect(results(twice)).toEqual(expected);
        expect(twice.duplicates).toBe(
          2 * log.duplicates + log.overtaken + log.arrivals.times.length,
        );
        expect([twice.overtaken, twice.newLives]).toEqual([log.overtaken, log.newLives]);
      }),
      { seed: 11, numRuns: 12 },
    );
  });
});

/** Numbers that go up with time by and large. */
const numberedLines = (rows: readonly [number, string, string, number][]): string[] =>
  rows.map(
    ([time, o, s, late]) => `${time},${o},${s},${Math.max(0, Math.round(time / 100) - late)}`,
  );

describe('nfd-s', () => {
  const lines = Array.from({ length: 50 }, (_, i) => `${70_000 + i * 1000 + 20},o,a,${i}`);
  const nfdS = (originMs?: number) => ({
    label: 'nfd-s',
    name: 'nfd-s',
    options: originMs === undefined ? {} : { originMs },
  });

  it('takes the origin on the clock of the log', () => {
    const log = logFrom(lines, 1000, NUMBERED);
    const [contender] = contendersFor(log, [nfdS(70_000)], [100]);
    const [of] = contend(log, contender, 0);
    expect(of).toMatchObject({ mistakes: 0, detectionMeanMs: 1080 }); // next send time + 100
  });

  it('wants numbers and the origin', () => {
    expect(() => contendersFor(logFrom(lines, 1000, NUMBERED), [nfdS()])).toThrow(
      "nfd-s: originMs must be the log's time in ms at which heartbeat 0 was sent; got undefined",
    );
    const bare = lines.map((line) => line.replace(/,\d+$/, ''));
    expect(() => contendersFor(logFrom(bare), [nfdS(0)])).toThrow(
      'nfd-s: the log must number its heartbeats; --sequence NAME',
    );
  });
});

test('the warm-up leaves something', () => {
  const log = logFrom(['0,o,a', '1000,o,a', '2000,o,a']);
  expect(warmUpOf(log, 1500)).toBe(micros(1500));
  expect(() => warmUpOf(log, 2000)).toThrow(
    'detect: --warm-up must leave something of the log, which spans 2000 ms; got 2000',
  );
});

test('options follow the period, and what was asked for goes before', () => {
  const log = logFrom(['0,o,a', '400,o,a', '800,o,a']);
  const [contender] = contendersFor(log, [
    { label: 'nfd-e:window=8', name: 'nfd-e', options: { window: 8 } },
  ]);
  expect(contender.options).toEqual({ etaMs: 400, alphaMs: 400, window: 8 });
  expect(contender.levels[1]).toBeCloseTo(20, 9);
  const asking = (name: string, options: Options) => () =>
    contendersFor(log, [{ label: name, name, options }]);
  expect(asking('x', {})).toThrow('detect: there is no detector "x".');
  expect(asking('ed', { size: 1 })).toThrow('ed: option size is not known; there are window,');
  expect(asking('nfd-e', { window: 0 })).toThrow('nfd-e: window must be a whole number in 1..');
});
