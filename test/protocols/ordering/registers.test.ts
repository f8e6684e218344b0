import { expect, it } from 'vitest';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete, constant } from '../../../src/network/index.ts';
import {
  directMail,
  type Operations,
  orderingOn,
  Registers,
  workload,
} from '../../../src/protocols/index.ts';

const write = (atMs: number) =>
  workload({
    ...{ n: 3, keys: 1, clients: 3 },
    list: [{ atMs, node: 0, key: 0, kind: 'write', thinkMs: 0, client: 0 }],
  });

function run(registers: Registers, { n, inputs }: Pick<Operations, 'n' | 'inputs'>) {
  simulate({
    ...{ seed: 'registers', n, workload: inputs, overlay: complete },
    ...{ link: constant({ ms: 5 }), horizonMs: 1000 },
    protocol: orderingOn(registers, directMail()),
  });
}

it('registers refuse a scenario that is not that of their operations', () => {
  const operations = write(0);
  const registers = new Registers(operations);
  expect(() => run(registers, { ...operations, n: 4 })).toThrow(
    'ordering: operations are for 3 nodes; the scenario has 4',
  );
  expect(() => run(registers, { ...operations, inputs: [] })).toThrow(
    "ordering: a scenario's workload must be the inputs of its operations, 1; it has 0",
  );
});

it('registers are empty again for another run', () => {
  const operations = write(100);
  const registers = new Registers(operations);
  run(registers, operations);
  expect(registers.changedAt).toBe(105_000);
  expect(() => run(registers, { ...operations, inputs: [] })).toThrow('ordering');
  simulate({
    ...{ seed: 'registers', n: 3, workload: operations.inputs, overlay: complete },
    ...{ link: constant({ ms: 5 }), horizonMs: 50 },
    protocol: orderingOn(registers, directMail()),
  });
  expect(registers.changedAt).toBe(0);
  expect(registers.values(0, 0)).toEqual([]);
});
