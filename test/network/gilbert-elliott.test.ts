import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { LOST } from '../../src/engine/model.ts';
import { burstLaw, gilbertElliott } from '../../src/network/gilbert-elliott.ts';
import { exponential } from '../../src/network/latency.ts';
import { lossy } from '../../src/network/loss.ts';
import { built, delays, lossOf, sum } from './support.ts';

const link = exponential({ meanMs: 50 });

/** Lengths of the runs of lost messages among `count` messages of one sender. */
function bursts(options: Parameters<typeof gilbertElliott>[0], count: number, seed: string) {
  const transit = built(gilbertElliott(options, link), 2, seed);
  const lengths: number[] = [];
  let length = 0;
  for (let i = 0; i < count; i++) {
    if (transit.delay(0, 1, 0, 0) === LOST) length++;
    else if (length > 0) {
      lengths.push(length);
      length = 0;
    }
  }
  return lengths;
}

describe('loss in bursts', () => {
  const gilbert = { goodToBad: 0.02, badToGood: 0.2 };
  const elliott = { goodToBad: 0.05, badToGood: 0.1, lossGood: 0.02, lossBad: 0.6 };

  it('has the closed forms of Gilbert: share g / (g + b), bursts of mean 1 / b', () => {
    expect(burstLaw(gilbert).meanLoss).toBeCloseTo(1 / 11, 12);
    expect(burstLaw(gilbert).meanBurst).toBeCloseTo(5, 12);
  });

  // H0: the closed forms. The mean loss of N messages of a two-state chain has at most the variance of independent
  // ones times (1 + r) / (1 - r), r = 1 - g - b; the sd of a burst's length is below 1.2 times its mean in both cases.
  // Alpha 1e-5: 4.42 se. N = 60,000: 0.016 on a loss of 0.091, so that 0.12 is seen with power > 0.99; about 1,000
  // bursts: 17 % of their mean, so that independent losses (mean 1.1 instead of 5) are seen.
  it.each([
    ['Gilbert', gilbert],
    ['Elliott', elliott],
  ])('has the mean loss and the mean burst of the closed forms: %s', (name, options) => {
    const count = 60_000;
    const { meanLoss, meanBurst } = burstLaw(options);
    const lengths = bursts(options, count, name);
    const correlation = 1 - options.goodToBad - options.badToGood;
    const lossSe = Math.sqrt(
      (meanLoss * (1 - meanLoss) * (1 + correlation)) / (1 - correlation) / count,
    );
    expect(Math.abs(sum(lengths) / count - meanLoss)).toBeLessThan(4.42 * lossSe);
    const burstSe = (1.2 * meanBurst) / Math.sqrt(lengths.length);
    expect(Math.abs(sum(lengths) / lengths.length - meanBurst)).toBeLessThan(4.42 * burstSe);
  });

  it('alternates where both probabilities are 1', () => {
    const lengths = bursts({ goodToBad: 1, badToGood: 1 }, 101, 'alternating');
    expect(new Set(lengths)).toEqual(new Set([1]));
    expect(lengths.length).toBeGreaterThanOrEqual(50);
  });

  it('that loses nothing in either state changes nothing', () => {
    const harmless = gilbertElliott({ ...gilbert, lossBad: 0 }, link);
    expect(delays(harmless, 1000)).toEqual(delays(link, 1000));
  });

  it('that loses alike in both states is plain loss', () => {
    const alike = gilbertElliott({ ...gilbert, lossGood: 0.3, lossBad: 0.3 }, link);
    expect(delays(alike, 1000)).toEqual(delays(lossy(0.3, link), 1000));
  });

  // H0: first messages of 20,000 senders are lost with probability 1/11: sd 40.7, alpha 1e-5: 180. A start in the good
  // state, then one step, would lose 400 instead of 1818.
  it('starts in the stationary state', () => {
    const n = 20_000;
    const lost = n * lossOf(delays(gilbertElliott(gilbert, link), n, { n }));
    expect(Math.abs(lost - n / 11)).toBeLessThan(180);
  });

  it('belongs to the sender: other senders do not move its state', () => {
    const alone = built(gilbertElliott(gilbert, link));
    const among = built(gilbertElliott(gilbert, link));
    for (let i = 0; i < 500; i++) {
      among.delay(1, 0, 0, 0);
      expect(among.delay(0, 1 + (i % 9), 0, 0)).toBe(alone.delay(0, 1, 0, 0));
    }
  });

  it.each([
    [{ goodToBad: 2, badToGood: 1 }, 'gilbertElliott: goodToBad must be a number in [0, 1]; got 2'],
    [
      { goodToBad: 0.1, badToGood: 0 },
      'gilbertElliott: badToGood must be above 0; got 0: a bad state would last for ever, use lossy',
    ],
  ])('must have probabilities: %j', (options, sentence) => {
    expect(() => gilbertElliott(options, link)).toThrow(new UserError(sentence));
  });
});
