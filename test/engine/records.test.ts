import { afterEach, expect, test, vi } from 'vitest';
import { records, widenedRecords } from '../../src/engine/records.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('more events than indices reach are refused, with what to lower', () => {
  expect(() => widenedRecords(records(1000), 2 ** 29)).toThrow(
    'simulate: 1,000 events are pending, and no run may have more. Lower the nodes, the messages of a round, or the latency',
  );
});

test('so are events for which the machine has no memory', () => {
  const old = records(1000);
  vi.stubGlobal('Float64Array', function none() {
    throw new RangeError('Array buffer allocation failed');
  });
  expect(() => widenedRecords(old, 2 ** 20)).toThrow(
    'simulate: 1,000 events are pending, and this machine does not have the next 24 MiB for them. Lower',
  );
});
