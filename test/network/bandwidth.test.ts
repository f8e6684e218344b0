import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { LOST } from '../../src/engine/model.ts';
import { bandwidth } from '../../src/network/bandwidth.ts';
import { constant, exponential } from '../../src/network/latency.ts';
import { partitioned } from '../../src/network/partition.ts';
import { built, delays } from './support.ts';

const link = constant({ ms: 5 });
const MS = 1000;

describe('bandwidth', () => {
  // 1000 bytes per second: 100 bytes take 100 ms. Sent at 0, 0, 150 and 400 ms they have left at 100, 200, 300 and
  // 500 ms, and arrive 5 ms later.
  it('sends one message after the other, and the link comes on top', () => {
    const transit = built(bandwidth({ bytesPerSecond: 1000 }, link));
    const at = [0, 0, 150, 400].map((ms) => transit.delay(0, 1, ms * MS, 100));
    expect(at).toEqual([105 * MS, 205 * MS, 155 * MS, 105 * MS]);
  });

  it('is each node its own', () => {
    const transit = built(bandwidth({ bytesPerSecond: [1000, 500, 1000] }, link), 3);
    expect([0, 1, 1].map((from) => transit.delay(from, 2, 0, 100))).toEqual([
      105 * MS,
      205 * MS,
      405 * MS,
    ]);
  });

  // 0: leaves the queue idle and is taken. Then 100 + 100 bytes fit in 200; a third finds 200 and is dropped. At 50 ms
  // 150 bytes wait, 50 more fit and 51 do not.
  it('drops at the tail what does not fit, to the byte', () => {
    const transit = built(bandwidth({ bytesPerSecond: 1000, queueBytes: 200 }, link));
    const fates = [0, 0, 0].map((now) => transit.delay(0, 1, now, 100));
    expect(fates).toEqual([105 * MS, 205 * MS, LOST]);
    expect(transit.delay(0, 1, 50 * MS, 51)).toBe(LOST);
    expect(transit.delay(0, 1, 50 * MS, 50)).toBe((150 + 50 + 5) * MS);
  });

  it('takes any message while idle, and none that waits where there is no room', () => {
    const transit = built(bandwidth({ bytesPerSecond: 1000, queueBytes: 0 }, link));
    expect(transit.delay(0, 1, 0, 100)).toBe(105 * MS);
    expect(transit.delay(0, 1, 99 * MS, 100)).toBe(LOST);
    expect(transit.delay(0, 1, 100 * MS, 100)).toBe(105 * MS);
  });

  it('adds up fractions of microseconds: a million small messages are not free', () => {
    const transit = built(bandwidth({ bytesPerSecond: 1e9 }, constant({ ms: 0 })));
    let last = 0;
    for (let i = 0; i < 10_000; i++) last = transit.delay(0, 1, 0, 100); // 0.1 us each
    expect(last).toBe(1000);
  });

  it('keeps the order of a sender behind a constant link', () => {
    const transit = built(bandwidth({ bytesPerSecond: 3333 }, link));
    const arrivals = Array.from(
      { length: 200 },
      (_, i) => i * 7 * MS + transit.delay(0, 1, i * 7 * MS, 1 + ((i * 37) % 50)),
    );
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
  });

  it('asks the link when the message leaves: a cut may heal while it waits', () => {
    const healing = partitioned([{ from: [0], to: [1], startMs: 0, endMs: 150 }], link);
    const transit = built(bandwidth({ bytesPerSecond: 1000 }, healing));
    expect([0, 0].map((now) => transit.delay(0, 1, now, 100))).toEqual([LOST, 205 * MS]);
  });

  it('leaves the draws of the link alone, also for what is dropped', () => {
    const random = exponential({ meanMs: 50 });
    const uplink = bandwidth({ bytesPerSecond: 1e4, queueBytes: 100 }, random);
    const without = built(random);
    const found = built(uplink);
    const fates = Array.from({ length: 100 }, () => [
      found.delay(0, 1, 0, 100),
      without.delay(0, 1, 0, 100),
    ]);
    expect(fates.filter(([delay]) => delay !== LOST)).toEqual([
      [10 * MS + fates[0][1], fates[0][1]],
    ]);
    expect(found.delay(0, 1, 1e9, 100)).toBe(10 * MS + without.delay(0, 1, 1e9, 100));
  });

  it('without end changes nothing', () => {
    expect(delays(bandwidth({ bytesPerSecond: 1e300 }, link), 50)).toEqual(delays(link, 50));
  });

  it.each([
    [{ bytesPerSecond: 0 }, 'bandwidth: bytesPerSecond must be a number above 0; got 0'],
    [{ bytesPerSecond: [1] }, 'bandwidth: bytesPerSecond must have one rate per node (2); got 1'],
    [{ bytesPerSecond: [1, -1] }, 'bandwidth: bytesPerSecond[1] must be a number above 0; got -1'],
    [
      { bytesPerSecond: 1, queueBytes: -5 },
      'bandwidth: queueBytes must be a number at least 0 and finite; got -5',
    ],
  ])('must be possible: %j', (options, sentence) => {
    expect(() => built(bandwidth(options, link), 2)).toThrow(new UserError(sentence));
  });
});
