import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { type Link, LOST, type Transit } from '../../src/engine/model.ts';
import { constant, exponential } from '../../src/network/latency.ts';
import { lossy, perDirection } from '../../src/network/loss.ts';
import { partitioned } from '../../src/network/partition.ts';
import { type TcpOptions, tcp } from '../../src/network/tcp.ts';
import { built, delays } from './support.ts';

const MS = 1000;
const link = constant({ ms: 1 });
/** Far apart, so that a connection has settled before the next message. */
const APART = 100_000 * MS;

/** Arrivals in ms of messages from 0 to 1, sent at these times; null: lost. */
const arrivals = (transit: Transit, sentMs: readonly number[], bytes = 100) =>
  sentMs.map((ms) => {
    const delay = transit.delay(0, 1, ms * MS, bytes);
    return delay === LOST ? null : ms + delay / MS;
  });

/** Loses what goes from one node to the other in [fromMs, untilMs). */
const cut = (from: number, to: number, startMs: number, endMs: number, inner: Link = link) =>
  partitioned([{ from: [from], to: [to], startMs, endMs, oneWay: true }], inner);

const opened = (link: Link, options: TcpOptions = {}) => {
  const transit = built(tcp(options, link));
  transit.delay(0, 1, 0, 100);
  return transit;
};

describe('tcp without loss', () => {
  it('is late by a handshake the first time, and never again', () => {
    expect(arrivals(built(tcp({}, link)), [0, 1, 10, 5000])).toEqual([3, 3, 11, 5001]);
  });

  it('has a connection for each direction, and one for large messages', () => {
    const transit = opened(link);
    expect(transit.delay(1, 0, 100 * MS, 100)).toBe(3 * MS);
    expect(transit.delay(0, 1, 100 * MS, 65_537)).toBe(3 * MS);
    expect(transit.delay(0, 1, 200 * MS, 65_537)).toBe(1 * MS);
    expect(transit.delay(0, 1, 200 * MS, 65_536)).toBe(1 * MS);
  });

  it('keeps the order of messages, whatever the latency', () => {
    const transit = opened(exponential({ meanMs: 50 }));
    const sent = Array.from({ length: 1000 }, (_, i) => 1000 + 5 * i);
    const came = arrivals(transit, sent);
    expect(came).toEqual(came.toSorted((a, b) => a! - b!));
  });

  it('remembers thousands of connections when they have become idle', () => {
    const transit = built(tcp({}, link), 100);
    const late: number[] = [];
    for (let round = 0; round < 3; round++) {
      for (let pair = 0; pair < 9900; pair++) {
        const from = Math.floor(pair / 99);
        const other = pair % 99;
        const now = (round * 10_000 + pair) * 100 * MS;
        const to = other < from ? other : other + 1;
        if (transit.delay(from, to, now, 100) !== (round === 0 ? 3 : 1) * MS) late.push(pair);
      }
    }
    expect(late).toEqual([]);
  });
});

