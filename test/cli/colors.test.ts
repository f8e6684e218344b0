/** https://no-color.org, and what is no terminal gets no colour either. */
import { afterEach, expect, test, vi } from 'vitest';
import { colorsOf } from '../../src/cli/colors.ts';

afterEach(() => vi.unstubAllEnvs());

const stream = (isTTY: boolean) => ({ isTTY }) as NodeJS.WriteStream;

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', false, {}, false],
  ['a pipe where colour is demanded', false, { FORCE_COLOR: '1' }, false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('%s', (_, isTTY, env, colourful) => {
  for (const name of ['NO_COLOR', 'FORCE_COLOR']) vi.stubEnv(name, undefined);
  vi.stubEnv('TERM', 'xterm');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  expect(colorsOf(stream(isTTY)).isColorSupported).toBe(colourful);
});
