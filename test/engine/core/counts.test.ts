import { expect, it } from 'vitest';
import { Core } from '../../../src/engine/core/core.ts';

it('gives counts that are zero, whatever an earlier run has left there', () => {
  const events = 5000;
  for (let run = 0; run < 3; run++) {
    const core = new Core();
    for (let i = 0; i < run * events; i++) core.schedule(i, 0x7f0, -1, -1);
    const { words } = core.counts(2 * events * (3 - run));
    expect(words.every((word) => word === 0)).toBe(true);
    words.fill(-1);
    expect(core.close()).toBe(true); // and the next one has its memory
  }
});
