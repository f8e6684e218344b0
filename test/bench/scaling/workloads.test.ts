import { describe, expect, test } from 'vitest';
import { workloads } from '../../../bench/scaling/workloads.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { pathsTaken } from '../../../src/kernel/index.ts';

describe.each(workloads)('$name', ({ name, seconds, scenario }) => {
  test('runs for as long as it says', () => {
    const { end, events } = simulate(scenario(24));
    expect(events).toBeGreaterThan(24 * (name === 'push' ? 20 : seconds / 2));
    expect(end / 1e6).toBeGreaterThan(0.8 * seconds);
  });
});

test('heartbeat tables put merges off, as long as nobody is suspected', () => {
  const { scenario } = workloads.find(({ name }) => name === 'heartbeat')!;
  pathsTaken();
  simulate(scenario(200));
  expect(pathsTaken()).toEqual(['heartbeat table (wasm), merges put off']);
});
