import { describe, expect, it } from 'vitest';
import { breakEven } from '../../src/experiment/load-break-even.ts';
import { boardTimes, freshTime } from '../../src/experiment/load-choice-theory.ts';
import { individualTime } from '../../src/experiment/load-individual-theory.ts';

/** The same model by small steps in time of all (shown, actual), sharing nothing with the other. */
function stepped(load: number, choices: number, period: number): number {
  const most = 24;
  const dt = 0.02;
  const share = Array.from({ length: most }, () => new Array<number>(most).fill(0));
  share[0][0] = 1;
  for (let time = 0; time < 60; time += dt) {
    const shown = share.map((row) => row.reduce((a, b) => a + b));
    const actual = share.map((_, j) => share.reduce((sum, row) => sum + row[j], 0));
    const tail = (i: number) => shown.slice(i).reduce((a, b) => a + b, 0);
    share.forEach((row, i) => {
      const chosen = tail(i) ** choices - tail(i + 1) ** choices;
      const rate = shown[i] > 1e-15 ? (load * chosen) / shown[i] : 0;
      let fromBelow = 0;
      for (let j = 0; j < most; j++) {
        const was = row[j];
        const up = j === most - 1 ? 0 : rate;
        row[j] += dt * (fromBelow + (row[j + 1] ?? 0) - was * (up + (j > 0 ? 1 : 0)));
        row[j] += (dt / period) * ((i === j ? actual[j] : 0) - was);
        fromBelow = was * up;
      }
    });
  }
  return share.flat().reduce((sum, p, at) => sum + (at % most) * p, 0) / load;
}

describe('lines that servers write one by one', () => {
  it('are as by small steps', () => {
    const board = { load: 0.6, choices: 2, period: 2 };
    expect(individualTime(board)).toBeCloseTo(stepped(0.6, 2, 2), 2);
  });

  it('take the closed form for the least of all, to which many choices come', () => {
    const board = { load: 0.5, period: 2.5 };
    const least = individualTime({ ...board, choices: Infinity });
    expect(least).toBeCloseTo((1 + Math.sqrt(11)) / 2, 9);
    expect(individualTime({ ...board, choices: 80 })).toBeCloseTo(least, 6);
  });

  it('make the least of all as bad as chance when they are as old as the gaps between arrivals', () => {
    for (const load of [0.3, 0.9]) {
      const timeOf = (period: number) => individualTime({ load, choices: Infinity, period });
      expect(breakEven(load, timeOf)).toBeCloseTo(1 / load, 4);
    }
  });

  it('are as good as a board of the same mean age while that is short, and as fresh loads', () => {
    const [own, board] = [individualTime, boardTimes];
    const base = { load: 0.7, choices: 2 };
    const fresh = freshTime(0.7, 2);
    const byOwn = own({ ...base, period: 0.02 }) - fresh;
    const byBoard = board({ ...base, period: 0.04 }).mean - fresh;
    expect(byOwn / byBoard).toBeCloseTo(1, 1);
    expect(byOwn).toBeLessThan(0.015);
  });

  it('want a period', () => {
    expect(() => individualTime({ load: 0.5, choices: 2, period: -1 })).toThrow('period must be');
  });
});
