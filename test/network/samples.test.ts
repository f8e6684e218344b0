import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { parseSamples } from '../../src/network/samples.ts';

const parsed = (text: string, column?: string) => [...parseSamples(text, 'rtt.csv', column)];

describe('samples from CSV', () => {
  it('are the numbers of the only column', () => {
    expect(parsed('1\n2.5\n1e2\n')).toEqual([1, 2.5, 100]);
  });

  it('may have a heading, comments, empty lines, blanks, a byte order mark and Windows line ends', () => {
    expect(parsed('\uFEFF# measured on Monday\r\nrtt_ms\r\n 1 \r\n\r\n# noon\r\n2\r\n')).toEqual([
      1, 2,
    ]);
  });

  it('are those of the column with the given heading', () => {
    expect(parsed('when,rtt_ms\nMonday,4\nTuesday,5\n', 'rtt_ms')).toEqual([4, 5]);
  });

  it.each<[string, string, string?]>([
    ['rtt.csv: line 4: expected a latency in ms, at least 0; found "slow"', '# x\n1\n\nslow\n2\n'],
    ['rtt.csv: line 2: expected a latency in ms, at least 0; found "-1"', '1\n-1\n'],
    ['rtt.csv: line 3: expected a latency in ms, at least 0; found nothing', 'a,b\n1,2\n3\n', 'b'],
    ['rtt.csv: line 2: expected a latency in ms, at least 0; found ""', 'a,b\n1,\n', 'b'],
    ['rtt.csv: expected at least one latency in ms; found none', ''],
    ['rtt.csv: expected at least one latency in ms; found none', 'rtt_ms\n'],
    ['rtt.csv: expected a column with the heading "c"; found "a", "b"', 'a,b\n1,2\n', 'c'],
    ['rtt.csv: expected a column with the heading "c"; found no row', '', 'c'],
    ['rtt.csv: expected one column; found 2: name the one that holds the latencies', 'a,b\n1,2\n'],
  ])('that are bad are named: %s', (sentence, text, column) => {
    expect(() => parsed(text, column)).toThrow(new UserError(sentence));
  });

  it('that are not CSV at all are named', () => {
    expect(() => parsed('"1\n2\n')).toThrow(/^rtt\.csv: expected CSV; /);
  });
});
