import { describe, expect, it } from 'vitest';
import { breakEven } from '../../src/experiment/load-break-even.ts';
import { boardTimes, freshTime, randomTime } from '../../src/experiment/load-choice-theory.ts';

describe('fresh loads', () => {
  it('gives the sum of load^((d^i - d) / (d - 1))', () => {
    const sum = (exponents: number[]) => exponents.reduce((s, e) => s + 0.9 ** e, 0);
    expect(freshTime(0.9, 2)).toBeCloseTo(sum([0, 2, 6, 14, 30, 62, 126, 254]), 9);
    expect(freshTime(0.9, 3)).toBeCloseTo(sum([0, 3, 12, 39, 120, 363]), 9);
  });
});

/** The same model by small steps in time of all (shown, actual), sharing nothing with the other. */
function stepped(load: number, choices: number, period: number) {
  const most = 24;
  const steps = Math.ceil(period / 0.008);
  const dt = period / steps;
  let shown = new Array<number>(most).fill(0);
  shown[0] = 1;
  let mean = 0;
  for (let time = 0; time < 24; time += period) {
    const share = shown.map((_, i) => shown.map((_, j) => (i === j ? shown[i] : 0)));
    const tail = (i: number) => shown.slice(i).reduce((a, b) => a + b, 0);
    const rates = shown.map((s, i) =>
      s > 1e-15 ? (load * (tail(i) ** choices - tail(i + 1) ** choices)) / s : 0,
    );
    let jobs = 0;
    for (let step = 0; step < steps; step++) {
      share.forEach((row, i) => {
        let fromBelow = 0;
        for (let j = 0; j < most; j++) {
          const was = row[j];
          jobs += j * was * dt;
          const rate = j === most - 1 ? 0 : rates[i];
          row[j] += dt * (fromBelow + (row[j + 1] ?? 0) - was * (rate + (j > 0 ? 1 : 0)));
          fromBelow = was * rate;
        }
      });
    }
    mean = jobs / load / period;
    shown = shown.map((_, j) => share.reduce((sum, row) => sum + row[j], 0));
  }
  return { mean, shown };
}

describe('a board', () => {
  it.each([
    [0.5, 2, 2],
    [0.7, 3, 1],
  ])('at load %d, %d choices, every %d, is as by small steps', (load, choices, period) => {
    const known = stepped(load, choices, period);
    const found = boardTimes({ load, choices, period });
    expect(found.mean).toBeCloseTo(known.mean, 2);
    for (let i = 0; i < 6; i++) expect(found.shown[i]).toBeCloseTo(known.shown[i], 3);
    expect(found.isSteady).toBe(true);
  });

  it('that is new for each job is as good as fresh loads', () => {
    const at = (period: number) => boardTimes({ load: 0.5, choices: 2, period }).mean;
    expect(2 * at(0.05) - at(0.1)).toBeCloseTo(freshTime(0.5, 2), 3);
  });

  it('makes two choices and then the least of all as bad as chance, as it ages', () => {
    const ageOf = (choices: number) =>
      breakEven(0.5, (period) => boardTimes({ load: 0.5, choices, period }).mean);
    const [two, least] = [ageOf(2), ageOf(Infinity)];
    expect(least).toBeLessThan(two);
    const { mean } = boardTimes({ load: 0.5, choices: 2, period: two });
    expect(mean).toBeCloseTo(randomTime(0.5), 4);
  });

  it('never rests where all go to the least loaded and it is old', () => {
    expect(boardTimes({ load: 0.9, choices: Infinity, period: 10 }).isSteady).toBe(false);
  });

  it('wants a load below 1, two choices and a period', () => {
    const board = { load: 0.5, choices: 2, period: 1 };
    expect(() => boardTimes({ ...board, load: 1 })).toThrow('load must be a number in');
    expect(() => boardTimes({ ...board, choices: 1 })).toThrow('choices must be a whole number');
    expect(() => boardTimes({ ...board, period: 0 })).toThrow('period must be a number above 0');
    expect(() => breakEven(0.5, () => 1)).toThrow('no period below 400');
  });
});