describe('tcp under loss', () => {
  it('sends again after 200 ms and a round trip, and then after twice as long', () => {
    const outage = (ms: number) => opened(cut(0, 1, 1000, 1000 + ms));
    expect(arrivals(outage(1), [1000])).toEqual([1203]);
    expect(arrivals(outage(300), [1000])).toEqual([1000 + 3 * 202 + 1]);
    expect(arrivals(outage(1000), [1000])).toEqual([1000 + 7 * 202 + 1]);
  });

  // H0: the mean is sum_k p^k (1 - p) (2^k - 1) RTO + 1 ms = RTO p / (1 - 2 p) + 1 ms, here 202 p / (1 - 2 p) + 1; the
  // mean square of (2^k - 1) is p-weighted likewise, 4^k p^k < 1 for p < 1/4. Alpha 1e-5 two-sided: 4.42 se.
  // Acknowledgements come back: loss one way only, and no message is near another.
  it.each([0.05, 0.1, 0.2])('has the mean delay of the closed form, p = %d', (p) => {
    const count = 40_000;
    const transit = built(
      tcp(
        { userTimeoutMs: 1e9 },
        perDirection((from) => (from === 0 ? p : 0), link),
      ),
      2,
    );
    let [sum, opening] = [0, 0];
    while (transit.delay(0, 1, opening, 100) > 500 * MS) opening += APART; // the handshake
    for (let i = 1; i <= count; i++) sum += transit.delay(0, 1, opening + i * APART, 100) / MS;
    const square = (1 - p) * (1 / (1 - 4 * p) - 2 / (1 - 2 * p) + 1 / (1 - p)); // E (2^k - 1)^2
    const mean = p / (1 - 2 * p);
    const se = 202 * Math.sqrt((square - mean ** 2) / count);
    expect(Math.abs(sum / count - 1 - 202 * mean)).toBeLessThan(4.42 * se);
  });

  it('makes later messages wait for a lost one, and lets them go when it is acknowledged', () => {
    const transit = opened(cut(0, 1, 1000, 1700));
    // Tries at 1000, 1202, 1606, 2414. Sent at 1100: lost, and again at 2416. Sent at 2000: waits for both.
    expect(arrivals(transit, [1000, 1100, 2000, 2500])).toEqual([2415, 2417, 2419, 2501]);
  });

  it('delivers in order even though the later message arrives first', () => {
    const transit = opened(cut(0, 1, 1000, 1050));
    expect(arrivals(transit, [1000, 1100])).toEqual([1203, 1203]);
  });

  it('waits for an acknowledgement no longer than until that of a later message comes', () => {
    const lostAck = cut(1, 0, 1000, 1010);
    expect(arrivals(opened(lostAck), [1000, 1203])).toEqual([1001, 1205]); // the retransmission's comes at 1204
    expect(arrivals(opened(lostAck), [1000, 1100, 1203])).toEqual([1001, 1101, 1204]);
  });

  it('that loses nothing is the link without loss', () => {
    expect(delays(tcp({}, lossy(0, link)), 1000)).toEqual(delays(tcp({}, link), 1000));
  });

  it('gives the same delays again, in order on each connection, for any loss', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
        const lossyTcp = tcp({}, lossy(p, exponential({ meanMs: 20 })));
        const all = delays(lossyTcp, 400);
        expect(delays(lossyTcp, 400)).toEqual(all);
        const last = new Map<number, number>(); // pair -> arrival
        const wrong = all.filter((delay, i) => {
          if (delay === LOST) return false;
          const pair = (i % 10) * 10 + ((i + 1 + (Math.floor(i / 10) % 9)) % 10);
          const before = last.get(pair) ?? 0;
          last.set(pair, i * MS + delay);
          return !(delay > 0 && Number.isInteger(delay) && i * MS + delay >= before);
        });
        expect(wrong).toEqual([]);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});

describe('a connection', () => {
  it('that cannot be opened within 2 s loses what waits for it, and then is opened anew', () => {
    const transit = built(tcp({}, cut(0, 1, 0, 1500)));
    // SYN at 0, 1 s (and 3 s, too late).
    expect(arrivals(transit, [0, 1800, 2000])).toEqual([null, null, 2003]);
  });

  it('is opened by the second SYN after a second', () => {
    expect(arrivals(built(tcp({}, cut(0, 1, 0, 900))), [0, 500])).toEqual([1003, 1003]);
  });

  it('without acknowledgements delivers once, then nothing, and ends after 30 s; none is opened then', () => {
    const transit = opened(cut(1, 0, 1000, 100_000));
    expect(arrivals(transit, [1000, 1100, 1300, 30_999, 31_000, 32_999, 33_000])).toEqual([
      1001,
      1101,
      ...new Array(5).fill(null),
    ]);
    expect(arrivals(transit, [100_000])).toEqual([100_003]);
  });

  it('on which data is lost for 30 s ends, too, and the other direction likewise', () => {
    const transit = opened(cut(0, 1, 1000, 100_000));
    transit.delay(1, 0, 900 * MS, 100);
    expect(arrivals(transit, [1000, 20_000])).toEqual([null, null]);
    expect(transit.delay(1, 0, 1000 * MS, 100)).toBe(1 * MS);
    expect(transit.delay(1, 0, 5000 * MS, 100)).toBe(LOST);
    expect(transit.delay(1, 0, 50_000 * MS, 100)).toBe(LOST);
  });

  it('survives an outage that ends in time: all that waited arrives', () => {
    const transit = opened(cut(0, 1, 1000, 20_000));
    // Tries at 1000 + 202 (2^k - 1): the one at 26,654 is the first after the outage.
    const resent = 1000 + 202 * 127;
    expect(arrivals(transit, [1000, 10_000, 25_000])).toEqual([resent + 1, resent + 3, resent + 3]);
  });

  it('ends with a shorter user timeout in the same outage', () => {
    const transit = opened(cut(0, 1, 1000, 20_000), { userTimeoutMs: 20_000 });
    expect(arrivals(transit, [1000, 10_000, 25_000])).toEqual([null, null, 25_003]);
  });
});

describe('options of tcp', () => {
  it.each([
    [{ rtoMs: 0 }, 'tcp: rtoMs must be a number above 0; got 0'],
    [{ maxRtoMs: 100 }, 'tcp: maxRtoMs must be a number at least 200 and finite; got 100'],
    [{ connectTimeoutMs: -1 }, 'tcp: connectTimeoutMs must be a number above 0; got -1'],
    [{ userTimeoutMs: Infinity }, 'tcp: userTimeoutMs must be a number above 0; got Infinity'],
    [{ largeBytes: -1 }, 'tcp: largeBytes must be a number at least 0 and finite; got -1'],
  ])('must make sense: %j', (options, sentence) => {
    expect(() => tcp(options, link)).toThrow(new UserError(sentence));
  });
});
