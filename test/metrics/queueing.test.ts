import { describe, expect, it } from 'vitest';
import { micros } from '../../src/base/time.ts';
import { PLACED, SERVED } from '../../src/engine/model.ts';
import { JobTimes } from '../../src/metrics/job-times.ts';
import { queueing } from '../../src/metrics/queueing.ts';

it('jobs leave a server in the order in which they came, however many', () => {
  const times = new JobTimes(3);
  const lines: number[][] = [[], [], []];
  for (let i = 0; i < 1000; i++) {
    const server = (i * i) % 3;
    times.push(server, i);
    lines[server].push(i);
    const other = (7 * i) % 3;
    if (i % 4 === 3 && lines[other].length > 0) {
      expect(times.shift(other)).toBe(lines[other].shift());
    }
  }
  lines.forEach((line, server) => {
    for (const time of line) expect(times.shift(server)).toBe(time);
    expect(() => times.shift(server)).toThrow(`server ${server}, which had none`);
  });
});

describe('the meter', () => {
  const make = (loads = [0, 0, 0]) =>
    queueing({
      loads: Int32Array.from(loads),
      ageOf: (node, server) => micros(10 * node + server),
      fromMs: 100,
      untilMs: 200,
      everyMs: 50,
    });

  it('counts the jobs that are finished in the window', () => {
    const meter = make();
    expect([meter.meanMs(), meter.chosenAgeMs(), meter.jobs]).toEqual([null, null, 0]);
    const fact = (ms: number, what: number, server: number, about: number) =>
      meter.onFact?.(micros(ms), what, server, about);
    fact(10, PLACED, 0, 1);
    fact(20, PLACED, 0, 1);
    fact(30, PLACED, 1, 2);
    fact(90, SERVED, 0, 1); // too early
    fact(110, PLACED, 2, 1);
    fact(120, SERVED, 0, 0); // after 100 ms
    fact(130, SERVED, 2, 0); // after 20 ms
    fact(210, SERVED, 1, 0); // too late
    expect(meter.jobs).toBe(2);
    expect(meter.meanMs()).toBe(60);
    expect(meter.quantileMs(1)).toBeCloseTo(100, 0);
    expect(meter.chosenAgeMs()).toBe(12); // of the one placed in the window, by node 1 at server 2
  });

  it('samples queues and ages at the first timer after each time of its grid', () => {
    const meter = make([0, 3, 6]);
    expect(meter.meanQueue()).toBe(null);
    for (const ms of [90, 105, 110, 155, 199, 205]) meter.onTimer?.(micros(ms), 0, 0);
    expect(meter.meanQueue()).toBe(3);
    expect(meter.longestQueue()).toBe(6);
    expect(meter.sdQueue()).toBeCloseTo(Math.sqrt(6), 12);
    expect(meter.ageMs()).toBe(11); // (1 + 2 + 10 + 12 + 20 + 21) / 6
  });
});
