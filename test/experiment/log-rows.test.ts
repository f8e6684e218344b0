/** A log as it lies in the file: what is read, and what is said about a bad one. */
import { describe, expect, it, test } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { type LogFormat, type LogRows, readRows } from '../../src/experiment/log-rows.ts';
import { formatOf, isoTime, numericTime } from '../../src/experiment/log-time.ts';

const read = (text: string, format?: LogFormat): LogRows =>
  readRows(new TextEncoder().encode(text), 'x.csv', format);

/** Its rows as ms and pair. */
const rowsOf = ({ times, pairs }: LogRows) => Array.from(times, (us, i) => [us / 1000, pairs[i]]);

describe('a log', () => {
  it('is read by its headings, in any order; what else is in it is passed over', () => {
    const rows = read(
      '# a comment\nsubject,site,observer,time\ndb,x,mon,1000.5\n\nweb,y,mon,-3\ndb,x,mon,2e3\n',
    );
    expect(rowsOf(rows)).toEqual([
      [1000.5, 0],
      [-3, 1],
      [2000, 0],
    ]);
    expect(rows).toMatchObject({ observers: 1, subjects: 2, pairCount: 2, sequences: undefined });
  });

  it('may call its columns anything', () => {
    const format = { time: 'at', observer: 'who', subject: 'of whom', sequence: 'no' };
    const { sequences, ...rows } = read('no,at,who,of whom\n7,1,a,b\n8,2,b,a\n', format);
    expect(rowsOf(rows as LogRows)).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect([...sequences!]).toEqual([7, 8]);
  });

  it('needs no observer: then there is one', () => {
    expect(read('time,subject\n1,a\n2,b\n')).toMatchObject({ observers: 1, pairCount: 2 });
  });

  it.each([
    ['semicolons, and a comma in the time', 'time;subject\n2024-01-01 00:00:01,5;a\n'],
    ['tabs', 'time\tsubject\n2024-01-01T00:00:01.5Z\ta\n'],
    [
      'quotes, a byte order mark and carriage returns',
      '\ufeff"time","subject"\r\n"2024-01-01 00:00:01.500","a"\r\n',
    ],
    ['blanks', 'time , subject\n 2024-01-01 01:00:01.5 +01:00 , a\n'],
    ['empty fields at the end', 'time,subject\n2024-01-01T00:00:01.500000Z,a,,\n'],
  ])('may have %s', (_what, text) => {
    expect([...read(text).times]).toEqual([Date.UTC(2024, 0, 1, 0, 0, 1, 500) * 1000]);
  });

  it.each([
    ['s', '1.25', 1_250_000],
    ['ms', '1.25', 1250],
    ['us', '1.25', 1],
    ['ns', '1700000000000000000', 1.7e15],
  ] as const)('may count time in %s', (unit, text, us) => {
    expect([...read(`time,subject\n${text},a\n`, { unit }).times]).toEqual([us]);
  });
});

const HEAD = 'time,observer,subject,sequence\n1,o,s,1\n';
const SKIP = '; --skip-bad counts such rows and goes on';
const NONE = 'x.csv: expected a header with the column "time"; found ';

