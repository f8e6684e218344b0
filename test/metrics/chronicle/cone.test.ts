/** Three nodes by hand: a ping of 0 to 1 by way of 2, while 1 is paused; a lost message; one to a node that is down. */
import { describe, expect, it } from 'vitest';
import { DIED } from '../../../src/engine/model.ts';
import {
  type Chronicle,
  Conditions,
  causesOf,
  Effects,
  FACT,
  FAULT,
  FAULTS,
  Fates,
  HEARD,
  MISSED,
  precedes,
  ROUND,
  SENT,
  TIMED,
} from '../../../src/metrics/chronicle/index.ts';

type Line = readonly [
  at: number,
  what: number,
  node: number,
  other: number,
  word: number,
  cause: number,
  arrives?: number,
];

const LINES: readonly Line[] = [
  [0, FAULT, 2, -1, FAULTS.indexOf('absent'), -1],
  [5, FAULT, 2, -1, FAULTS.indexOf('restart'), -1],
  [10, ROUND, 0, -1, 0, -1],
  [10, SENT, 0, 1, 0, 2, 20], // 3
  [12, FAULT, 1, -1, FAULTS.indexOf('pause'), -1],
  [15, SENT, 0, 2, 1, 2, Infinity], // 5
  [30, FAULT, 1, -1, FAULTS.indexOf('resume'), -1],
  [30, HEARD, 1, 0, 0, 3], // 7
  [30, SENT, 1, 2, 2, 7, 40], // 8
  [35, TIMED, 0, -1, 0, 2], // 9
  [35, SENT, 0, 2, 3, 9, 60], // 10
  [40, HEARD, 2, 1, 2, 8], // 11
  [40, FACT, 2, 0, DIED, 11], // 12
  [50, FAULT, 2, -1, FAULTS.indexOf('crash'), -1],
  [60, MISSED, 2, 0, 3, 10], // 14
  [70, SENT, 0, 1, 0, 9, 90], // 15
];

function chronicleOf(lines: readonly Line[]): Chronicle {
  const column = <A extends Float64Array | Int32Array | Uint8Array>(
    made: A,
    of: (line: Line) => number,
  ): A => {
    lines.forEach((line, i) => {
      made[i] = of(line);
    });
    return made;
  };
  const length = lines.length;
  return {
    ...{ n: 3, length, end: 80, words: ['PING', 'PUSH', 'ACK', 'PULL'] },
    at: column(new Float64Array(length), ([at]) => at),
    what: column(new Uint8Array(length), ([, what]) => what),
    node: column(new Int32Array(length), ([, , node]) => node),
    other: column(new Int32Array(length), ([, , , other]) => other),
    word: column(new Int32Array(length), ([, , , , word]) => word),
    cause: column(new Int32Array(length), ([, , , , , cause]) => cause),
    arrives: column(new Float64Array(length), ([at, , , , , , arrives = at]) => arrives),
    bytes: new Int32Array(length),
  };
}

const CHRONICLE = chronicleOf(LINES);

describe('fates', () => {
  const fates = new Fates(CHRONICLE);
  it.each([
    ['waited for the end of a pause', 3, { is: 'heard', arrived: 20, at: 30, happening: 7 }],
    ['lost', 5, { is: 'lost' }],
    ['heard at once', 8, { is: 'heard', arrived: 40, at: 40, happening: 11 }],
    ['came to a node that is down', 10, { is: 'missed', arrived: 60, at: 60, happening: 14 }],
    ['under way at the end', 15, { is: 'pending', arrives: 90 }],
  ])('%s', (_what, i, fate) => expect(fates.of(i)).toEqual(fate));

  it('are of messages only', () => expect(() => fates.of(2)).toThrow('no message'));
});

describe('conditions', () => {
  const conditions = new Conditions(CHRONICLE);
  it('are spells between faults', () => {
    expect(conditions.of(0)).toEqual([]);
    expect(conditions.of(1)).toEqual([{ is: 'paused', from: 12, until: 30, fault: 4 }]);
    expect(conditions.of(2)).toEqual([
      { is: 'down', from: 0, until: 5, fault: 0 },
      { is: 'down', from: 50, until: Infinity, fault: 13 },
    ]);
  });
  it('begin at once and are over at their end', () => {
    expect(conditions.at(1, 12)?.is).toBe('paused');
    expect(conditions.at(1, 30)).toBeUndefined();
    expect(conditions.at(2, 1e9)?.is).toBe('down');
    expect(conditions.within(2, 5, 49)).toEqual([]);
    expect(conditions.within(2, 4, 50).length).toBe(2);
  });
});

describe('causes and effects', () => {
  it('are a chain back, and a tree forward', () => {
    expect(causesOf(CHRONICLE, 12)).toEqual([12, 11, 8, 7, 3, 2]);
    const effects = new Effects(CHRONICLE);
    expect([...effects.of(2)]).toEqual([3, 5, 9]);
    expect(effects.from(2, (i) => i !== 9)).toEqual([2, 3, 5, 7, 8, 11, 12]);
  });

  it('precede by a node, and by messages', () => {
    const yes = [
      [2, 12], // by two messages
      [4, 12], // the pause came before the message that 1 sent
      [2, 15], // by node 0
      [10, 14],
      [7, 7],
    ];
    const no = [
      [9, 12], // 0 did it when the ping had left
      [5, 12], // it was lost
      [12, 11],
      [11, 15],
    ];
    for (const [early, late] of yes) expect(precedes(CHRONICLE, early, late)).toBe(true);
    for (const [early, late] of no) expect(precedes(CHRONICLE, early, late)).toBe(false);
  });
});
