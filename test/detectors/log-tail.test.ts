/** Reference values: mpmath 1.3 at 40 digits and more, rounded to 17. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalOfPhi, phiOfNormal } from '../../src/detectors/log-tail.ts';
import { expectClose } from '../base/close.ts';

test.each([
  [-30, 2.130958782838292e-198],
  [-5, 1.2449121373882918e-7],
  [-0.5, 0.16023139227784902],
  [0, 0.3010299956639812],
  [0.5, 0.5106919892652407],
  [1, 0.7995455414919705],
  [2, 1.643016080140937],
  [5, 6.5426456723906545],
  [10, 23.118053405486076],
  [29.9, 196.00705043724338],
  [30, 197.30920926166095],
  [30.1, 198.61570623725254],
  [37, 299.24218117860994],
  [40, 349.43700645934587],
  [68, 1006.3205348782951],
  [200, 8688.589768851563],
])('phi at z = %d is %d', (z, phi) => {
  expectClose(phiOfNormal(z), phi, 1e-13);
});

test('phi is increasing across the change of method', () => {
  for (let z = 29.9; z < 30.1; z += 1e-5) {
    expect(phiOfNormal(z + 1e-5)).toBeGreaterThan(phiOfNormal(z));
  }
});

test('phi is finite and increasing from far below the mean to phi 100,000', () => {
  fc.assert(
    fc.property(fc.double({ min: -37, max: 600, noNaN: true }), (z) => {
      const phi = phiOfNormal(z);
      expect(phi).toBeGreaterThan(0);
      expect(phi).toBeLessThan(Infinity);
      expect(phiOfNormal(z + 0.01)).toBeGreaterThan(phi);
    }),
    { seed: 3 },
  );
});

test('normalOfPhi is its inverse', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 2000, noNaN: true }), (phi) =>
      expectClose(phiOfNormal(normalOfPhi(phi)), phi, 1e-12),
    ),
    { seed: 4 },
  );
});
