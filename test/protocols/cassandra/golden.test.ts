/** Readable traces of small clusters. A digest is node:generation/version, a delta node:generation/heartbeat{states}. */
import { expect, it } from 'vitest';
import { type Play, play } from './cluster.ts';

async function golden(name: string, shows: string, scene: Play) {
  const { lines, outcome } = play(scene);
  expect(lines.length).toBeLessThanOrEqual(100);
  const page = [`# ${shows}`, ...lines, `# ${outcome.hash}`, ''].join('\n');
  await expect(page).toMatchFileSnapshot(`../../golden/${name}.trace`);
}

const two = { version: '4.1', seeds: [0], samples: 50 } as const;

it('SYN, ACK and ACK2 carry heartbeats, and a state that was published once', () =>
  golden(
    'cassandra-exchange',
    'two rounds of three nodes; node 2 publishes a schema between them',
    {
      n: 3,
      options: two,
      change: { workload: [{ atMs: 1000, node: 2, input: 0 }], horizonMs: 2000 },
    },
  ));

it('a node that was killed is convicted after its silence, and comes back by a shadow round and echoes', () =>
  golden(
    'cassandra-kill',
    'node 1 is killed after 5 s and back after 60: from its last seconds down',
    {
      n: 2,
      options: two,
      fromMs: 59_000,
      change: {
        faults: [
          { atMs: 5000, node: 1, kind: 'crash' },
          { atMs: 60_000, node: 1, kind: 'restart' },
        ],
        horizonMs: 62_500,
      },
    },
  ));

it('a node that stops says goodbye, and answers no echo', () =>
  golden('cassandra-stop', 'node 2 stops after 1 s: with its state, as in 5.0', {
    n: 3,
    options: { ...two, version: '5.0', commands: [{ do: 'stop' }] },
    fromMs: 900,
    change: { workload: [{ atMs: 1000, node: 2, input: 0 }], horizonMs: 2500 },
  }));

it('a node that joins is BOOT, and then NORMAL', () =>
  golden('cassandra-join', 'node 2 joins at 2 s, and its bootstrap takes a second', {
    n: 3,
    options: { ...two, members: 2, bootstrapMs: 1000 },
    fromMs: 2000,
    change: {
      faults: [
        { atMs: 0, node: 2, kind: 'absent' },
        { atMs: 2000, node: 2, kind: 'restart' },
      ],
      horizonMs: 4500,
    },
  }));
