import { describe, expect, it } from 'vitest';
import { Stream } from '../../src/base/stream.ts';
import { messagesPerPeriod, mistakeOfProbe } from '../../src/experiment/swim-loss-theory.ts';
import {
  meanFind,
  meanNotice,
  type Probing,
  publishedNotice,
  unfound,
  unnoticed,
  worstFind,
} from '../../src/experiment/swim-theory.ts';

describe('the first ping that meets the dead', () => {
  it('is geometric with random targets in step, and tends to e / (e - 1)', () => {
    const probing: Probing = { n: 8, targets: 'random', clocks: 'in step' };
    const p = 1 - (6 / 7) ** 7;
    expect(unnoticed(probing, 3)).toBeCloseTo((1 - p) ** 3, 12);
    expect(meanNotice(probing)).toBeCloseTo(1 / p, 7);
    expect(meanNotice({ ...probing, n: 1e5 })).toBeCloseTo(Math.E / (Math.E - 1), 4);
    expect(publishedNotice(1)).toBeCloseTo(Math.E / (Math.E - 1), 12);
    expect(meanNotice({ ...probing, n: 1e5, crashed: 5e4 })).toBeCloseTo(publishedNotice(0.5), 3);
  });

  it('is exponential of mean 1 with random phases in large groups, whatever the order of targets', () => {
    for (const targets of ['random', 'round-robin'] as const) {
      const probing: Probing = { n: 2000, targets, clocks: 'random phases' };
      for (const t of [0.3, 1, 2.7]) expect(unnoticed(probing, t)).toBeCloseTo(Math.exp(-t), 2);
    }
    expect(meanNotice({ n: 1000, targets: 'random', clocks: 'random phases' })).toBeCloseTo(1, 2);
  });

  it.each(['in step', 'random phases'] as const)('by laps, as played by hand, %s', (clocks) => {
    const n = 5;
    const played = times(n, clocks, 20_000);
    const probing: Probing = { n, targets: 'round-robin', clocks };
    const first = played.map((own) => Math.min(...own));
    // 20,000 games: four standard errors are below these.
    expect(meanNotice(probing)).toBeCloseTo(mean(first), 1);
    expect(Math.abs(meanNotice(probing) - mean(first))).toBeLessThan(0.025);
    for (const t of [1, 2, 3]) {
      const share = mean(first.map((time) => Number(time > t)));
      expect(Math.abs(unnoticed(probing, t) - share)).toBeLessThan(0.015);
    }
    const pings = played.flatMap((own) => own.map(Math.ceil));
    expect(Math.abs(meanFind(n) - mean(pings))).toBeLessThan(0.04);
    expect(Math.max(...pings)).toBe(worstFind(n));
    const late = mean(pings.map((count) => Number(count > 5)));
    expect(Math.abs(unfound({ n, targets: 'round-robin' }, 5) - late)).toBeLessThan(0.01);
  });
});

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** [game][member] when its ping meets the dead: orders shuffled anew each lap, a crash somewhere in a lap. */
function times(n: number, clocks: Probing['clocks'], games: number): number[][] {
  const draws = new Stream('laps', 'swim', 1);
  const places = n - 1;
  return Array.from({ length: games }, () => {
    const crash = clocks === 'in step' ? draws.below(0, places) + 0.5 : places * draws.draw(0); // periods since the laps began
    return Array.from({ length: places }, () => {
      const phase = clocks === 'in step' ? 1 : draws.draw(0); // of the first ping
      for (let lap = 0; ; lap++) {
        const ping = phase + lap * places + draws.below(0, places);
        if (ping > crash) return clocks === 'in step' ? ping - crash + 0.5 : ping - crash;
      }
    });
  });
}

describe('loss', () => {
  it('makes as many mistakes as published', () => {
    const of = (delivered: number, indirect: number) =>
      mistakeOfProbe({ n: 1000, delivered, indirect });
    expect([of(0.95, 0), of(0.95, 1), of(0.95, 3)]).toEqual([
      expect.closeTo(0.0975, 4),
      expect.closeTo(0.0181, 4),
      expect.closeTo(6.22e-4, 6),
    ]);
    expect(of(0.9, 1)).toBeCloseTo(0.0653, 4);
    // One of two relays is dead: asked is the one or the other.
    const one = mistakeOfProbe({ n: 4, crashed: 1, indirect: 1, delivered: 0.9 });
    expect(one).toBeCloseTo(0.19 * (0.5 + 0.5 * (1 - 0.9 ** 4)), 12);
    const both = mistakeOfProbe({ n: 4, crashed: 1, indirect: 2, delivered: 0.9 });
    expect(both).toBeCloseTo(0.19 * (1 - 0.9 ** 4), 12);
  });

  it('costs messages', () => {
    expect(messagesPerPeriod(1, 3)).toBe(2);
    expect(messagesPerPeriod(0.9, 1)).toBeCloseTo(1.9 + 1.9 * (1 - 0.9 ** 4), 12);
  });
});
