import { expect, test } from 'vitest';
import {
  type GossipCell,
  gossipGroup,
  variedIn,
} from '../../src/experiment/gossip-failure-model.ts';

const base: GossipCell = { n: 50, failed: 0, loss: 0, promised: 1e-3, clock: 'periodic' };

test('a group of the paper, by hand', () => {
  const { periodMs, failPeriods, options, scenario } = gossipGroup(base);
  expect(periodMs).toBe(1600); // 50 entries of 8 bytes at 250 bytes/s
  expect(failPeriods).toBe(1047 / 50); // rounds by the recurrence
  expect(options.failMs).toBe(failPeriods * 1600);
  expect(scenario.rounds).toEqual({ periodMs: 1600, phase: 'random' });
  expect(gossipGroup({ ...base, clock: 'poisson' }).scenario.rounds.phase).toBe('poisson');
});

test('the last members have failed', () => {
  const { failures } = gossipGroup({ ...base, n: 5, failed: 2 });
  const streams = { n: 5, stream: () => expect.fail('nothing is drawn') };
  expect(failures(streams).map(({ node, kind }) => `${node} ${kind}`)).toEqual([
    '3 absent',
    '4 absent',
  ]);
});

test('what varies', () => {
  expect(variedIn(base)).toBe(0);
  expect(variedIn({ ...base, n: 10, loss: 0.1, promised: 1e-9 })).toBe(2);
});

test.each([
  [{ n: 1 }, 'n must be a whole number at least 2; got 1'],
  [{ failed: 49 }, 'failed must be a whole number in 0..48; got 49'],
  [{ loss: 2 }, 'loss must be a number in [0, 1]; got 2'],
  [{ loss: 1 }, 'arrival must be a number above 0; got 0'],
  [{ clock: 'quartz' }, 'clock must be'],
])('refuses %o', (wrong, sentence) => {
  expect(() => gossipGroup({ ...base, ...wrong } as GossipCell)).toThrow(sentence);
});
