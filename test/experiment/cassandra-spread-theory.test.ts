import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { spreadRate, synsPerRound } from '../../src/experiment/cassandra-spread-theory.ts';

/** The branching process itself, without Cassandra: when its 40th and its 400th member was born. */
function births(seed: string, latency: number): [number, number] {
  const draws = new Stream(seed, 'branching', 1);
  const untilS = 6;
  const born: number[] = [];
  // A member makes its first call at callsAt and then one a second, and is called at rate 1.
  const members = [{ at: 0, callsAt: draws.draw(0) }];
  for (let member = members.pop(); member !== undefined; member = members.pop()) {
    const { at, callsAt } = member;
    if (at > untilS) continue;
    born.push(at);
    for (let call = callsAt; call < untilS; call++) {
      const told = call + 3 * latency;
      members.push({ at: told, callsAt: told + draws.draw(0) });
    }
    let called = at;
    while (called < untilS) {
      called -= Math.log(draws.draw(0));
      members.push({ at: called + latency, callsAt: called + 1 - latency });
    }
  }
  born.sort((p, q) => p - q);
  return [born[39], born[399]];
}

describe('spread of news by exchanges', () => {
  it.each([0, 0.1])('grows as the branching process does, latency %f', (latency) => {
    const growth: number[] = [];
    for (let run = 0; run < 24; run++) {
      const [few, many] = births(`run ${run}`, latency);
      growth.push(many - few);
    }
    const mean = growth.reduce((sum, x) => sum + x, 0) / growth.length;
    expect(mean).toBeCloseTo(Math.log(10) / spreadRate({ latency }), 1);
  });

  it('is slower than on Poisson clocks, slower with latency and with loss', () => {
    expect(spreadRate()).toBeCloseTo(1.63, 2);
    expect(spreadRate({ latency: 0.1 })).toBeLessThan(spreadRate());
    expect(spreadRate({ loss: 0.1 })).toBeLessThan(spreadRate());
  });

  it('has a SYN to a seed in a share of the rounds', () => {
    expect(synsPerRound(101, 0)).toBe(1);
    expect(synsPerRound(101, 3)).toBeCloseTo(1 + 0.97 * 0.03, 3);
  });
});
