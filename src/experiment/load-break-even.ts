/** From which age of loads on a choice by them is no better than a server at random. */
import { UserError } from '../base/errors.ts';
import { randomTime } from './load-choice-theory.ts';

/**
 * The period at which a server at random becomes as good, by the method of the false position (Illinois) on logarithms.
 * @param timeOf mean time in system at a period; it grows with it.
 */
export function breakEven(load: number, timeOf: (period: number) => number): number {
  const lossAt = (log: number) => Math.log(timeOf(Math.exp(log)) / randomTime(load));
  let low = { at: 0, loss: lossAt(0) };
  let high = low;
  while (high.loss < 0) {
    low = high;
    high = { at: low.at + 1, loss: lossAt(low.at + 1) };
    if (high.at > 6)
      throw new UserError(`break-even: at load ${load} no period below 400 is as bad as chance`);
  }
  while (low.loss > 0) {
    high = low;
    low = { at: high.at - 1, loss: lossAt(high.at - 1) };
  }
  let [lowLoss, highLoss] = [low.loss, high.loss];
  let side = 0;
  for (let step = 0; step < 60; step++) {
    const at = (low.at * highLoss - high.at * lowLoss) / (highLoss - lowLoss);
    const loss = lossAt(at);
    if (Math.abs(loss) < 1e-6) return Math.exp(at);
    if (loss < 0) {
      low = { at, loss };
      lowLoss = loss;
      if (side === -1) highLoss /= 2;
    } else {
      high = { at, loss };
      highLoss = loss;
      if (side === 1) lowLoss /= 2;
    }
    side = Math.sign(loss);
  }
  return Math.exp((low.at + high.at) / 2);
}
