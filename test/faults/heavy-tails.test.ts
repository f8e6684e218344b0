/** A duration of a heavy tail can be longer than any time that a fault may have: the fault then never ends. */
import { expect, it } from 'vitest';
import { simulate } from '../../src/engine/simulate.ts';
import { paretoMs, pauses, zoneFailures } from '../../src/faults/index.ts';
import { onRing } from './support.ts';

const lasts = paretoMs(0.01, 1000);

it.each([
  ['pauses', pauses({ atMs: [100], lasts })],
  ['crashes', zoneFailures({ atMs: [100], zoneOf: (node) => node, lasts })],
])('%s of a heavy tail are faults that can be', (_, faults) => {
  for (let seed = 0; seed < 20; seed++) {
    const { end } = simulate({ ...onRing, seed: `tail ${seed}`, faults });
    expect(end).toBeLessThanOrEqual(400_000);
  }
});
