/** Options of --precision: what they mean together. */
import { describe, expect, it } from 'vitest';
import { precisionIn } from '../../src/cli/precision.ts';

const asked = (texts: Record<string, string>, measures: string[] = []) =>
  precisionIn('sweep', {
    ...{ words: [], switches: new Set<string>() },
    texts: new Map(Object.entries(texts)),
    lists: new Map([['measure', measures]]),
  });

describe('--precision', () => {
  it('is not asked for', () => {
    expect(asked({ replicates: '5' })).toBeUndefined();
  });

  it('has 30 replicates at first and 1000 at most', () => {
    const rest = { within: '5%', measures: ['to_99_ms'] };
    expect(asked({ precision: '5%' }, ['to_99_ms'])).toEqual({ ...rest, least: 30, most: 1000 });
  });

  it('has no more at first than at most', () => {
    expect(asked({ precision: '5%', 'max-replicates': '20' })).toMatchObject({
      least: 20,
      most: 20,
    });
  });

  it.each([
    [{ precision: '5%', replicates: '9' }, 'give --max-replicates in place of --replicates'],
    [{ 'max-replicates': '9' }, '--max-replicates goes with --precision'],
    [{ 'min-replicates': '9' }, '--min-replicates goes with --precision'],
    [{ precision: '5%', 'min-replicates': '1' }, '--min-replicates must be a whole number'],
    [{ precision: '5%', 'min-replicates': '50', 'max-replicates': '40' }, 'in 2..40; got 50'],
    [{ precision: '5%', 'max-replicates': 'many' }, '--max-replicates must be a whole number'],
  ])('%j is refused', (texts, sentence) => {
    expect(() => asked(texts as Record<string, string>)).toThrow(sentence);
  });
});
