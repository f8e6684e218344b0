/** What the core knows by a constant of its own, shared.as, is what TypeScript knows. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KIND_BITS } from '../../../src/engine/agenda.ts';
import * as core from '../../../src/engine/core/core.ts';
import { LOSS, ROUND, TIMER } from '../../../src/engine/events.ts';
import { MOST_MS } from '../../../src/engine/fault-check.ts';
import { LOST } from '../../../src/engine/model.ts';
import { SHIFT } from '../../../src/engine/streams.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const IN_TYPESCRIPT: Record<string, number> = {
  TIME: core.TIME * Float64Array.BYTES_PER_ELEMENT,
  FROM: core.FROM * Int32Array.BYTES_PER_ELEMENT,
  WORD: core.WORD * Int32Array.BYTES_PER_ELEMENT,
  COMING: core.COMING * Int32Array.BYTES_PER_ELEMENT,
  MOST_COMING: core.MOST_COMING,
  QUIET: core.QUIET,
  LATE: core.LATE,
  ...{ KIND_BITS, ROUND, TIMER, LOSS, LOST },
  LANE_BITS: SHIFT + Math.log2(Int32Array.BYTES_PER_ELEMENT),
  MOST_DELAY: 1000 * MOST_MS,
  LAST: Number.MAX_SAFE_INTEGER,
  MOST_PAGES: core.MOST_PAGES,
};

describe('the constants of the core', () => {
  it('are those of TypeScript, all of them', () => {
    const lines = read('src/engine/core/shared.as').matchAll(
      /^export const (\w+): \w+ = ([^;]+);/gm,
    );
    const there = Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]));
    expect(there).toEqual(IN_TYPESCRIPT);
  });

  it('hold for the memory that it is compiled for', () => {
    expect(read('scripts/build-kernel.mjs')).toContain(`--maximumMemory ${core.MOST_PAGES}`);
  });
});
