/** Changes of a scenario that must change nothing, or exactly so much. Random scenarios from `mixes`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOST, type Observer } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { chatter, coin, type Mix, mixes, scenarioOf, traced } from '../engine/support.ts';
import { occurrences, slowed } from './support.ts';

const holds = (property: (mix: Mix) => void) =>
  fc.assert(fc.property(mixes, property), { seed: 22, numRuns: 150 });

const doubled = <T extends { atMs: number }>(list: readonly T[]) =>
  list.map((item) => ({ ...item, atMs: 2 * item.atMs }));

describe('exactly', () => {
  it('with every time doubled the same happens at doubled times', () =>
    holds((drawn) => {
      // A random phase is drawn in whole microseconds of the period, so it does not scale: synchronised only.
      const mix = { ...drawn, phase: 'synchronised' } as const;
      const twice = scenarioOf({
        ...mix,
        periodMs: 2 * mix.periodMs,
        horizonMs: 2 * mix.horizonMs,
        workload: doubled(mix.workload),
        faults: doubled(mix.faults),
        protocol: chatter({ fanout: mix.fanout, timerMs: 2 * 35 }),
        link: slowed(2, scenarioOf(mix).link),
      });
      expect(occurrences(twice, 2)).toEqual(occurrences(scenarioOf(mix), 1));
    }));

  it('an observer more changes nothing', () =>
    holds((mix) => {
      const idle: Observer = {};
      expect(simulate({ ...scenarioOf(mix), observers: [idle] })).toEqual(
        simulate(scenarioOf(mix)),
      );
    }));

  it('with every copy lost nobody hears but who is handed the input', () =>
    holds((mix) => {
      const { lines, outcome } = traced(scenarioOf({ ...mix, loss: 1 }));
      expect(outcome.traffic.delivered + outcome.traffic.dead + outcome.traffic.inFlight).toBe(0);
      const heard = lines.filter((line) => line.includes('DELIVERED')).length;
      expect(heard).toBeLessThanOrEqual(lines.filter((line) => line.includes('input')).length);
    }));

  it('a loss of 0 changes nothing, though the coins are tossed', () =>
    holds((mix) => {
      const lossless = { ...mix, loss: 0 };
      const link = coin(0, scenarioOf(lossless).link);
      expect(simulate(scenarioOf({ ...lossless, link }))).toEqual(simulate(scenarioOf(lossless)));
    }));

  it('the order of faults and inputs at different times in the lists does not matter', () =>
    holds((mix) => {
      const apart = <T extends { atMs: number }>(list: readonly T[]) =>
        list.filter((item, i) => list.findIndex(({ atMs }) => atMs === item.atMs) === i);
      const listed = {
        ...mix,
        workload: apart(mix.workload),
        faults: apart(mix.faults),
        ties: 'fifo',
      } as const;
      const reversed = {
        ...listed,
        workload: listed.workload.toReversed(),
        faults: listed.faults.toReversed(),
      };
      expect(simulate(scenarioOf(reversed))).toEqual(simulate(scenarioOf(listed)));
    }));

  it('faults of a node that nobody hears from change only that node', () =>
    holds((mix) => {
      // All copies are lost, so nodes are alone: what happens at another node is the same line by line.
      const alone = { ...mix, loss: 1, ties: 'fifo' } as const;
      const ofOthers = (faults: Mix['faults']) =>
        traced(scenarioOf({ ...alone, faults })).lines.filter(
          (line) => !/ n0 /.test(line.slice(0, 20)),
        );
      const atZero = mix.faults.map((fault) => ({ ...fault, node: 0 }));
      expect(ofOthers(atZero)).toEqual(ofOthers([]));
    }));

  it('with common random numbers, a copy that arrives at more loss arrives at less', () =>
    holds((mix) => {
      // One round of one node, so that both runs send the same copies.
      const once = { ...mix, faults: [], ties: 'fifo', copies: 1 } as const;
      const first = (loss: number) => {
        const fates: boolean[] = [];
        const observer: Observer = { onSend: (...send) => void fates.push(send[5] === LOST) };
        simulate({ ...scenarioOf({ ...once, loss }), observers: [observer] });
        return fates[0];
      };
      if (first(0.3)) expect(first(0.6)).toBe(true);
    }));
});
