/** Races whose winners are known. */
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../../src/base/quantiles.ts';
import { Stream } from '../../../../src/base/stream.ts';
import { parseCondition } from '../../../../src/experiment/scenario/condition.ts';
import { objectivesOf, preferenceOf } from '../../../../src/experiment/scenario/tune/asked.ts';
import { judge } from '../../../../src/experiment/scenario/tune/front.ts';
import { type Race, race } from '../../../../src/experiment/scenario/tune/race.ts';

const MEASURED = ['reached_all', 'detect_mean_ms', 'mistakes_per_pair_h', 'bytes_per_node_s'];
const OBJECTIVES = ['detect_mean_ms', 'bytes_per_node_s'];

/** [setting] detection time and bytes; luck is common, and each run has a little of its own. */
function arena(means: readonly (readonly [ms: number, bytes: number])[], own = 1) {
  const asked: number[] = means.map(() => 0);
  const of: Race & { also: string[] } = {
    also: [],
    ...{ settings: means.length, objectives: OBJECTIVES, budgets: [], exposures: {} },
    ...{ indifference: 0.01, first: 10, most: 40, mostRuns: Infinity },
    async ask(settings, from, to) {
      return settings.map((setting) => {
        asked[setting] += to - from;
        return Array.from({ length: to - from }, (_, i) => run(setting, from + i));
      });
    },
  };
  function run(setting: number, replicate: number) {
    const [ms, bytes] = means[setting];
    const common = normalQuantile(new Stream(`r${replicate}`, 'common', 1).draw(0));
    const alone = normalQuantile(new Stream(`r${replicate}/${setting}`, 'alone', 1).draw(0));
    return { detect_mean_ms: ms + 20 * common + own * alone, bytes_per_node_s: bytes + common };
  }
  return { of, asked };
}

describe('a race', () => {
  const means = [
    [100, 900],
    [200, 500],
    [210, 520], // worse than the one before
    [300, 100],
    [400, 1000], // worse than all
  ] as const;

  it('leaves out what is worse beyond doubt, and gives it no more runs', async () => {
    const { of, asked } = arena(means);
    const runners = await race(of);
    expect(runners.map(({ out }) => out !== undefined)).toEqual([false, false, true, false, true]);
    expect(asked).toEqual([40, 40, 10, 40, 10]);
    const { outcomes, best } = judge(of, OBJECTIVES, runners);
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['front', 'front', 'dominated', 'front', 'dominated'],
    ]);
    expect(best!.setting).toBe(0);
    expect(judge(of, ['bytes_per_node_s', 'detect_mean_ms'], runners).best!.setting).toBe(3);
  });

  it('keeps what is not worse beyond doubt', async () => {
    const close = [...means.slice(0, 2), [201, 500], means[3]] as const;
    const { of } = arena(close, 50);
    const runners = await race(of);
    expect(runners.every(({ out }) => out === undefined)).toBe(true);
  });

  it('leaves out the best by mistake in less than 5 of 100 races', async () => {
    let wrong = 0;
    for (let i = 0; i < 20; i++) {
      const draws = new Stream(`race ${i}`, 'noise', 1);
      const { of } = arena(Array(6).fill([100, 100]));
      const runners = await race({
        ...of,
        ask: async (settings, from, to) =>
          settings.map(() =>
            Array.from({ length: to - from }, () => ({
              detect_mean_ms: 100 + 5 * normalQuantile(draws.draw(0)),
              bytes_per_node_s: 100,
            })),
          ),
      });
      if (runners.some(({ out }) => out !== undefined)) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(4); // P(Bin(20, 0.05) > 4) = 0.003
  });

  it('keeps to a number of runs', async () => {
    const { of, asked } = arena(means.slice(0, 2));
    await race({ ...of, mostRuns: 50 });
    expect(asked).toEqual([20, 20]);
  });

  it('leaves out what is over the budget; without any within it nothing is to be taken', async () => {
    const { of } = arena(means);
    const budgets = ['bytes_per_node_s < 510', 'detect_mean_ms < 150'].map((text) =>
      parseCondition(text, MEASURED, ''),
    );
    const one = { ...of, budgets: budgets.slice(0, 1) };
    const tuned = judge(one, OBJECTIVES, await race(one));
    expect(tuned.outcomes.map(({ status }) => status)).toEqual([
      ...['over', 'front', 'over', 'front', 'over'],
    ]);
    expect([tuned.best!.setting, tuned.sure]).toEqual([1, true]);
    const both = { ...of, budgets };
    expect(judge(both, OBJECTIVES, await race(both)).best).toBeUndefined();
  });

  it('of mistakes that were never seen claims nothing', async () => {
    const objectives = ['detect_mean_ms', 'mistakes_per_pair_h'];
    const exposures = { mistakes_per_pair_h: 'per' };
    const { of } = arena(means.slice(0, 2));
    const rare: Race & { also: string[] } = {
      ...{ ...of, objectives, exposures },
      ask: async (settings, from, to) =>
        (await of.ask(settings, from, to)).map((runs) =>
          runs.map((run) => ({ ...run, mistakes_per_pair_h: 0, per: 1 })),
        ),
    };
    const { outcomes, best } = judge(rare, objectives, await race(rare));
    expect(outcomes.map(({ status }) => status)).toEqual(['front', 'tied']);
    expect(best!.setting).toBe(0);
  });
});

describe('what is asked', () => {
  it('is what is usual and measured, mistakes first', () => {
    expect(objectivesOf(undefined, MEASURED)).toEqual(MEASURED.slice(1));
    expect(preferenceOf(undefined, MEASURED.slice(1))).toEqual([
      ...['mistakes_per_pair_h', 'detect_mean_ms', 'bytes_per_node_s'],
    ]);
    expect(preferenceOf('bytes_per_node_s', MEASURED.slice(1))[0]).toBe('bytes_per_node_s');
  });

  it.each([
    [
      'detect_meen_ms',
      'tune: --minimise: "detect_meen_ms" is not measured here. Did you mean detect_mean_ms?',
    ],
    ['reached_all', "more of reached_all is better; ask for it with --budget 'reached_all >= 99%'"],
  ])('%s is refused', (typed, sentence) =>
    expect(() => objectivesOf(typed, MEASURED)).toThrow(sentence),
  );
});
