import { describe, expect, it } from 'vitest';
import { LOST, STREAM } from '../../src/engine/model.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import { constant, readOneByOne, stalled, stalls } from '../../src/network/index.ts';

const MS = 1000;

describe('a node that reads one packet at a time', () => {
  // Node 1 is closed from 10 to 15 ms, open to 17, closed to 22, and open from then on.
  const openAt = stalls({ nodes: [1], startMs: 10, blockedMs: 5, openMs: 2, endMs: 20 });
  const reading = (buffer = Infinity) => {
    const link = stalled(openAt, constant({ ms: 1 }));
    const transit = readOneByOne(
      { nodes: [1], eachMs: 0.8, buffer, openAt },
      link,
    )(streamsOf('seed', 4));
    return (from: number, to: number, now: number, channel?: typeof STREAM) => {
      const delay = transit.delay(from, to, now * MS, 1, channel);
      return delay === LOST ? LOST : now + delay / MS;
    };
  };

  it('works off the pile while it is open, and goes on with it after the next block', () => {
    const read = reading();
    const times = [10, 11, 12, 13, 14].map((now) => read(0, 1, now));
    expect(times).toEqual([15, 15.8, 16.6, 22, 22.8]);
    expect(read(2, 1, 30)).toBe(31);
  });

  it('leaves connections and other nodes alone', () => {
    const read = reading();
    expect([read(0, 1, 10), read(0, 1, 10, STREAM), read(0, 1, 10, STREAM)]).toEqual([15, 15, 15]);
    expect([read(0, 2, 10), read(0, 2, 10)]).toEqual([11, 11]);
  });

  it('loses what does not fit its buffer', () => {
    const read = reading(2);
    expect([10, 11, 12, 13].map((now) => read(0, 1, now))).toEqual([15, 15.8, LOST, LOST]);
    expect(read(0, 1, 15.5)).toBe(16.6);
  });

  it('says what it cannot do', () => {
    const build = (eachMs: number, buffer: number) =>
      readOneByOne(
        { nodes: [1], eachMs, buffer, openAt },
        constant({ ms: 1 }),
      )(streamsOf('seed', 4));
    expect(() => build(-1, 1)).toThrow('eachMs');
    expect(() => build(1, 0)).toThrow('buffer');
  });
});
