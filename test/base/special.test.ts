/** Reference values: mpmath 1.3 at 40 digits (loggamma, gammainc, betainc, erfc), rounded to 17. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  gammaP,
  gammaQ,
  incompleteBeta,
  logGamma,
  normalCdf,
  normalTail,
} from '../../src/base/special.ts';
import { expectClose } from './close.ts';

test.each([
  [0.01, 4.599479878042022],
  [0.5, 0.5723649429247001],
  [1.5, -0.12078223763524522],
  [2.5, 0.2846828704729192],
  [9.99, 12.779315214350193],
  [10, 12.801827480081469],
  [50.5, 146.51925549072064],
  [1000, 5905.220423209181],
])('logGamma(%d)', (x, expected) => {
  expectClose(logGamma(x), expected, 3e-14);
});

test('logGamma of a whole number is the log of a factorial', () => {
  let factorial = 1;
  for (let n = 2; n <= 170; n++) {
    factorial *= n - 1;
    expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(1e-14 * Math.max(1, n * 5));
  }
});

test.each([
  // a, x, P, Q
  [0.1, 0.001, 0.5267685683924451, 0.4732314316075549],
  [0.5, 0.5, 0.6826894921370859, 0.3173105078629141],
  [1, 1, 0.6321205588285577, 0.36787944117144233],
  [2.5, 7, 0.9843905838997331, 0.015609416100266916],
  [10, 3, 0.0011024881301154798, 0.9988975118698845],
  [10, 25, 0.9997785233617512, 0.00022147663824878357],
  [100, 80, 0.017108313035133115, 0.9828916869648668],
  [100, 150, 0.9999940754596646, 0.000005924540335483916],
  [1000, 1000, 0.5042052441802155, 0.4957947558197845],
  [1e5, 1.005e5, 0.9428967300239713, 0.057103269976028714],
])('the incomplete gamma functions at (%d, %d)', (a, x, p, q) => {
  expectClose(gammaP(a, x), p, 2e-14 * Math.max(1, Math.sqrt(a) / 10));
  expectClose(gammaQ(a, x), q, 2e-14 * Math.max(1, Math.sqrt(a) / 10));
});

test('P and Q at the ends of the range', () => {
  expect([gammaP(2, 0), gammaQ(2, 0)]).toEqual([0, 1]);
  expect([gammaP(2, Infinity), gammaQ(2, Infinity)]).toEqual([1, 0]);
});

test('P and Q add to 1 on both sides of the change of method', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 500, noNaN: true }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      (a, share) => expectClose(gammaP(a, a * share) + gammaQ(a, a * share), 1, 1e-13),
    ),
    { seed: 2 },
  );
});

test.each([
  [0.5, 0.5, 0.5, 0.5],
  [0.2, 2, 3, 0.1808],
  [0.9, 2, 3, 0.9963],
  [0.01, 5, 0.5, 2.4712578086395448e-11],
  [0.3, 50, 100, 0.1945518337722461],
  [0.001, 0.5, 20, 0.1575838139836385],
  [0.75, 500, 200, 0.9837083302826225],
])('the incomplete beta function I_%d(%d, %d)', (x, a, b, expected) => {
  expectClose(incompleteBeta(x, a, b), expected, 5e-14);
});

test('I_x(a, b) = 1 - I_(1-x)(b, a)', () => {
  const size = fc.double({ min: 0.1, max: 200, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), size, size, (x, a, b) => {
      expect(Math.abs(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a, x) - 1)).toBeLessThan(
        1e-12,
      );
    }),
    { seed: 3 },
  );
});

test.each([
  [0, 0.5],
  [0.1, 0.460172162722971],
  [0.5, 0.3085375387259869],
  [0.67, 0.2514288950953101],
  [0.68, 0.2482522304535705],
  [1, 0.15865525393145705],
  [1.96, 0.024997895148220435],
  [3, 0.0013498980316300946],
  [5, 2.866515718791939e-7],
  [5.65, 8.022391850663497e-9],
  [5.66, 7.568649751997714e-9],
  [10, 7.619853024160525e-24],
  [20, 2.7536241186062337e-89],
  [37, 5.725571222524577e-300],
  [7.3, 1.4388386381575877e-13],
  [15.7, 7.56210317468378e-56],
  [30.1, 2.4226672179857586e-199],
  [37.3, 8.205494844930773e-305],
])('the normal tail beyond %d, relative to its size', (z, expected) => {
  expectClose(normalTail(z), expected, 1e-14);
  expectClose(normalCdf(-z), expected, 1e-14);
  expectClose(normalTail(-z), 1 - expected, 1e-15);
});

test('the normal tail at infinity', () => {
  expect([normalTail(Infinity), normalTail(-Infinity)]).toEqual([0, 1]);
});

test('the normal tail is a case of the incomplete gamma function', () => {
  for (let z = 0.05; z < 8; z += 0.05) {
    expectClose(2 * normalTail(z), gammaQ(0.5, (z * z) / 2), 2e-13);
  }
});
