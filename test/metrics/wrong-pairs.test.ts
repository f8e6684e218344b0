import { expect, test } from 'vitest';
import { FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { wrongPairs } from '../../src/metrics/wrong-pairs.ts';

test('pairs of the living, from suspicion until news, by hand', () => {
  const wrong = wrongPairs(4);
  const steps: [() => void, number][] = [
    [() => wrong.onFact!(1, JOINED, 0, 1), 0],
    [() => wrong.onFact!(2, SUSPECTED, 0, 1), 1],
    [() => wrong.onFact!(3, FORGOTTEN, 0, 1), 1], // still the same mistake
    [() => wrong.onFact!(4, SUSPECTED, 1, 0), 2],
    [() => wrong.onFact!(5, JOINED, 0, 1), 1],
    [() => wrong.onFact!(6, SUSPECTED, 2, 3), 2],
    [() => wrong.onFault!(7, 3, 'crash'), 1], // it became true
    [() => wrong.onFact!(8, SUSPECTED, 1, 3), 1], // so is this
    [() => wrong.onFault!(9, 1, 'crash'), 0], // who was wrong is gone
    [() => wrong.onFact!(10, SUSPECTED, 0, 2), 1],
    [() => wrong.onFault!(11, 0, 'pause'), 1],
    [() => wrong.onFact!(12, TRUSTED, 0, 2), 0],
  ];
  for (const [happens, count] of steps) {
    happens();
    expect(wrong.count).toBe(count);
  }
});
