/** The options of `hearsay detect`: what is asked, and what is said about what cannot be. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { wishOf } from '../../src/cli/detect-wish.ts';

const asked = (
  texts: Readonly<Record<string, string>> = {},
  detectors: readonly string[] = [],
  path = 'logs/my.log.csv',
) =>
  wishOf({
    words: [path],
    switches: new Set(),
    texts: new Map(Object.entries(texts)),
    lists: new Map([['detector', detectors]]),
  });

test('nothing asked: every detector, the words themselves as headings, a folder by the name of the log', () => {
  expect(asked()).toEqual({
    path: 'logs/my.log.csv',
    format: { skipBad: false },
    periodMs: undefined,
    warmUpMs: 0,
    detectors: [],
    levels: undefined,
    folder: join('results', 'detect', 'my.log'),
    print: 'table',
  });
});

test('what is asked', () => {
  const texts = { time: 'at', unit: 'us', period: '250.5', levels: '8, 2,8', out: 'x' };
  const wish = asked({ ...texts, 'warm-up': '1e3', format: 'csv' }, [
    'phi-exponential:maxIntervalMs=null,window=5',
  ]);
  expect(wish).toMatchObject({
    format: { time: 'at', unit: 'us' },
    periodMs: 250.5,
    warmUpMs: 1000,
    levels: [2, 8],
    folder: 'x',
    print: 'csv',
  });
  expect(wish.detectors).toEqual([
    {
      label: 'phi-exponential:maxIntervalMs=null,window=5',
      name: 'phi-exponential',
      options: { maxIntervalMs: null, window: 5 },
    },
  ]);
});

const SHAPE = 'detect: --detector must be NAME or NAME:option=number,...; got ';

test.each([
  [{}, ['nfd-e:window'], `${SHAPE}"nfd-e:window"`],
  [{}, ['nfd-e:window=x'], `${SHAPE}"nfd-e:window=x"`],
  [{}, ['nfd-e:'], `${SHAPE}"nfd-e:"`],
  [{}, [':window=5'], `${SHAPE}":window=5"`],
  [{}, ['ed', 'ed'], 'detect: --detector ed is given twice; once is enough'],
  [
    { levels: '1,2' },
    [],
    'detect: --levels needs exactly one --detector, since each has levels of its own; got 0',
  ],
  [{ levels: '1,x' }, ['ed'], 'detect: --levels must be numbers, as in 1,2,5; got "1,x"'],
  [{ levels: '1,,2' }, ['ed'], 'detect: --levels must be numbers, as in 1,2,5; got "1,,2"'],
  [{ period: '0' }, [], 'detect: --period must be a number above 0; got 0'],
  [{ period: 'long' }, [], 'detect: --period must be a number of ms; got "long"'],
  [{ 'warm-up': '-1' }, [], 'detect: --warm-up must be a number at least 0 and finite; got -1'],
])('%j %j is refused', (texts, detectors, sentence) => {
  expect(() => asked(texts as Record<string, string>, detectors)).toThrow(UserError);
  expect(() => asked(texts as Record<string, string>, detectors)).toThrow(sentence);
});
