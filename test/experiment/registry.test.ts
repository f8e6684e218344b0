/** One experiment is found by the name of its file; so file and experiment must be called alike. */
import { expect, test } from 'vitest';
import { experimentNames, findExperiment, loadExperiments } from '../../src/experiment/registry.ts';

test('each experiment is called as its file', async () => {
  const names = (await loadExperiments()).map(({ name }) => name);
  expect(names).toEqual(experimentNames());
  expect(names.length).toBeGreaterThan(40);
});

test('by name one comes alone', async () => {
  expect((await findExperiment('fanout')).name).toBe('fanout');
});
