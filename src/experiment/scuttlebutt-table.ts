/**
 * What van Renesse, Dumitriu, Gough, Thomas print of their simulations (LADIS 2008, figures 2a, 2b and 3), read from the
 * drawings: one run, seen at one participant (scuttlebutt-twin.ts says why that must be so). Stale mappings, the longest
 * staleness in s, and with flow control the mean of tau in updates per second.
 */
import type { Order } from '../protocols/scuttlebutt/orders.ts';

/** s */
/** Times of the printed points, s. */
export const PRINTED_AT = [20, 30, 40, 50, 60, 70, 75, 80, 90, 100, 110, 120] as const;

/** Figure 2b: [order][of PRINTED_AT]. */
export const PRINTED_STALE: Readonly<Record<Order, readonly number[]>> = {
  'precise-newest': [410, 794, 1585, 1634, 1940, 2027, 2073, 1435, 810, 367, 417, 393],
  depth: [418, 830, 1613, 1668, 2033, 2139, 2183, 1571, 982, 417, 420, 399],
  breadth: [454, 968, 1813, 2024, 2643, 2955, 3033, 2550, 2009, 1361, 973, 761],
  'precise-oldest': [463, 986, 1891, 2170, 2804, 3118, 3236, 2837, 2372, 1714, 1228, 1055],
};

/** Figure 2a. */
export const PRINTED_LONGEST_S: Readonly<Record<Order, readonly number[]>> = {
  'precise-newest': [5.1, 5.1, 15.1, 25.1, 35.1, 45.1, 50.1, 55.1, 65.1, 4.9, 4.9, 4.9],
  depth: [4.7, 5.6, 12.8, 16.5, 20.8, 20.1, 20.9, 22.9, 17.7, 6.0, 4.9, 4.9],
  breadth: [4.8, 5.4, 11.2, 16.8, 25.8, 35.9, 36.2, 41.2, 51.2, 56.2, 54.3, 52.2],
  'precise-oldest': [4.8, 6.0, 11.0, 16.6, 21.8, 26.0, 28.4, 33.4, 39.6, 39.7, 37.4, 18.8],
};

/** When the participant is up to date after the last update at 120 s, s. */
export const PRINTED_ZERO_S: Readonly<Record<Order, number>> = {
  'precise-newest': 126,
  depth: 126,
  breadth: 127,
  'precise-oldest': 130,
};

/** 8 <= t <= 24: from, to. */
export const PRINTED_STEADY = { stale: [376, 401], longestS: [4.8, 4.9] } as const;

/** Figure 3: tau, mean over 60 to 90 s (mtu 100) and from 130 s on (mtu 50), and the longest staleness after 90 s. */
interface PrintedFlow {
  readonly before: number;
  readonly after: number;
  readonly peakS: number;
}

/** The orders that figure 3 shows. */
export const FLOW_ORDERS = ['precise-newest', 'precise-oldest', 'depth'] as const;

/** [participants][order] */
export const PRINTED_FLOW: Readonly<
  Record<number, Readonly<Record<(typeof FLOW_ORDERS)[number], PrintedFlow>>>
> = {
  64: {
    'precise-newest': { before: 1.88, after: 0.99, peakS: 14.2 },
    'precise-oldest': { before: 1.89, after: 0.97, peakS: 12.2 },
    depth: { before: 1.96, after: 0.99, peakS: 10.0 },
  },
  128: {
    'precise-newest': { before: 1.01, after: 0.49, peakS: 21.3 },
    'precise-oldest': { before: 0.95, after: 0.51, peakS: 12.5 },
    depth: { before: 0.97, after: 0.51, peakS: 11.1 },
  },
};
