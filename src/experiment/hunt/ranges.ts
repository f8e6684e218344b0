/** What a measure can be: a number that is finite, not below 0, and, for a share, not above 1. */
import type { Invariant } from '../../metrics/invariants/model.ts';
import type { Measure, Run } from '../scenario/index.ts';

export const RANGES = 'ranges';

/** What is wrong with what was measured; of times until a share was reached, the larger share takes longer. */
export function outOfRange(measured: Run['measured']): string | undefined {
  for (const [name, measure] of Object.entries(measured)) {
    if (!isSound(name, measure)) return `${name} is ${JSON.stringify(measure)}, ${String(measure)}`;
  }
  const { to_half_ms: half, to_99_ms: most, to_all_ms: all } = measured;
  const times = [half, most, all].filter((time) => typeof time === 'number');
  const sorted = times.toSorted((a, b) => a - b);
  return times.join() === sorted.join() ? undefined : `half, 99 % and all had heard after ${times}`;
}

function isSound(name: string, measure: Measure): boolean {
  if (measure === null || typeof measure === 'boolean') return true;
  const values = typeof measure === 'number' ? [measure] : [measure.count, measure.per];
  const most = name.endsWith('_frac') ? 1 + 1e-9 : Number.MAX_VALUE;
  return values.every((value) => value >= 0 && value <= most);
}

/** Of the names that `hunt` takes. */
export const rangesAbout: Pick<Invariant, 'name' | 'about'> = {
  name: RANGES,
  about: 'shares are within 0 and 1, durations, counts and rates finite and not below 0',
};
