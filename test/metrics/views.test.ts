import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Fact,
  type FaultKind,
  FORGOTTEN,
  JOINED,
  SUSPECTED,
  TRUSTED,
} from '../../src/engine/model.ts';
import { views } from '../../src/metrics/index.ts';

const ms = 1000; // microseconds

describe('views', () => {
  it('average over time what is wrong', () => {
    const meter = views({ n: 3, endMs: 100 });
    meter.onFault?.(10 * ms, 2, 'crash'); // two observers trust it
    meter.onFact?.(30 * ms, SUSPECTED, 0, 2);
    meter.onFact?.(60 * ms, SUSPECTED, 1, 2);
    meter.onFault?.(80 * ms, 2, 'restart'); // both doubt it
    meter.onFact?.(85 * ms, JOINED, 0, 2);
    meter.onFact?.(95 * ms, TRUSTED, 1, 2);
    expect(meter.view()).toEqual({
      upNodes: 2.3,
      upPairs: 3.2, // 2 pairs for 70 ms, 6 for 30
      downPairs: 1.4,
      trustedDownPairs: (20 + 50) / 100,
      doubtedUpPairs: (5 + 15) / 100,
    });
  });

  it('do not hold who has not come yet for a dead node that is trusted', () => {
    const of = (absent: 'down' | 'unknown') => {
      const meter = views({ n: 3, endMs: 100, absent });
      meter.onFault?.(0, 2, 'absent');
      meter.onFact?.(5 * ms, SUSPECTED, 0, 2); // a stranger: nobody's mistake
      meter.onFact?.(6 * ms, JOINED, 0, 2);
      meter.onFault?.(40 * ms, 2, 'restart');
      meter.onFault?.(80 * ms, 2, 'crash'); // it is known now
      return meter.view();
    };
    expect(of('down')).toMatchObject({ downPairs: 1.2, trustedDownPairs: 1.19 });
    expect(of('unknown')).toMatchObject({ upNodes: 2.4, downPairs: 0.4, trustedDownPairs: 0.4 });
    expect(of('unknown').upPairs).toBe(of('down').upPairs);
  });

  it('leave out what is before the window, and after it', () => {
    const meter = views({ n: 2, startMs: 50, endMs: 60 });
    meter.onFact?.(10 * ms, SUSPECTED, 0, 1);
    meter.onFact?.(55 * ms, TRUSTED, 0, 1);
    meter.onFact?.(70 * ms, SUSPECTED, 1, 0);
    expect(meter.view()).toMatchObject({ upPairs: 2, doubtedUpPairs: 0.5 });
  });

  it('a new life of an observer trusts all', () => {
    const meter = views({ n: 3, endMs: 100 });
    meter.onFault?.(0, 2, 'absent');
    meter.onFact?.(0, SUSPECTED, 0, 2);
    meter.onFact?.(0, FORGOTTEN, 1, 2);
    meter.onFact?.(0, SUSPECTED, 0, 1);
    meter.onFault?.(50 * ms, 0, 'crash');
    meter.onFault?.(60 * ms, 0, 'restart');
    // 0 trusts 2 from 60 ms on, and 1 trusts 0 for the 10 ms that it is down.
    expect(meter.view()).toMatchObject({ trustedDownPairs: 0.4 + 0.1, doubtedUpPairs: 0.5 });
  });

  it('refuse a window without time', () => {
    expect(() => views({ n: 2, startMs: 5, endMs: 5 })).toThrow('endMs must be above startMs');
  });

  it('agree with counting all pairs anew at every microsecond', () => {
    const END = 40;
    const node = fc.nat({ max: 3 });
    const event = fc.record({
      time: fc.nat({ max: END + 2 }),
      node,
      about: node,
      kind: fc.constantFrom<FaultKind | Fact>(
        ...(['crash', 'restart', 'pause'] as const),
        ...[SUSPECTED, TRUSTED, JOINED, FORGOTTEN],
      ),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40, size: 'max' }), (events) => {
        events.sort((a, b) => a.time - b.time);
        const meter = views({ n: 4, startMs: 0.01, endMs: END / ms });
        const up = [true, true, true, true];
        const doubts = new Set<string>();
        const wrong = { trusted: 0, doubted: 0 };
        for (let time = 0; time < END; time++) {
          for (const { node, about, kind } of events.filter((event) => event.time === time)) {
            if (typeof kind === 'number') {
              meter.onFact?.(time, kind, node, about);
              if (!up[node] || node === about) continue;
              if (kind === SUSPECTED || kind === FORGOTTEN) doubts.add(`${node} ${about}`);
              else doubts.delete(`${node} ${about}`);
            } else {
              meter.onFault?.(time, node, kind);
              if (kind === 'crash') up[node] = false;
              if (kind === 'restart') up[node] = true;
              if (kind === 'crash') for (let s = 0; s < 4; s++) doubts.delete(`${node} ${s}`);
            }
          }
          for (let o = 0; time >= 10 && o < 4; o++) {
            for (let s = 0; s < 4; s++) {
              if (o === s || !up[o]) continue;
              if (up[s] && doubts.has(`${o} ${s}`)) wrong.doubted++;
              if (!up[s] && !doubts.has(`${o} ${s}`)) wrong.trusted++;
            }
          }
        }
        const { trustedDownPairs, doubtedUpPairs } = meter.view();
        expect(trustedDownPairs * 30).toBeCloseTo(wrong.trusted, 9);
        expect(doubtedUpPairs * 30).toBeCloseTo(wrong.doubted, 9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
