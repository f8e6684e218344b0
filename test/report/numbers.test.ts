import { describe, expect, it } from 'vitest';
import { power, significant, valueText, withInterval } from '../../src/report/numbers.ts';

describe('significant', () => {
  it.each([
    [0, '0'],
    [0.123456, '0.1235'],
    [12.3456, '12.35'],
    [2.5, '2.5'],
    [-0.5, '-0.5'],
    [1234.56, '1,235'],
    [1234567, '1,234,567'],
    [999.96, '1,000'],
    [1.23456e-5, '1.235e-5'],
    [1.2e12, '1.2e12'],
    [Number.NaN, '–'],
    [null, '–'],
    [-Infinity, '-∞'],
  ])('writes %d as %s', (x, text) => {
    expect(significant(x)).toBe(text);
  });
});

describe('withInterval', () => {
  it('shows as many decimals as the interval is sharp', () => {
    expect(withInterval(13.52444, 13.43, 13.62)).toBe('13.524 [13.430, 13.620]');
    expect(withInterval(13.52444, 11.4, 15.6)).toBe('13.5 [11.4, 15.6]');
    expect(withInterval(123456.7, 123000, 124000)).toBe('123,457 [123,000, 124,000]');
    expect(withInterval(3.2e-9, 3.1e-9, 3.3e-9)).toBe('3.2e-9 [3.1e-9, 3.3e-9]');
  });

  it('shows a number alone where there is no interval', () => {
    expect(withInterval(0.5, 0.5, 0.5)).toBe('0.5');
    expect(withInterval(0.5, Number.NaN, Number.NaN)).toBe('0.5');
  });
});

it('values of an axis are text that a reader knows', () => {
  expect([16384, -1, 0.05, true, false, 'ring'].map(valueText)).toEqual([
    '16,384',
    '−1',
    '0.05',
    'yes',
    'no',
    'ring',
  ]);
});

it('powers have raised exponents', () => {
  expect([power(2, 14), power(10, -3), power(10, 0)]).toEqual(['2¹⁴', '10⁻³', '10⁰']);
});
