import { describe, expect, it } from 'vitest';
import { grid, ring } from '../../src/network/lattices.ts';
import { degreesOf, rowsOf, streamsOf } from './support.ts';

describe('a ring', () => {
  it('joins each node with its k nearest on either side', () => {
    expect(rowsOf(ring({ k: 2 })(streamsOf(7)), 7)[0]).toEqual([1, 2, 5, 6]);
    expect(degreesOf(ring({ k: 2 })(streamsOf(7)), 7)).toEqual(Array(7).fill(4));
  });

  it('of three nodes is a triangle', () => {
    expect(rowsOf(ring()(streamsOf(3)), 3)).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
  });
});

describe('a grid', () => {
  it('joins each node with those beside, above and below', () => {
    // 0 1 2
    // 3 4 5
    const rows = rowsOf(grid({ width: 3 })(streamsOf(6)), 6);
    expect(rows).toEqual([
      [1, 3],
      [0, 2, 4],
      [1, 5],
      [0, 4],
      [1, 3, 5],
      [2, 4],
    ]);
  });

  it('as a torus has four neighbours everywhere', () => {
    expect(degreesOf(grid({ width: 4, torus: true })(streamsOf(12)), 12)).toEqual(
      Array(12).fill(4),
    );
    expect(rowsOf(grid({ width: 4, torus: true })(streamsOf(12)), 12)[0]).toEqual([1, 3, 4, 8]);
  });

  it('as a torus one or two nodes wide joins no pair twice and none with itself', () => {
    expect(rowsOf(grid({ width: 2, torus: true })(streamsOf(4)), 4)).toEqual([
      [1, 2],
      [0, 3],
      [0, 3],
      [1, 2],
    ]);
    expect(rowsOf(grid({ width: 1, torus: true })(streamsOf(3)), 3)).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
    expect(rowsOf(grid({ width: 1, torus: true })(streamsOf(1)), 1)).toEqual([[]]);
  });
});
