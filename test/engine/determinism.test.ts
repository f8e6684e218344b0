/** A run is a value: nothing but the scenario decides what happens. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Core } from '../../src/engine/core/core.ts';
import type { Observer, Scenario } from '../../src/engine/model.ts';
import { Run } from '../../src/engine/run.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { streamsOf } from '../../src/engine/streams.ts';
import { coverage, hops, traffic } from '../../src/metrics/index.ts';
import { type Mix, mixes, scenarioOf, swarm, traced } from './support.ts';

const holds = (property: (mix: Mix) => void) =>
  fc.assert(fc.property(mixes, property), { seed: 21, numRuns: 100 });

function begun<M>(scenario: Scenario<M>): Run<M> {
  const core = new Core();
  return new Run(scenario, streamsOf(scenario.seed, scenario.n, core), core);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the outcome of a run', () => {
  it('is the same every time', () =>
    holds((mix) => {
      expect(simulate(scenarioOf(mix))).toEqual(simulate(scenarioOf(mix)));
    }));

  it('is the same with observers', () =>
    holds((mix) => {
      const { n } = mix;
      const observers: Observer[] = [
        coverage({ n, rumours: 3 }),
        hops({ n, rumours: 3 }),
        traffic({ n }),
      ];
      const { outcome } = traced({ ...scenarioOf(mix), observers });
      expect(outcome).toEqual(simulate(scenarioOf(mix)));
    }));

  it('is the same in checked mode', () =>
    holds((mix) => {
      expect(simulate({ ...scenarioOf(mix), checked: true })).toEqual(simulate(scenarioOf(mix)));
    }));

  it('is the same with two runs interleaved', () => {
    const mixed = (mix: Mix, within: () => void) => {
      let hooks = 0;
      // A second run starts, and ends, in the middle of the first.
      const observer: Observer = { onMessage: () => void (hooks++ === 5 && within()) };
      return begun({ ...scenarioOf(mix), observers: [observer] });
    };
    const other = { ...swarm, seed: 'other' };
    let inner: unknown;
    const outer = mixed(swarm, () => {
      inner = second.run();
    });
    const second = begun(scenarioOf(other));
    expect(outer.run()).toEqual(simulate(scenarioOf(swarm)));
    expect(inner).toEqual(simulate(scenarioOf(other)));
  });

  it('needs no clock and no chance from outside', () => {
    const alone = simulate(scenarioOf(swarm));
    const forbidden = () => {
      throw new Error('asked for chance or the time');
    };
    vi.spyOn(Math, 'random').mockImplementation(forbidden);
    vi.spyOn(Date, 'now').mockImplementation(forbidden);
    vi.spyOn(performance, 'now').mockImplementation(forbidden);
    expect(simulate(scenarioOf(swarm))).toEqual(alone);
  });

  it('shares no array with the next run', () => {
    const first = simulate(scenarioOf(swarm));
    const copy = structuredClone(first);
    simulate(scenarioOf({ ...swarm, seed: 'other' }));
    expect(first).toEqual(copy);
  });
});

describe('the trace hash', () => {
  const changes: [string, Partial<Mix>][] = [
    ['seed', { seed: 'another' }],
    ['n', { n: 41 }],
    ['fanout', { fanout: 2 }],
    ['period', { periodMs: 101 }],
    ['phase', { phase: 'synchronised' }],
    ['delay', { minMs: 10.001 }],
    ['loss', { loss: 0.25 }],
    ['copies', { copies: 2 }],
    ['workload', { workload: [{ atMs: 0, node: 4, input: 0 }] }],
    ['faults', { faults: swarm.faults.slice(1) }],
    ['horizon', { horizonMs: 1600 }],
  ];
  it.each(changes)('tells runs apart that differ in %s', (_what, change) => {
    const { hash } = simulate(scenarioOf(swarm));
    expect(simulate(scenarioOf({ ...swarm, ...change })).hash).not.toBe(hash);
  });

  it('tells an order of chance among simultaneous events from first in, first out', () => {
    const tied = { ...swarm, phase: 'synchronised', minMs: 0, spanMs: 0 } as const;
    const random = simulate(scenarioOf({ ...tied, ties: 'random' })).hash;
    expect(random).not.toBe(simulate(scenarioOf(tied)).hash);
  });
});
