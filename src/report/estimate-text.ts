/** A mean and its 95 % interval; of what was never seen, the bound alone. */
import { significant, withInterval } from './numbers.ts';

export const estimateText = (value: number, low: number, high: number): string =>
  value === 0 && low === 0 && high > 0
    ? `0, below ${significant(high, 2)}`
    : withInterval(value, low, high);
