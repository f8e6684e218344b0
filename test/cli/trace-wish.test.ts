/** Bytes do not go to a terminal. */
import { expect, it } from 'vitest';
import { formatFor } from '../../src/cli/trace-wish.ts';

it.each([
  [
    'pcap',
    undefined,
    'trace: pcap is not for a terminal; add --out run.pcap, or send it on with a pipe',
  ],
  [
    'parquet',
    undefined,
    'trace: parquet is not for a terminal; add --out run.parquet, or send it on with a pipe',
  ],
])('%s to a terminal is refused', (format, out, sentence) => {
  expect(() => formatFor(format, out, true)).toThrow(sentence);
  expect(formatFor(format, out, false)).toBe(format);
  expect(formatFor(format, 'run.txt', true)).toBe(format);
});

it('text goes to a terminal', () => {
  expect(formatFor(undefined, undefined, true)).toBe('text');
  expect(formatFor('chrome', undefined, true)).toBe('chrome');
});
