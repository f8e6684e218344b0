import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import {
  callsPerRound,
  firstNewsLag,
  lastNewsLag,
  meansToConvict,
  pauseToDown,
  secondsToDown,
} from '../../src/experiment/pause-theory.ts';

/** Mean time from silence to the last news, of one run: calls at random times, as the chain has them. */
function lagOf(n: number, calls: number, draws: Stream): number {
  const exponential = (rate: number) => -Math.log(draws.draw(0)) / rate;
  const silence = draws.draw(0);
  const heard = [0]; // when each of those that know it heard of it, the source not among them
  let time = 0;
  while (heard.length < n - 1) {
    const alive = time < silence ? 1 : 0; // the source spreads it, too
    const told = heard.length;
    const next = time + exponential((2 * calls * (told + alive) * (n - 1 - told)) / (n - 1));
    if (alive === 1 && next > silence) {
      time = silence;
      continue;
    }
    time = next;
    heard.push(time);
  }
  return heard.reduce((sum, at) => sum + at - silence, 0) / heard.length;
}

describe('theory of pauses', () => {
  it('convicts after 18.42 means at threshold 8', () => {
    expect(meansToConvict(8)).toBeCloseTo(18.42, 2);
  });

  it('has one call a round and, at times, one to a seed', () => {
    expect(callsPerRound(100, 0)).toBe(1);
    expect(callsPerRound(101, 3)).toBeCloseTo(1 + 0.97 * 0.03, 12);
    expect(callsPerRound(3, 2)).toBe(1);
  });

  // 4,000 runs whose lags have an sd below 1 s: 4.42 se = 0.07 s.
  it.each([
    [3, 1.25],
    [10, 1],
    [100, 1.03],
  ])('has the mean lag of the last news of a simulated chain, n = %d', (n, calls) => {
    const draws = new Stream('pause theory', `${n}`, 1);
    let sum = 0;
    for (let run = 0; run < 4000; run++) sum += lagOf(n, calls, draws);
    expect(Math.abs(sum / 4000 - lastNewsLag(n, calls))).toBeLessThan(0.07);
  });

  it('knows that a node which all have called is heard of at once', () => {
    expect(firstNewsLag(3, 60)).toBeCloseTo(0, 3);
    expect(firstNewsLag(1000, 10)).toBeGreaterThan(firstNewsLag(1000, 30));
  });

  it('lets a pause be shorter than the time to detect a death by the lag of the first news', () => {
    const setting = { n: 100, seeds: 3, threshold: 8, windowMeanSec: 1.15 };
    const dead = secondsToDown(setting);
    const calls = callsPerRound(100, 3);
    expect(dead - pauseToDown(setting)).toBeCloseTo(firstNewsLag(100, dead, calls), 12);
  });
});
