/** What may be asked, and what is said to those who ask otherwise. */
import { expect, it } from 'vitest';
import { questionOf, textOf } from '../../../../src/experiment/scenario/explain/index.ts';

const ask = (what: string, by?: string, when?: string) => questionOf({ what, by, when }, 100);

it.each(['dead 88', 'suspected 88', 'not-dead 0', 'reached 12 of 3', 'unreached 12'])(
  '%s',
  (what) => expect(textOf(ask(what))).toBe(what),
);

it('knows whose view, and when', () => {
  expect(ask(' Dead  88 ', '17', '34s')).toEqual({
    asked: { is: 'dead', subject: 88 },
    by: 17,
    when: 34e6,
  });
  expect(ask('dead 88', undefined, 'last').when).toBe('last');
});

it.each([
  ['ded 88', undefined, undefined, "Did you mean 'dead 88'? Known: 'dead 88', "],
  ['why 88', undefined, undefined, `--what "why 88" is no question. Known: 'dead 88'`],
  ['dead', undefined, undefined, `--what must be dead NODE, as in 'dead 88'; got "dead"`],
  ['dead 88 of 3', undefined, undefined, 'must be dead NODE'],
  ['reached 12 of', undefined, undefined, 'reached NODE, or reached NODE of RUMOUR'],
  ['dead 100', undefined, undefined, 'must name a node, a number in 0..99; got "100"'],
  ['dead -1', undefined, undefined, 'must name a node'],
  ['reached 12 of x', undefined, undefined, 'must name a rumour by its number'],
  ['dead 88', 'x', undefined, '--by must name a node, a number in 0..99; got "x"'],
  ['dead 88', undefined, 'soon', '--when must be first, last, or a time from which on to look'],
  ['dead 88', undefined, '34', 'as in 34s; got "34"'],
])('%s %s %s', (what, by, when, sentence) => {
  expect(() => ask(what, by, when)).toThrow(sentence);
});
