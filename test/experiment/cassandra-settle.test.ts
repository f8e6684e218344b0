import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { openCluster } from '../../src/experiment/cassandra-ground.ts';
import { settling } from '../../src/experiment/cassandra-settle.ts';
import { constant } from '../../src/network/latency.ts';

const settleOf = (faults: readonly Fault[], members = 4) => {
  const { scenario, ground } = openCluster(
    4,
    40_000,
    { version: '4.1', seeds: [0], members },
    constant({ ms: 20 }),
  );
  const settle = settling(ground, 3);
  simulate({ ...scenario, seed: 'settle', faults, observers: [settle] });
  return [settle.gossipsMs(), settle.settledMs()];
};
const starts = (kind: 'crash' | 'absent'): Fault[] => [
  { atMs: kind === 'absent' ? 0 : 10_000, node: 3, kind },
  { atMs: 15_000, node: 3, kind: 'restart' },
];

describe('the settle', () => {
  it('ends 8 s after the shadow round, of a node that knows its peers from disk and of a new one', () => {
    expect(settleOf(starts('crash'))).toEqual([16_000, 24_000]);
    expect(settleOf(starts('absent'), 3)).toEqual([16_000, 24_000]);
  });

  it('ends later by as long as endpoints turn up after the first 5 s', () => {
    const late: Fault[] = [
      { atMs: 0, node: 2, kind: 'absent' },
      { atMs: 4000, node: 2, kind: 'restart' }, // known from 6 s on, or a little later
    ];
    const [gossips, settled] = settleOf(late, 2);
    expect(gossips).toBe(1000);
    expect(settled).toBeGreaterThan(9000);
  });

  it('of a cluster that runs at time 0 counts from then, and of who is down never ends', () => {
    expect(settleOf([])).toEqual([0, 8000]);
    expect(settleOf([{ atMs: 3000, node: 3, kind: 'crash' }])).toEqual([null, null]);
  });
});
