import { expect, test } from 'vitest';
import { AREA_NAMES, areaOf, OTHER_AREA } from '../../src/experiment/areas.ts';
import { experimentNames } from '../../src/experiment/registry.ts';

test('every experiment of ours belongs to an area', () => {
  expect(experimentNames().filter((name) => areaOf(name) === OTHER_AREA)).toEqual([]);
  const used = new Set(experimentNames().map(areaOf));
  expect(AREA_NAMES.slice(0, used.size)).toEqual(AREA_NAMES.filter((name) => used.has(name)));
});

test('one of a user is among the others, whatever its name begins with', () => {
  expect(areaOf('mine')).toBe(OTHER_AREA);
  expect(areaOf('fanout-of-mine')).toBe(OTHER_AREA);
  expect(areaOf('cassandra-load')).toBe('Cassandra');
});
