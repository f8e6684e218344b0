import { describe, expect, it } from 'vitest';
import { gridAxis, linearAxis, logAxis, thinned } from '../../src/report/figure-axis.ts';

describe('gridAxis', () => {
  it('has its ticks at the values of the grid and ends with them', () => {
    const axis = gridAxis([1000, 100, 316, 100], 10, 420);
    expect(axis).toEqual({
      domain: [100, 1000],
      ticks: [100, 316, 1000],
      labels: ['100', '316', '1,000'],
      minor: [200, 300, 400, 500, 600, 700, 800, 900],
    });
  });

  it('writes powers where plain numbers do not fit side by side', () => {
    const values = [256, 4096, 65536, 1048576];
    expect(gridAxis(values, 2, 420).labels).toEqual(['256', '4,096', '65,536', '1,048,576']);
    expect(gridAxis(values, 2, 150).labels).toEqual(['2⁸', '2¹²', '2¹⁶', '2²⁰']);
  });

  it('leaves the ticks of a long linear axis to round numbers', () => {
    const { domain, ticks } = gridAxis([...Array(40).keys()], 0, 420);
    expect(domain).toEqual([0, 39]);
    expect(ticks).toEqual([0, 5, 10, 15, 20, 25, 30, 35]);
  });

  it('does so too where the texts of a few ticks would touch', () => {
    const values = [0.5, 1, 1.5, 2, 12];
    const { domain, ticks, labels } = gridAxis(values, 0, 240);
    expect(domain).toEqual([0.5, 12]);
    expect(ticks).toEqual([2, 4, 6, 8, 10, 12]);
    expect(labels).toEqual(['2', '4', '6', '8', '10', '12']);
    expect(gridAxis(values, 0, 900).ticks).toEqual(values);
  });

  it('falls back to powers within the data where a log axis has many values', () => {
    const values = Array.from({ length: 60 }, (_, i) => 3 * 1.2 ** i);
    const { domain, ticks } = gridAxis(values, 10, 420);
    expect(domain).toEqual([3, values[59]]);
    expect(ticks).toEqual([10, 100, 1000, 10000, 100000]);
  });
});

describe('linearAxis', () => {
  it.each([
    ['starts at zero', [3, 27], false, [0, 30]],
    ['unless all values are far from it', [90, 100], false, [90, 100]],
    ['reaches below zero where values do', [-1.2, 2.4], false, [-2, 3]],
    ['never needs more than 0..1 for shares', [0.2, 1.03], true, [0, 1]],
    ['has an extent even for one value', [0, 0], false, [0, 0.2]],
  ])('%s', (_, values, shares, domain) => {
    expect(linearAxis(values, shares).domain).toEqual(domain);
  });
});

describe('logAxis', () => {
  it('ends at 1, 2 or 5 times a power and has ticks at powers', () => {
    const { domain, ticks, labels } = logAxis([0.00034, 0.93], 280);
    expect(domain).toEqual([0.0002, 1]);
    expect(ticks).toEqual([0.001, 0.01, 0.1, 1]);
    expect(labels).toEqual(['0.001', '0.01', '0.1', '1']);
  });

  it('has ticks at 1, 2 and 5 over a short range', () => {
    expect(logAxis([13, 80], 280).ticks).toEqual([10, 20, 50, 100]);
  });

  it('has powers alone where the texts of the others would touch', () => {
    const axis = logAxis([200, 20_000], 420);
    expect(axis.ticks).toEqual([200, 500, 1000, 2000, 5000, 10_000, 20_000]);
    expect(thinned(axis, 420)).toBe(axis);
    expect(thinned(axis, 240)).toMatchObject({
      ticks: [1000, 10_000],
      labels: ['1,000', '10,000'],
    });
  });

  it('has small ticks between the powers, where there is room for them', () => {
    expect(logAxis([0.5, 100], 280)).toMatchObject({ ticks: [1, 10, 100] });
    expect(logAxis([0.5, 100], 280).minor?.slice(0, 6)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 2]);
    expect(logAxis([1e-7, 1], 200).minor).toBeUndefined();
    expect(logAxis([1e-12, 1], 280).minor).toEqual([1e-11, 1e-9, 1e-7, 1e-5, 0.001, 0.1]);
  });

  it('skips powers where there are many', () => {
    expect(logAxis([1e-12, 1], 280).ticks).toHaveLength(7);
  });
});
