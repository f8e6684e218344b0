import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Updates } from '../../../src/protocols/swim/updates.ts';

/** As the rule is said: all that is known, in the order in which it came, and sorted for each message. */
class Said {
  readonly #known: { subject: number; passed: number }[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(subject: number) {
    const known = this.#known.find((update) => update.subject === subject);
    if (known === undefined) this.#known.push({ subject, passed: 0 });
    else known.passed = 0;
  }

  take(limit: number) {
    const fewest = [...this.#known].sort((a, b) => a.passed - b.passed); // stable
    const told = this.#known.length <= this.#most ? [...this.#known] : fewest.slice(0, this.#most);
    for (const update of told) update.passed++;
    const kept = this.#known.filter(({ passed }) => passed < limit);
    this.#known.splice(0, Infinity, ...kept);
    return told.map(({ subject }) => subject);
  }
}

it('passes on what was passed on fewest times, and of that what came first, whatever comes when', () => {
  const act = fc.oneof(
    fc.record({ subject: fc.nat(30) }),
    fc.record({ limit: fc.integer({ min: 1, max: 5 }) }),
    fc.constant('clear' as const),
  );
  const property = fc.property(
    fc.integer({ min: 1, max: 6 }),
    fc.array(act, { maxLength: 300 }),
    (most, acts) => {
      const updates = new Updates(2, most);
      let said = new Said(most);
      for (const one of acts) {
        if (one === 'clear') {
          updates.clear(1);
          said = new Said(most);
        } else if ('subject' in one) {
          updates.add(1, one.subject);
          said.add(one.subject);
        } else expect(updates.take(1, one.limit)).toEqual(said.take(one.limit));
      }
      expect(updates.take(0, 3)).toEqual([]);
    },
  );
  fc.assert(property, { seed: 61, numRuns: 300 });
});

it('takes turns however often news is passed on', () => {
  const updates = new Updates(1, 1);
  for (const subject of [7, 8, 9]) updates.add(0, subject);
  const told = Array.from({ length: 60_000 }, () => updates.take(0, 20_000)[0]);
  expect(told.findIndex((subject, i) => subject !== 7 + (i % 3))).toBe(-1);
  expect(updates.take(0, 20_000)).toEqual([]);
});
