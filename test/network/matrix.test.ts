import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { bandwidth } from '../../src/network/bandwidth.ts';
import { duplicated } from '../../src/network/duplication.ts';
import { constant, exponential } from '../../src/network/latency.ts';
import { perPair, zones } from '../../src/network/matrix.ts';
import { built, delays } from './support.ts';

const ms = (value: number) => constant({ ms: value });

describe('a latency per pair', () => {
  it('is that of the row of the sender and the column of the receiver', () => {
    const transit = built(
      perPair([
        [0, 12],
        [34, 0],
      ]),
      2,
    );
    expect([transit.delay(0, 1, 0, 0), transit.delay(1, 0, 0, 0)]).toEqual([12_000, 34_000]);
  });

  it('may be given as links', () => {
    const transit = built(
      perPair([
        [ms(0), ms(1)],
        [ms(2), ms(0)],
      ]),
      2,
    );
    expect([transit.delay(0, 1, 0, 0), transit.delay(1, 0, 0, 0)]).toEqual([1000, 2000]);
  });

  it.each([
    [
      [
        [0, 1],
        [1, 0],
      ],
      'perPair: the matrix must have one row per node (3); got 2',
    ],
    [
      [
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      'perPair: row 0 must have one value per node (3); got 2',
    ],
    [
      [
        [0, 1, 1],
        [1, 0, -4],
        [1, 1, 0],
      ],
      'perPair: row 1, column 2 must be a number in [0, 4503599627370.496]; got -4',
    ],
  ])('must fit the population: %j', (matrix, sentence) => {
    expect(() => built(perPair(matrix), 3)).toThrow(new UserError(sentence));
  });

  it('given as links must fit the population', () => {
    const links = [
      [ms(0), ms(1)],
      [ms(2), ms(0)],
    ];
    expect(() => built(perPair(links), 3)).toThrow(
      new UserError('perPair: the matrix must have one row per node (3); got 2'),
    );
  });
});

describe('links between zones', () => {
  it('are chosen by the zones of sender and receiver', () => {
    const transit = built(
      zones({
        zoneOf: [0, 0, 1],
        links: [
          [ms(1), ms(20)],
          [ms(30), ms(2)],
        ],
      }),
      3,
    );
    expect(transit.delay(0, 1, 0, 0)).toBe(1000);
    expect(transit.delay(1, 2, 0, 0)).toBe(20_000);
    expect(transit.delay(2, 1, 0, 0)).toBe(30_000);
  });

  it('are one link where they are the same value: all zones alike is as without zones', () => {
    const link = exponential({ meanMs: 50 });
    const alike = zones({
      zoneOf: (node) => node % 2,
      links: [
        [link, link],
        [link, link],
      ],
    });
    expect(delays(alike, 100)).toEqual(delays(link, 100));
  });

  it('share the uplink of a sender where they are the same value', () => {
    const uplink = bandwidth({ bytesPerSecond: 1000 }, ms(0));
    const transit = built(
      zones({
        zoneOf: [0, 1, 1],
        links: [
          [uplink, uplink],
          [uplink, uplink],
        ],
      }),
      3,
    );
    expect([transit.delay(0, 1, 0, 100), transit.delay(0, 2, 0, 100)]).toEqual([100_000, 200_000]);
  });

  it('duplicate where their link does', () => {
    const transit = built(
      zones({
        zoneOf: [0, 1],
        links: [
          [ms(1), duplicated(1, ms(1))],
          [ms(1), ms(1)],
        ],
      }),
      2,
    );
    expect([transit.copies!(0, 1, 0), transit.copies!(1, 0, 0)]).toEqual([2, 1]);
  });

  it.each([
    [[0, 1], 'zones: zoneOf must have one zone per node (3); got 2'],
    [[0, 1, 2], 'zones: zoneOf node 2 must be a whole number in 0..1; got 2'],
  ])('must know a zone of every node: %j', (zoneOf, sentence) => {
    const links = [
      [ms(1), ms(1)],
      [ms(1), ms(1)],
    ];
    expect(() => built(zones({ zoneOf, links }), 3)).toThrow(new UserError(sentence));
  });

  it('must be a square matrix', () => {
    expect(() => zones({ zoneOf: () => 0, links: [[ms(1)], [ms(1), ms(1)]] })).toThrow(
      new UserError('zones: links[0] must have one link per zone (2); got 1'),
    );
  });
});