test.each([
  ['nothing', '', 'x.csv: expected a header and a row per heartbeat; the file is empty'],
  ['blank lines only', '\n\n# and a comment\n', 'the file is empty'],
  [
    'a header only',
    'time,subject\n',
    'x.csv: expected a row per heartbeat below the header; found none',
  ],
  ['no header', '1,a\n2,b\n', `${NONE}"1", "a": --time NAME says which column it is`],
  ['JSON', '{"time": 1}\n', `${NONE}"{\\"time\\": 1}": --time NAME`],
  ['no subject', 'time,host\n1,a\n', 'the column "subject"; found "time", "host": --subject NAME'],
  [
    'zeros',
    'time,\0\n',
    'x.csv: expected CSV text in UTF-8; found binary data or UTF-16 (a zero at byte 6)',
  ],
  ['an open quote', `${HEAD}"2,o,s,2\n`, 'x.csv: expected CSV; Quote Not Closed'],
  [
    'a bad time',
    `${HEAD}soon,o,s,2\n`,
    `x.csv: line 3: expected a time in ms in column "time"; found "soon"${SKIP}`,
  ],
  ['no time', `${HEAD},o,s,2\n`, 'line 3: expected a time in ms in column "time"; found nothing'],
  [
    'a first time that is none',
    'time,subject\nsoon,a\n',
    'line 2: expected a time in ms or a time in ISO 8601 (--unit names another unit) in column "time"; found "soon"',
  ],
  [
    'a time in ns taken for ms',
    'time,subject\n1700000000000000000,a\n',
    'line 2: expected a time in ms or',
  ],
  [
    'a date among numbers',
    `${HEAD}\n2024-01-01T00:00:00Z,o,s,2\n`,
    'line 4: expected a time in ms in',
  ],
  [
    'a number among dates',
    'time,subject\n2024-01-01T00:00:00Z,a\n5,a\n',
    'line 3: expected a time in ISO 8601 in column "time"; found "5"',
  ],
  ['no observer', `${HEAD}2,,s,2\n`, 'line 3: expected a name in column "observer"; found nothing'],
  ['a row too short', `${HEAD}2,o\n`, 'line 3: expected a name in column "subject"; found nothing'],
  ['a row too long', `${HEAD}2,o,s,2,9\n`, 'line 3: expected 4 fields, as in the header; found 5'],
  [
    'a sequence of no number',
    `${HEAD}2,o,s,two\n`,
    'line 3: expected a whole number in column "sequence"; found "two"',
  ],
  ['half a number', `${HEAD}2,o,s,1.5\n`, 'found "1.5"'],
])('a log of %s is refused in a sentence', (_what, text, sentence) => {
  expect(() => read(text)).toThrow(UserError);
  expect(() => read(text)).toThrow(sentence);
});

test('a column that is named must be there', () => {
  expect(() => read(HEAD, { observer: 'node' })).toThrow(
    'the column "node"; found "time", "observer"',
  );
  expect(() => read('time,subject\n2024-01-01T00:00:00Z,a\n', { unit: 's' })).toThrow(
    'line 2: expected a time in s in column "time"; found "2024-01-01T00:00:00Z"',
  );
});

describe('with skipBad', () => {
  it('bad rows are counted, and the first is told', () => {
    const rows = read(`${HEAD}soon,o,s,2\n3,o,s,\n4,o,s,3\n`, { skipBad: true });
    expect([...rows.times]).toEqual([1000, 4000]);
    expect(rows.bad).toBe(2);
    expect(rows.firstBad).toBe(
      'x.csv: line 3: expected a time in ms in column "time"; found "soon"',
    );
  });

  it('a log without a good row is refused', () => {
    expect(() => read('time,subject\n?,a\n?,b\n', { skipBad: true })).toThrow(
      'x.csv: none of its 2 rows is good; the first one: x.csv: line 2: expected',
    );
  });
});

test('many rows keep their order', () => {
  const text = Array.from({ length: 5000 }, (_, i) => `${i},s${i % 7}`).join('\n');
  expect(rowsOf(read(`time,subject\n${text}\n`))).toEqual(
    Array.from({ length: 5000 }, (_, i) => [i, i % 7]),
  );
});

test.each([
  ['2024-02-29T23:59:59.999999999Z', Date.UTC(2024, 2, 1) * 1000],
  ['2024-05-13 08:00:00,123', Date.UTC(2024, 4, 13, 8, 0, 0, 123) * 1000],
  ['2024-05-13T08:00:00.000001+0530', Date.UTC(2024, 4, 13, 2, 30) * 1000 + 1],
  ['2024-05-13T08:00:00-03:00', Date.UTC(2024, 4, 13, 11) * 1000],
  ['2023-02-29T00:00:00Z', NaN],
  ['2024-13-01T00:00:00Z', NaN],
  ['2024-05-13T24:00:00Z', NaN],
  ['2024-05-13T08:60:00Z', NaN],
  ['2024-05-13', NaN],
  ['13.05.2024 08:00:00', NaN],
])('the date %s', (text, us) => {
  expect(isoTime.read(text)).toBe(us);
});

test.each(['', '0x10', 'Infinity', '1e300', '1_000', '1,5'])('%j is no number', (text) => {
  expect(numericTime('ms').read(text)).toBeNaN();
  expect(formatOf(text, undefined)).toBeUndefined();
});
