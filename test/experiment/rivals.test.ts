import { describe, expect, it } from 'vitest';
import { DOWN, rivalCluster } from '../../src/experiment/rivals.ts';
import { bytesAtRest, type Rival } from '../../src/experiment/rivals-theory.ts';

const RIVALS: readonly Rival[] = ['heartbeat', 'cassandra', 'swim', 'memberlist'];

describe.each(RIVALS)('%s', (rival) => {
  it('holds a crashed member to be down, and nobody else', () => {
    const told = new Set<number>();
    let wrong = 0;
    const n = 8;
    rivalCluster({
      ...{ rival, n, seed: 'rivals', scale: 1, loss: 0, horizonMs: 120_000 },
      faults: () => [{ kind: 'crash', node: 7, atMs: 30_000 }],
    }).run({
      onFact(now, fact, node, about) {
        if (fact !== DOWN[rival]) return;
        if (about === 7 && now > 30_000_000) told.add(node);
        else wrong++;
      },
    });
    expect(told.size).toBe(7);
    expect(wrong).toBe(0);
  });
});

it('slower timers send fewer bytes', () => {
  const n = 16;
  for (const rival of ['heartbeat', 'swim', 'memberlist'] as const) {
    const scale = 3;
    const horizonMs = 180_000;
    const { traffic } = rivalCluster({
      ...{ rival, n, seed: 'rivals', scale, loss: 0, horizonMs },
    }).run({});
    const perSecond = traffic.bytesSent / n / 180;
    expect(perSecond * scale).toBeGreaterThan(0.9 * bytesAtRest(rival, n));
    expect(perSecond * scale).toBeLessThan(1.1 * bytesAtRest(rival, n));
  }
});
