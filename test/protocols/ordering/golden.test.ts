/** Readable traces: a message is 16 x the write. Three nodes, direct mail; node 2 gets its mail of node 0 late. */
import { expect, it } from 'vitest';
import type { Link } from '../../../src/engine/model.ts';
import { complete } from '../../../src/network/index.ts';
import { directMail } from '../../../src/protocols/broadcast/direct-mail.ts';
import { type Operation, workload } from '../../../src/protocols/ordering/operations.ts';
import type { OrderingOptions } from '../../../src/protocols/ordering/options.ts';
import { ordering } from '../../../src/protocols/ordering/ordering.ts';
import { traced } from '../../engine/support.ts';

const slowFromZeroToTwo: Link = () => ({
  delay: (from, to) => (from === 0 && to === 2 ? 50_000 : 10_000),
});

const one = (atMs: number, node: number, kind: Operation['kind'], thinkMs = 0): Operation => ({
  ...{ atMs, node, key: 0, kind, thinkMs, client: node },
});

async function golden(name: string, shows: string, layer: OrderingOptions) {
  // Node 0 writes; node 1 sees it and builds upon it; node 2 reads.
  const list = [one(0, 0, 'write'), one(15, 1, 'update', 5), one(40, 2, 'read')];
  const operations = workload({ n: 3, keys: 1, clients: 3, list });
  const { lines, outcome } = traced({
    ...{ seed: 'golden', n: 3, overlay: complete, link: slowFromZeroToTwo, horizonMs: 1000 },
    protocol: ordering(directMail(), operations, layer),
    workload: operations.inputs,
    checked: true,
  });
  const page = [`# ${shows}`, ...lines, `# ${outcome.hash}`, ''].join('\n');
  await expect(page).toMatchFileSnapshot(`../../golden/${name}.trace`);
}

it('without order the answer comes before the question', () =>
  golden(
    'ordering-at-once',
    'node 2 applies write 1 at 30 ms, and write 0, which came before it, at 50 ms',
    {},
  ));

it('causal delivery holds it back', () =>
  golden(
    'ordering-causal',
    'node 2 receives write 1 at 30 ms and applies it at 50 ms, after write 0',
    {
      delivery: 'causal',
      resolution: 'wall-clock',
    },
  ));
