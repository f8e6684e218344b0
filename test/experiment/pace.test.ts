import { expect, test } from 'vitest';
import { nanosecondsPerEvent, paceFor } from '../../src/experiment/pace.ts';

test('the calibration is a plausible time', () => {
  expect(nanosecondsPerEvent()).toBeGreaterThan(1);
});

test('what is done in a moment is not worth a calibration', () => {
  expect(paceFor(0)).toBe(paceFor(2_000_000));
});
