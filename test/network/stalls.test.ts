import { describe, expect, it } from 'vitest';
import { DATAGRAM, LOST, STREAM } from '../../src/engine/model.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import {
  channels,
  constant,
  duplicated,
  lossy,
  partitioned,
  stalled,
  stalls,
  zones,
} from '../../src/network/index.ts';

const MS = 1000;
const built = (link: ReturnType<typeof constant>) => link(streamsOf('seed', 4));

describe('nodes that stall', () => {
  const openAt = stalls({ nodes: [1], startMs: 10, blockedMs: 5, openMs: 2, endMs: 20 });

  it.each([
    [1, 9, 9],
    [1, 10, 15],
    [1, 14.999, 15],
    [1, 15, 15],
    [1, 16.999, 16.999],
    [1, 17, 22],
    [1, 24, 24], // the third would begin after the end
    [0, 12, 12],
  ])('node %i at %d ms is open at %d ms', (node, now, opens) =>
    expect(openAt(node, now * MS)).toBe(opens * MS),
  );

  it('sends when the stall ends, and receives then', () => {
    const transit = built(stalled(openAt, constant({ ms: 1 })));
    const arrives = (from: number, to: number, now: number) =>
      now + transit.delay(from, to, now * MS, 1) / MS;
    expect(arrives(1, 0, 12)).toBe(16);
    expect(arrives(0, 1, 9.5)).toBe(15);
    expect(arrives(0, 1, 15)).toBe(16);
    expect(arrives(1, 2, 8)).toBe(9);
  });
});

describe('channels', () => {
  const both = channels({
    datagram: lossy(1, constant({ ms: 1 })),
    stream: duplicated(1, constant({ ms: 7 })),
  });

  it('go over links of their own', () => {
    const transit = built(both);
    expect(transit.delay(0, 1, 0, 1, DATAGRAM)).toBe(LOST);
    expect(transit.delay(0, 1, 0, 1)).toBe(LOST);
    expect(transit.delay(0, 1, 0, 1, STREAM)).toBe(7 * MS);
    expect([transit.copies!(0, 1, 0), transit.copies!(0, 1, 0, STREAM)]).toEqual([1, 2]);
  });

  it('are told apart below what wraps them', () => {
    const cut = partitioned(
      [],
      stalled((_node, now) => now, both),
    );
    expect(built(cut).delay(0, 1, 0, 1, STREAM)).toBe(7 * MS);
    const zoned = built(zones({ zoneOf: () => 0, links: [[both]] }));
    expect(zoned.delay(0, 1, 0, 1, STREAM)).toBe(7 * MS);
    expect(zoned.copies!(0, 1, 0, STREAM)).toBe(2);
  });
});
