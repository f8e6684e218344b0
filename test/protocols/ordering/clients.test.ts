import { describe, expect, it } from 'vitest';
import { APPLIED, type Fault, ISSUED, READ } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete, constant } from '../../../src/network/index.ts';
import { directMail } from '../../../src/protocols/broadcast/direct-mail.ts';
import { type Operation, workload } from '../../../src/protocols/ordering/operations.ts';
import { ordering } from '../../../src/protocols/ordering/ordering.ts';

const update = (atMs: number, client: number): Operation => ({
  ...{ atMs, node: 0, key: 0, kind: 'update', thinkMs: 10, client },
});

/** What node 0 did: [ms, R or W, operation]. */
function deeds(list: Operation[], faults: Fault[] = []) {
  const operations = workload({ n: 2, keys: 1, clients: 2, list });
  const seen: [number, string, number][] = [];
  let applied = 0;
  simulate({
    ...{ seed: 'clients', n: 2, overlay: complete, link: constant({ ms: 1 }), horizonMs: 1000 },
    ...{ protocol: ordering(directMail(), operations), workload: operations.inputs, faults },
    observers: [
      {
        onFact(now, fact, _node, about) {
          if (fact === READ) seen.push([now / 1000, 'R', about]);
          if (fact === ISSUED) seen.push([now / 1000, 'W', about]);
          if (fact === APPLIED) applied++;
        },
      },
    ],
  });
  return { seen, applied };
}

describe('a client', () => {
  it('does one thing at a time, two clients do two', () => {
    expect(deeds([update(0, 0), update(5, 0), update(6, 1)]).seen).toEqual([
      [0, 'R', 0],
      [6, 'R', 2],
      [10, 'W', 0],
      [10, 'R', 1],
      [16, 'W', 2],
      [20, 'W', 1],
    ]);
  });

  it('does so also after a pause of its node', () => {
    const pause: Fault = { atMs: 0, node: 0, kind: 'pause', untilMs: 100 };
    expect(deeds([update(1, 0), update(50, 0)], [pause]).seen).toEqual([
      [100, 'R', 0],
      [110, 'W', 0],
      [110, 'R', 1],
      [120, 'W', 1],
    ]);
  });

  it('forgets what it was about when its node crashes, and is free afterwards', () => {
    const faults: Fault[] = [
      { atMs: 5, node: 0, kind: 'crash' },
      { atMs: 6, node: 0, kind: 'restart' },
    ];
    const { seen, applied } = deeds([update(0, 0), update(1, 0), update(8, 0)], faults);
    expect(seen).toEqual([
      [0, 'R', 0],
      [8, 'R', 2],
      [18, 'W', 2],
    ]);
    expect(applied).toBe(2);
  });
});
