/** Each way of merging is noted, with its reason. */
import { beforeEach, expect, test } from 'vitest';
import { timeout } from '../../../src/detectors/timeout.ts';
import type { Observer, Scenario } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { pathsTaken } from '../../../src/kernel/index.ts';
import { constant } from '../../../src/network/latency.ts';
import { complete } from '../../../src/network/overlay.ts';
import { groundOf, heartbeat, heartbeatOn } from '../../../src/protocols/heartbeat/heartbeat.ts';
import type { HeartbeatOptions } from '../../../src/protocols/heartbeat/options.ts';

const HEAD = 'heartbeat table (wasm), merges';

beforeEach(() => {
  pathsTaken();
});

function paths(options: Partial<HeartbeatOptions> = {}, more: Partial<Scenario<number>> = {}) {
  simulate({
    ...{ seed: 'paths', n: 200, overlay: complete, link: constant({ ms: 5 }) },
    protocol: heartbeat({ failMs: 60_000, ...options }),
    ...{ rounds: { periodMs: 1000, phase: 'synchronised' }, horizonMs: 3500, ...more },
  });
  return pathsTaken();
}

test('merges are put off where nothing speaks against it', () => {
  expect(paths()).toEqual([`${HEAD} put off`]);
  expect(paths({ table: { kernel: 'ts' } })).toEqual(['heartbeat table (ts), merges put off']);
});

test('they are done at once among few, and where each fact is watched or may end the run', () => {
  const onFact: Observer = { onFact() {} };
  const watched = [`${HEAD} at once: each fact is watched, or may end the run`];
  expect(paths({}, { n: 199 })).toEqual([`${HEAD} at once: fewer than 200 nodes`]);
  expect(paths({}, { observers: [onFact] })).toEqual(watched);
  expect(paths({}, { observers: [{ ...onFact, skipsFirstNews: true }] })).toEqual([
    `${HEAD} put off`,
  ]);
});

test('they are done at once where detectors, parts of lists or members need it', () => {
  expect(paths({ detector: timeout({ timeoutMs: 9000 }) })).toEqual([
    `${HEAD} at once: a detector is told of all news`,
  ]);
  expect(paths({ maxEntries: 5 })).toEqual([`${HEAD} at once: parts of lists are sent`]);
  expect(paths({ failMs: 1500 })).toEqual([
    `${HEAD} at once: members were suspected, forgotten or started again`,
    `${HEAD} put off`,
  ]);
});

test('they are done at once on a ground that somebody has at hand', () => {
  const protocol = heartbeatOn(groundOf(200), { failMs: 60_000 });
  expect(paths({}, { protocol })).toEqual([`${HEAD} at once: somebody looks into the table`]);
});
