import { expect, test } from 'vitest';
import { chitchat } from '../../src/detectors/chitchat.ts';
import { monitor, NO_TRANSITION } from '../../src/detectors/monitor.ts';
import { phiExponential } from '../../src/detectors/phi-exponential.ts';
import { timeout } from '../../src/detectors/timeout.ts';
import { SUSPECTED, TRUSTED } from '../../src/engine/model.ts';

const fixed = () => monitor(timeout()(2), 2, 500);

test('the first trust is silent, a suspicion comes at the deadline, and news ends it', () => {
  const watch = fixed();
  expect(watch.deadline(1)).toBe(Infinity);
  expect(watch.heard(1, 1_000_000, 1)).toBe(NO_TRANSITION);
  expect(watch.deadline(1)).toBe(1_500_000);
  expect(watch.check(1, 1_499_999)).toBe(NO_TRANSITION);
  expect(watch.check(1, 1_500_000)).toBe(SUSPECTED);
  expect([watch.suspected(1), watch.deadline(1)]).toEqual([true, Infinity]);
  expect(watch.check(1, 1_600_000)).toBe(NO_TRANSITION);
  expect(watch.heard(1, 1_700_000, 2)).toBe(TRUSTED);
  expect([watch.suspected(1), watch.deadline(1)]).toEqual([false, 2_200_000]);
});

test('a stale timer finds another deadline', () => {
  const watch = fixed();
  watch.heard(0, 0, 1);
  const armed = watch.deadline(0);
  watch.heard(0, 400_000, 2);
  expect(watch.deadline(0) === armed).toBe(false);
  expect(watch.check(0, armed)).toBe(NO_TRANSITION);
});

test('a heartbeat that is not news does not end a suspicion', () => {
  const watch = fixed();
  watch.heard(0, 0, 7);
  watch.check(0, 500_000);
  expect(watch.heard(0, 600_000, 7)).toBe(NO_TRANSITION);
  expect(watch.suspected(0)).toBe(true);
});

test('polled, it suspects when it looks, and where only looking counts it trusts then too', () => {
  const detector = phiExponential({ maxIntervalMs: null })(1);
  const watch = monitor(detector, 1, 8);
  watch.heard(0, 0, 1); // guess of 2 s: exceeded after 36.84 s
  expect(watch.check(0, 36e6)).toBe(NO_TRANSITION);
  expect(watch.check(0, 37e6)).toBe(SUSPECTED);
  detector.heard(0, 37_500_000, 2); // fed, not judged
  expect(watch.suspected(0)).toBe(true);
  expect(watch.check(0, 38e6)).toBe(TRUSTED);
});

test('who is suspected from the first heartbeat on was never trusted: no transition', () => {
  const watch = monitor(chitchat()(1), 1, 8);
  expect(watch.heard(0, 0, 1)).toBe(NO_TRANSITION); // dead until the second heartbeat
  expect(watch.check(0, 1e6)).toBe(NO_TRANSITION);
  expect(watch.heard(0, 2e6, 2)).toBe(NO_TRANSITION); // trusted for the first time
  expect(watch.check(0, 90e6)).toBe(SUSPECTED);
});

test('a subject that was dropped is unknown again', () => {
  const watch = fixed();
  watch.heard(0, 0, 9);
  watch.check(0, 500_000);
  watch.forget(0);
  expect([watch.suspected(0), watch.deadline(0)]).toEqual([false, Infinity]);
  expect(watch.heard(0, 600_000, 1)).toBe(NO_TRANSITION);
});

test('a new life of a suspected subject is trusted again', () => {
  const detector = timeout()(1);
  const watch = monitor(detector, 1, 500);
  watch.heard(0, 0, 9);
  watch.check(0, 500_000);
  detector.forget(0);
  expect(watch.heard(0, 600_000, 1)).toBe(TRUSTED);
});
