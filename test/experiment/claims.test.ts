import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shareStatistic } from '../../src/base/statistics.ts';
import { type Comparison, judge, overall } from '../../src/experiment/claims.ts';
import { writeClaims } from '../../src/experiment/claims-table.ts';
import type { Verdict } from '../../src/experiment/model.ts';
import { plan } from '../../src/experiment/plan.ts';
import { execute } from '../../src/experiment/runner.ts';
import { fixture, temporary } from './support/folders.ts';

const compared = (statistic: Comparison['statistic'], expected: number, tolerance: number) =>
  judge({ quantity: 'q', at: '', statistic, expected, tolerance, basis: 'theory', source: 's' });

// [ours, se, expected, tolerance], verdict. Within 3 se it agrees, beyond 4 se it differs.
const verdicts: [[number, number, number, number], Verdict][] = [
  [[10, 0.1, 10.2, 0], 'reproduced'], // 0.2 <= 0.3, and 0.3 <= 5 % of 10.2
  [[10, 0.1, 10.35, 0], 'inconclusive'], // between 0.3 and 0.4
  [[10, 0.1, 10.41, 0], 'not reproduced'], // 0.41 > 0.4
  [[10, 0.1, 10.4, 0.2], 'reproduced'],
  [[10, 0.2, 10.2, 0], 'inconclusive'], // 0.6 > 5 %
  [[10, 0.2, 10.2, 0.7], 'reproduced'], // the tolerance says how sharp it must be
  [[10, 0.2, 20, 0], 'not reproduced'], // dull, and yet far off
  [[0, 0, 0, 0], 'reproduced'],
  [[0.1, 0.001, 0, 0], 'not reproduced'],
  [[0.001, 0.001, 0, 0], 'inconclusive'], // nothing is sharp against 0 without a tolerance
  [[Number.NaN, Number.NaN, 1, 0.1], 'inconclusive'], // no replicate
  [[1, Number.NaN, 1, 0.1], 'inconclusive'], // one replicate
];
test.each(verdicts)(
  'ours, se, expected, tolerance = %j is %s',
  ([ours, se, expected, tolerance], verdict) => {
    expect(compared({ ours, se }, expected, tolerance).verdict).toBe(verdict);
  },
);

test('a finding carries the interval and z', () => {
  expect(compared({ ours: 10, se: 0.5 }, 9, 0)).toMatchObject({ ciLow: 9.02, ciHigh: 10.98, z: 2 });
  expect(compared({ ours: 10, se: 0.5, ciLow: 1, ciHigh: 2 }, 9, 0)).toMatchObject({
    ciLow: 1,
    ciHigh: 2,
  });
});

test('a share of which all runs are true is not taken for exact', () => {
  const all = shareStatistic(new Array(20).fill(true));
  expect(compared(all, 0.98, 0).verdict).toBe('inconclusive');
  expect(compared(all, 0.5, 0).verdict).toBe('not reproduced');
});

test('one finding that is not reproduced decides, then one that is inconclusive', () => {
  const of = (...list: Verdict[]) => overall(list.map((verdict) => ({ verdict })));
  expect(of('reproduced', 'inconclusive', 'not reproduced')).toBe('not reproduced');
  expect(of('reproduced', 'inconclusive')).toBe('inconclusive');
  expect(of('reproduced', 'reproduced')).toBe('reproduced');
  expect(of()).toBe('inconclusive');
});

test('claims.csv has a line per experiment and quantity, whatever else lies there', async () => {
  const root = temporary();
  for (const name of ['trouble', 'push-small']) {
    const experiment = await fixture(name);
    await execute(plan(experiment, { quick: true }), { out: join(root, name), jobs: 1 });
  }
  mkdirSync(join(root, 'empty'));
  mkdirSync(join(root, 'torn'));
  writeFileSync(join(root, 'torn', 'run.json'), '{');
  const { rows, damaged } = writeClaims(root);
  expect(rows.map(({ experiment }) => experiment)).toEqual(['push-small', 'trouble']);
  expect(damaged).toEqual([expect.stringContaining('torn/run.json is damaged')]);
  expect(readFileSync(join(root, 'claims.csv'), 'utf8')).toBe(
    'experiment,quantity,basis,source,verdict,findings,reproduced,not_reproduced,inconclusive,seed\n' +
      'push-small,end,theory,a guess,reproduced,1,1,0,0,fixture\n',
  );
});
