import { expect, it } from 'vitest';
import { orderedRun } from '../../src/experiment/ordered-run.ts';
import { complete, constant } from '../../src/network/index.ts';
import { directMail } from '../../src/protocols/broadcast/direct-mail.ts';
import { type Operation, workload } from '../../src/protocols/ordering/operations.ts';

const write = (atMs: number, node: number): Operation => ({
  ...{ atMs, node, key: 0, kind: 'write', thinkMs: 0, client: node },
});

const divergenceMs = (list: Operation[], horizonMs: number) =>
  orderedRun({
    ...{ seed: 'divergence', overlay: complete, link: constant({ ms: 10 }), horizonMs },
    operations: workload({ n: 3, keys: 1, clients: 3, list }),
    broadcast: directMail(),
    layer: { resolution: 'lamport' },
  }).divergenceMs();

it('nodes diverge until the last write is everywhere, and have no time for it where it is not', () => {
  expect(divergenceMs([write(0, 0), write(3, 1)], 1000)).toBe(10);
  expect(divergenceMs([write(0, 0), write(3, 1)], 8)).toBe(null);
  expect(divergenceMs([], 1000)).toBe(null);
});
