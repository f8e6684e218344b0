/** A file that is not UTF-8 is refused where it is not, and never read as something else. */
import { expect, it } from 'vitest';
import { textIn } from '../../../src/experiment/scenario/index.ts';

const YAML = 'about: d\u00e9tection\nnodes: 3\n';

it('text in UTF-8 is itself; a byte order mark is none of it', () => {
  expect(textIn(Buffer.from(YAML), 'c.yaml')).toBe(YAML);
  expect(textIn(Buffer.from(`\ufeff${YAML}`), 'c.yaml')).toBe(YAML);
});

it.each([
  [Buffer.from(YAML, 'latin1'), 'c.yaml:1:9: the file must be text in UTF-8; found bytes that are'],
  [
    Buffer.from(`\ufeff${YAML}`, 'utf16le'),
    'c.yaml:1:1: the file must be text in UTF-8; found byt',
  ],
  [Buffer.from(`\ufeff${YAML}`, 'utf16le'), ': it looks like UTF-16. Save it as UTF-8'],
  [
    Buffer.from([0x61, 0x0a, 0x61, 0xff]),
    'c.yaml:2:2: the file must be text in UTF-8; found bytes',
  ],
])('%#', (bytes, sentence) => {
  expect(() => textIn(bytes, 'c.yaml')).toThrow(sentence);
});
