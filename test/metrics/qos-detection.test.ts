import { describe, expect, it } from 'vitest';
import { type FaultKind, FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../src/engine/model.ts';
import { type QosOptions, qos } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

type Step = [atMs: number, 'S' | 'T' | 'J' | 'F' | FaultKind, node: number];
const FACT = { S: SUSPECTED, T: TRUSTED, J: JOINED, F: FORGOTTEN };

/** Detection in a timeline in which everyone observes node 0. */
function detection(options: QosOptions, ...steps: Step[]) {
  const meter = qos(options);
  for (const [at, what, node] of steps) {
    if (what === 'S' || what === 'T' || what === 'J' || what === 'F') {
      meter.onFact(at * ms, FACT[what], node, 0);
    } else meter.onFault(at * ms, node, what);
  }
  return meter.quality().detection;
}

const four: QosOptions = { n: 4, endMs: 100 };

describe('detection time', () => {
  it('is from the crash to the suspicion that is not taken back, per observer', () => {
    //          10        20        30        40
    //  0       |down
    //  1       ----------XXXXX----------XXXXXXXXXX      25, not 10
    //  2       -----XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX       5
    //  3       ---------------XXXXXXXXXXXXXXXXXXXX      15
    const { crashes } = detection(
      four,
      [10, 'crash', 0],
      [15, 'S', 2],
      [20, 'S', 1],
      [25, 'T', 1],
      [25, 'S', 3],
      [35, 'S', 1],
    );
    expect(crashes).toEqual([
      {
        subject: 0,
        atMs: 10,
        detected: 3,
        undetected: 0,
        cutOff: 0,
        firstMs: 5,
        meanMs: 15,
        medianMs: 15,
        p99Ms: expect.closeTo(24.8, 12), // type 7: between 15 and 25 at rank 1.98
        lastMs: 25,
      },
    ]);
  });

  it('is 0 where the suspicion began before the crash', () => {
    const { firstMs } = detection(four, [5, 'S', 1], [10, 'crash', 0]);
    expect(firstMs).toBe(0);
  });

  it('counts dropping the subject as suspicion, and not again as news', () => {
    const { detected, firstMs, medianMs } = detection(
      { n: 3, endMs: 100 },
      [10, 'crash', 0],
      [20, 'S', 1],
      [40, 'F', 1],
      [50, 'F', 2],
    );
    expect({ detected, firstMs, medianMs }).toEqual({ detected: 2, firstMs: 10, medianMs: 25 });
  });

  it('counts observers that never detect it, as infinite in the order statistics', () => {
    const observed = detection(four, [10, 'crash', 0], [12, 'S', 1], [14, 'S', 2]);
    expect(observed).toMatchObject({
      detected: 2,
      undetected: 1,
      firstMs: 2,
      medianMs: 4,
      meanMs: null,
      p99Ms: null,
      lastMs: null,
    });
  });

  it('counts one that trusts again at the end as undetected', () => {
    const { detected, undetected } = detection(
      { n: 2, endMs: 100 },
      [10, 'crash', 0],
      [20, 'S', 1],
      [99, 'T', 1],
    );
    expect({ detected, undetected }).toEqual({ detected: 0, undetected: 1 });
  });

  it('does not see what comes after the window', () => {
    const { undetected } = detection({ n: 2, endMs: 100 }, [10, 'crash', 0], [100, 'S', 1]);
    expect(undetected).toBe(1);
  });

  it('ends with the restart of the subject', () => {
    const { detected, undetected, firstMs } = detection(
      { n: 3, endMs: 100 },
      [10, 'crash', 0],
      [20, 'S', 1],
      [30, 'restart', 0],
      [31, 'T', 1],
      [40, 'S', 2],
    );
    expect({ detected, undetected, firstMs }).toEqual({ detected: 1, undetected: 1, firstMs: 10 });
  });

  it('stands where the observer crashes while it suspects, and is cut off where it trusts', () => {
    const { crashes } = detection(
      { n: 3, endMs: 100 },
      [10, 'crash', 0],
      [20, 'S', 1],
      [30, 'crash', 1],
      [40, 'crash', 2],
    );
    const crash = crashes.find(({ subject }) => subject === 0);
    expect(crash).toMatchObject({ detected: 1, undetected: 0, cutOff: 1, lastMs: 10 });
  });

  it('is of observers that were up at the crash, not of those that come up later', () => {
    const { detected, undetected, cutOff } = detection(
      { n: 3, endMs: 100 },
      [5, 'crash', 1],
      [10, 'crash', 0],
      [20, 'restart', 1],
      [30, 'S', 1],
      [40, 'S', 2],
    );
    // Of the crash of 1 at 5: cut off for 0, undetected at its restart for 2.
    expect({ detected, undetected, cutOff }).toEqual({ detected: 1, undetected: 1, cutOff: 1 });
  });

  it('is not of observers that hear of the subject only after its crash', () => {
    const { detected, undetected } = detection(
      { n: 3, endMs: 100, members: 'joined' },
      [5, 'J', 1],
      [10, 'crash', 0],
      [20, 'J', 2],
      [30, 'S', 2],
      [40, 'S', 1],
    );
    expect({ detected, undetected }).toEqual({ detected: 1, undetected: 0 });
  });

  it('is 0 in a second crash for who still suspects the subject for the first', () => {
    const { crashes } = detection(
      { n: 2, endMs: 100 },
      [10, 'crash', 0],
      [20, 'S', 1],
      [30, 'restart', 0],
      [40, 'crash', 0],
    );
    expect(crashes.map(({ firstMs }) => firstMs)).toEqual([10, 0]);
  });

  it('is averaged over crashes where it is finite, and its counts are summed', () => {
    const result = detection(
      { n: 3, endMs: 100 },
      [10, 'crash', 0],
      [12, 'S', 1],
      [16, 'S', 2],
      [30, 'restart', 0],
      [40, 'T', 1],
      [40, 'T', 2],
      [50, 'crash', 0],
      [60, 'S', 1],
    );
    expect(result).toMatchObject({
      detected: 3,
      undetected: 1,
      firstMs: 6,
      meanMs: 4,
      medianMs: 4,
      lastMs: 6,
    });
  });

  it('is undefined where nobody was there to observe', () => {
    const { crashes, firstMs } = detection({ n: 1, endMs: 100 }, [10, 'crash', 0]);
    expect(crashes[0]).toMatchObject({ detected: 0, undetected: 0, firstMs: null, lastMs: null });
    expect(firstMs).toBeNull();
  });
});
