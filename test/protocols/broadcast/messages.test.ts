import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import {
  aboutOf,
  checkRumours,
  counterOf,
  HAVE,
  MOST_COUNTER,
  message,
  RUMOUR,
  rumourOf,
  TAG_NAMES,
  tagOf,
} from '../../../src/protocols/broadcast/messages.ts';

it('a message gives back its tag, rumour and counter, and is a 32-bit integer', () => {
  const parts = fc.tuple(
    fc.nat({ max: TAG_NAMES.length - 1 }),
    fc.nat({ max: 2 ** 20 - 1 }),
    fc.nat({ max: MOST_COUNTER }),
  );
  fc.assert(
    fc.property(parts, ([tag, about, counter]) => {
      const packed = message(tag, about, counter);
      expect([tagOf(packed), aboutOf(packed), counterOf(packed)]).toEqual([tag, about, counter]);
      expect(packed | 0).toBe(packed);
    }),
    { seed: 1 },
  );
});

it('only a message with the tag RUMOUR carries a rumour', () => {
  expect(rumourOf(message(RUMOUR, 5, 3))).toBe(5);
  expect(rumourOf(message(HAVE, 5))).toBe(-1);
});

it('a workload with more rumours than a message can name is refused', () => {
  expect(() => checkRumours(2 ** 20)).not.toThrow();
  expect(() => checkRumours(2 ** 20 + 1)).toThrow(UserError);
});
