/** What of a run is to be traced: as typed -> as meant, or a sentence. */
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { checkOut, formatFor, mattersIn, nodesIn, timeIn } from '../../src/cli/trace-wish.ts';

describe('the format', () => {
  it('is that of --format, else of the name of --out, else text', () => {
    expect(formatFor('pcap', 'run.csv', true)).toBe('pcap');
    expect(formatFor(undefined, 'run.csv', true)).toBe('csv');
    expect(formatFor(undefined, undefined, true)).toBe('text');
  });

  it.each(['pcap', 'parquet'])('%s is not for a terminal', (format) => {
    expect(() => formatFor(format, undefined, true)).toThrow(
      `trace: ${format} is not for a terminal; add --out run.${format}, or send it on with a pipe`,
    );
    expect(formatFor(format, undefined, false)).toBe(format);
    expect(formatFor(format, `run.${format}`, true)).toBe(format);
  });

  it('is not guessed', () => {
    expect(() => formatFor(undefined, 'run', false)).toThrow(
      'trace: the name of --out run does not say which format it has. Known: .txt, ',
    );
  });
});

it('a file has a folder, is none, and is not the scenario', () => {
  const folder = tmpdir();
  expect(() => checkOut(folder, 'a.yaml')).toThrow(
    `trace: --out ${folder} is a folder; name a file`,
  );
  expect(() => checkOut('no/run.txt', 'a.yaml')).toThrow(
    'trace: --out no/run.txt: there is no folder no',
  );
  expect(() => checkOut('./package.json', 'package.json')).toThrow(
    'trace: --out ./package.json is the scenario itself; name another file',
  );
  checkOut('run.txt', 'a.yaml');
  checkOut('/dev/null', 'a.yaml');
});

describe('a time', () => {
  it('is a duration', () => {
    expect(['250ms', '1.5s', '0s', '10m'].map((text) => timeIn('from', text))).toEqual([
      ...[250, 1500, 0, 600_000],
    ]);
  });

  it.each([
    ['3', 'got "3". Did you mean 3ms, or 3s?'],
    ['soon', 'got "soon".'],
    ['-1s', 'got "-1s".'],
    ['', 'got "".'],
  ])('is not "%s"', (text, sentence) => {
    expect(() => timeIn('from', text)).toThrow(
      `trace: --from must be a time such as 250ms, 30s or 10m; ${sentence}`,
    );
  });
});

describe('nodes', () => {
  it('are numbers and ranges', () => {
    expect([...nodesIn('3, 5-7,6', 8)]).toEqual([3, 5, 6, 7]);
  });

  it.each([
    ['3,x', 'must be numbers and ranges, as in 3,5-9; got "3,x"'],
    ['9-3', 'must be numbers and ranges, as in 3,5-9; got "9-3"'],
    ['3,', 'must be numbers and ranges, as in 3,5-9; got "3,"'],
    ['1,7-8', 'must be from 0 to 7; got "7-8"'],
  ])('are not %s', (text, sentence) => {
    expect(() => nodesIn(text, 8)).toThrow(`trace: --nodes ${sentence}`);
  });
});

it('matters are facts, messages and faults', () => {
  expect([...mattersIn('facts, faults')]).toEqual(['facts', 'faults']);
  expect(() => mattersIn('fact')).toThrow(
    'trace: --only: there is no "fact". Did you mean facts? Known: facts, messages, faults',
  );
});
