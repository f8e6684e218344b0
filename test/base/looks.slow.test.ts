/** Coverage of the stopping rule over thousands of samples, at widths that stop it early, midway and never. */
import { describe, expect, it } from 'vitest';
import { coverage, LAWS } from './stopped.ts';

// 4000 samples: the standard error of a coverage of 0.95 is 0.0034, so a rule with 0.95 falls below 0.94 with 2e-3.
describe.each(Object.keys(LAWS))('%s', (name) => {
  it.each([0.3, 0.2, 0.1, 0.05, 0.02])('within %d', (within) => {
    const { held, replicates } = coverage(name, within, 4000);
    expect(held).toBeGreaterThanOrEqual(0.94);
    expect(replicates).toBeGreaterThanOrEqual(30);
  });
});
