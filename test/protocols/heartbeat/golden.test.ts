/** Readable traces of heartbeat gossip. A message is its kind (0 list, 1 call, 2 request, 3 broadcast) + 4 x its list. */
import { expect, it } from 'vitest';
import type { Scenario } from '../../../src/engine/model.ts';
import { constant } from '../../../src/network/latency.ts';
import { heartbeat } from '../../../src/protocols/heartbeat/heartbeat.ts';
import { ring, traced } from '../../engine/support.ts';

async function golden(name: string, shows: string, change: Partial<Scenario<number>>) {
  const { lines, outcome } = traced({
    seed: 'golden',
    n: 3,
    protocol: heartbeat({ failMs: 250 }),
    link: constant({ ms: 20 }),
    overlay: ring,
    rounds: { periodMs: 100, phase: 'synchronised' },
    horizonMs: 1000,
    checked: true,
    ...change,
  });
  expect(lines.length).toBeLessThanOrEqual(100);
  const page = [`# ${shows}`, ...lines, `# ${outcome.hash}`, ''].join('\n');
  await expect(page).toMatchFileSnapshot(`../../golden/${name}.trace`);
}

it('a crash is suspected after T_fail and forgotten after T_cleanup, and a restart is joined', () =>
  golden('heartbeat-crash', 'node 1 crashes and restarts; its heartbeats reach node 0 by node 2', {
    faults: [
      { atMs: 210, node: 1, kind: 'crash' },
      { atMs: 880, node: 1, kind: 'restart' },
    ],
  }));

it('a pause of more than T_fail is a mistake, which the next news takes back', () =>
  golden('heartbeat-pause', 'node 1 is paused for 380 ms; judged at the exact time', {
    protocol: heartbeat({ failMs: 250, judged: 'exact' }),
    faults: [{ atMs: 210, node: 1, kind: 'pause', untilMs: 590 }],
    horizonMs: 750,
  }));
