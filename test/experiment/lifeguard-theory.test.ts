import { describe, expect, it } from 'vitest';
import {
  aloneFalseDeaths,
  medianDetectionS,
  type SuspicionLaw,
  suspicionOutlasts,
  suspicionStages,
} from '../../src/experiment/lifeguard-theory.ts';

const law: SuspicionLaw = { n: 128, alpha: 5, beta: 6, confirmations: 3, exchangeS: 90 };
const swim: SuspicionLaw = { ...law, beta: 1, confirmations: 0 };

describe('how long a suspicion lasts', () => {
  it('falls from beta times the shortest with the logarithm of the confirmations', () => {
    const [none, one, two, three] = suspicionStages(law);
    expect([none, three]).toEqual([63.21, 10.535]);
    expect((none - one) / (none - three)).toBeCloseTo(Math.log(2) / Math.log(4), 3);
    expect((none - two) / (none - three)).toBeCloseTo(Math.log(3) / Math.log(4), 3);
    expect(suspicionStages(swim)).toEqual([10.535]);
  });

  it('is ended by the confirmation that lets it', () => {
    const stages = [8, 6, 4];
    expect(suspicionOutlasts(stages, 1, 3.9)).toBe(1);
    expect(suspicionOutlasts(stages, 1, 5)).toBeCloseTo(Math.exp(-5) * (1 + 5), 12);
    expect(suspicionOutlasts(stages, 1, 7)).toBeCloseTo(Math.exp(-7), 12);
    expect(suspicionOutlasts(stages, 1, 8)).toBe(0);
  });
});

describe('the median time to detection', () => {
  it('is that of the first ping, a probe interval and the suspicion where nobody need confirm', () =>
    expect(medianDetectionS(swim, [1])).toBeCloseTo(Math.LN2 + 1 + 10.535, 1));

  it('does not hang on beta where confirmations are in time, and does where they are rare', () => {
    const short = { ...law, alpha: 2 };
    expect(medianDetectionS(short, [1])).toBeCloseTo(Math.LN2 + 1 + 4.214, 1);
    const rare = { ...short, exchangeS: Infinity };
    const without = medianDetectionS(rare, [32]);
    expect(without).toBeGreaterThan(medianDetectionS({ ...rare, beta: 1.2 }, [32]) + 0.1);
  });
});

describe('false deaths of a member that is blocked alone', () => {
  it('come with each block but the first that outlasts the longest suspicion', () => {
    expect(aloneFalseDeaths(swim, 16_384, 1)).toBe(7);
    expect(aloneFalseDeaths(swim, 32_768, 1)).toBe(3);
    expect(aloneFalseDeaths(swim, 8192, 1)).toBe(0);
    expect(aloneFalseDeaths(law, 32_768, 1)).toBe(0);
    expect(aloneFalseDeaths({ ...law, alpha: 2, beta: 6 }, 32_768, 1)).toBe(3);
  });
});
