import { describe, expect, it } from 'vitest';
import { FORGOTTEN, JOINED, SUSPECTED } from '../../src/engine/model.ts';
import { spread } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

/** Four nodes; node 0 is down from 0 and restarts at 100 ms; `joined` hear of it at so many ms. */
function restarted(joined: Record<number, number>) {
  const meter = spread({ n: 4 });
  meter.onFault?.(0, 0, 'crash');
  meter.onFault?.(100 * ms, 0, 'restart');
  for (const [node, at] of Object.entries(joined)) {
    meter.onFact?.(at * ms, JOINED, Number(node), 0);
  }
  return meter;
}

describe('the spread of a new life', () => {
  it('ends when every other node has heard of it', () => {
    const [arrival] = restarted({ 1: 110, 2: 120, 3: 160 }).arrivals();
    expect(arrival).toEqual({
      node: 0,
      atMs: 100,
      everyoneMs: 60,
      heard: 3,
      missing: 0,
      meanMs: 30,
      medianMs: 20,
      p99Ms: expect.closeTo(59.2, 9), // type 7: between 20 and 60 at rank 1.98
    });
  });

  it('is undefined, with the missing counted, where a node never hears', () => {
    const [arrival] = restarted({ 1: 110, 2: 120 }).arrivals();
    expect(arrival).toMatchObject({ everyoneMs: null, heard: 2, missing: 1, meanMs: 15 });
  });

  it('has no delays where nobody hears', () => {
    const [arrival] = restarted({}).arrivals();
    expect(arrival).toMatchObject({ heard: 0, missing: 3, meanMs: null, medianMs: null });
  });

  it('also follows a node that was absent and joins', () => {
    const meter = spread({ n: 2 });
    meter.onFault?.(0, 1, 'absent');
    meter.onFault?.(50 * ms, 1, 'restart');
    meter.onFact?.(70 * ms, JOINED, 0, 1);
    expect(meter.arrivals()).toMatchObject([{ node: 1, atMs: 50, everyoneMs: 20 }]);
  });

  it('does not wait for a node that crashes, but ends at its crash if it was the last', () => {
    const meter = restarted({ 1: 110, 2: 120 });
    meter.onFault?.(150 * ms, 3, 'crash');
    expect(meter.arrivals()[0]).toMatchObject({ everyoneMs: 50, heard: 2, missing: 0 });
  });

  it('waits for a node that comes up meanwhile, and again for one that lost its table', () => {
    const meter = restarted({ 1: 110, 2: 120 });
    meter.onFault?.(130 * ms, 1, 'crash');
    meter.onFault?.(140 * ms, 1, 'restart');
    meter.onFact?.(150 * ms, JOINED, 3, 0);
    meter.onFact?.(170 * ms, JOINED, 1, 0);
    expect(meter.arrivals()[0]).toMatchObject({ node: 0, everyoneMs: 70, heard: 3 });
  });

  it('waits again for a node that has dropped the subject', () => {
    const meter = restarted({ 1: 110, 2: 120 });
    meter.onFact?.(130 * ms, FORGOTTEN, 1, 0);
    meter.onFact?.(140 * ms, JOINED, 3, 0);
    meter.onFact?.(190 * ms, JOINED, 1, 0);
    expect(meter.arrivals()[0].everyoneMs).toBe(90);
  });

  it('takes the later of two hearings without forgetting: the first was of an older life', () => {
    const meter = restarted({ 1: 110, 2: 120 });
    meter.onFact?.(130 * ms, JOINED, 1, 0);
    meter.onFact?.(140 * ms, JOINED, 3, 0);
    expect(meter.arrivals()[0].meanMs).toBe((30 + 20 + 40) / 3);
  });

  it('ends undefined where the node crashes again, and its next life is another', () => {
    const meter = restarted({ 1: 110 });
    meter.onFault?.(200 * ms, 0, 'crash');
    meter.onFact?.(210 * ms, JOINED, 2, 0);
    meter.onFault?.(300 * ms, 0, 'restart');
    for (const node of [1, 2, 3]) meter.onFact?.(310 * ms, JOINED, node, 0);
    expect(meter.arrivals()).toMatchObject([
      { atMs: 100, everyoneMs: null, heard: 1, missing: 2 },
      { atMs: 300, everyoneMs: 10, heard: 3 },
    ]);
  });

  it('is not moved by suspicions, by facts of nodes that are down, or after its end', () => {
    const meter = restarted({ 1: 110, 2: 120 });
    meter.onFact?.(125 * ms, SUSPECTED, 3, 0);
    meter.onFault?.(126 * ms, 3, 'crash');
    meter.onFault?.(130 * ms, 3, 'restart');
    meter.onFact?.(140 * ms, JOINED, 3, 0);
    expect(meter.arrivals()[0].everyoneMs).toBe(26);
  });

  it('leaves out restarts in the warm-up', () => {
    const meter = spread({ n: 2, fromMs: 100 });
    for (const at of [10, 110]) {
      meter.onFault?.(at * ms, 1, 'crash');
      meter.onFault?.((at + 10) * ms, 1, 'restart');
    }
    expect(meter.arrivals().map(({ atMs }) => atMs)).toEqual([120]);
  });

  it('is over at once where there is nobody to hear', () => {
    const meter = spread({ n: 1 });
    meter.onFault?.(0, 0, 'crash');
    meter.onFault?.(5 * ms, 0, 'restart');
    expect(meter.arrivals()[0]).toMatchObject({ everyoneMs: 0, heard: 0, missing: 0 });
  });
});
