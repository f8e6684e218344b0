import { expect, test } from 'vitest';
import { oldestAge } from '../../src/metrics/oldest-age.ts';

test('the age of what the observer knows that knows least, by hand', () => {
  const known = [
    [2, 1, 0], // node 0 has counted 2 itself
    [1, 1, 1],
    [2, 0, 1],
  ];
  const oldest = oldestAge(3, (observer, subject) => known[observer][subject]);
  oldest.onRound!(100, 0);
  oldest.onRound!(150, 1);
  oldest.onRound!(170, 2);
  oldest.onRound!(300, 0);
  // Of 0: heartbeat 1 of time 100. Of 1: node 2 has heard nothing. Of 2: node 0 has heard nothing.
  expect([...oldest.at(400)]).toEqual([300, 400, 400]);
  known[2][1] = 1;
  expect([...oldest.at(500)]).toEqual([400, 350, 500]);
});

test('who is down is neither asked nor asked about', () => {
  const known = [
    [1, 0, 0],
    [0, 1, 0],
    [1, 0, 1],
  ];
  const oldest = oldestAge(3, (observer, subject) => known[observer][subject]);
  for (const node of [0, 1, 2]) oldest.onRound!(10, node);
  oldest.onFault!(20, 1, 'crash');
  expect([...oldest.at(30)]).toEqual([20, NaN, 30]);
  oldest.onFault!(40, 2, 'absent');
  expect([...oldest.at(50)]).toEqual([NaN, NaN, NaN]);
});
