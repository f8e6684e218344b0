import { expect, test } from 'vitest';
import type { ProtocolFactory } from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { constant } from '../../src/network/latency.ts';
import { complete } from '../../src/network/overlay.ts';
import { swim } from '../../src/protocols/swim/swim.ts';

const run = <M>(n: number, protocol: ProtocolFactory<M>) =>
  simulate({
    ...{ seed: 'large', n, protocol, overlay: complete, link: constant({ ms: 1 }) },
    ...{ rounds: { periodMs: 1000, phase: 'synchronised' }, horizonMs: 1000 },
  });

test('columns longer than an array may be are refused, with what to lower', () => {
  expect(() => run(1_000_000, swim())).toThrow(
    /^simulate: the run must fit in this machine's memory; got 1000000 nodes, and ".+"\. Lower the nodes$/,
  );
});

test('other range errors are as they were', () => {
  const deep: ProtocolFactory<number> = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  expect(() => run(2, deep)).toThrow(RangeError);
});
