/** The fuzzer, longer than on every push. */
import { expect, it } from 'vitest';
import { perform, type Task } from '../../bench/fuzz/worker.ts';
import { KIND } from '../../src/experiment/hunt/draw-scenario.ts';

it.each<[Task['of'], number]>([
  ['scenarios', 600],
  ['files', 1500],
])('%s', async (of, to) => {
  const { complaints } = await perform({ of, seed: 'slow', from: 0, to });
  expect(complaints).toEqual([]);
});

/** They go with few protocols: seldom drawn where they fit. */
const RARE = ['detector', 'workload'];

it('every protocol, fault, overlay and law that the kinds know is drawn', async () => {
  const { words } = await perform({ of: 'scenarios', seed: 'words', from: 0, to: 600 });
  const known = Object.entries(KIND.keys).flatMap(([key, { kind }]) => {
    const of = kind.is === 'list' ? kind.of : kind;
    return of.is === 'tagged' ? Object.keys(of.of).map((word) => `${key} ${word}`) : [key];
  });
  const common = known.filter((word) => !RARE.includes(word.split(' ')[0]));
  expect(common.filter((word) => !words.includes(word))).toEqual([]);
});
