/**
 * How often a fixed timeout errs where one thing goes wrong: E(T_MR), the mean time from the start of a mistake to that
 * of the next, for heartbeats every eta and a timeout above eta. Times in any one unit.
 * Source: the definitions of Chen, Toueg, Aguilera, IEEE Trans. Computers 51, 2002; derived here, each in a line. Loss
 * alone is `lossOnlyRecurrence` of src/detectors/chen-theory.ts.
 */
import { burstLaw, type GilbertElliott } from '../network/gilbert-elliott.ts';

/**
 * Exponential delays alone: two heartbeats arrive eta + D' - D apart, and D' - D is a Laplace variate. For timeouts below
 * 2 eta and a mean well below eta, as heartbeats that overtake each other are left out.
 */
export const exponentialDelayRecurrence = (
  eta: number,
  meanDelay: number,
  timeout: number,
): number => eta / (0.5 * Math.exp(-(timeout - eta) / meanDelay));

/**
 * Bursts alone, all lost in the bad state and nothing in the good one: a timeout between m eta and (m + 1) eta errs once
 * in each run of at least m losses.
 */
export const burstRecurrence = (eta: number, burst: GilbertElliott, m: number): number =>
  eta / ((1 - burstLaw(burst).shareBad) * burst.goodToBad * (1 - burst.badToGood) ** (m - 1));

/**
 * Pauses alone, exponential of mean `meanPause`, that come as a Poisson process, one in `every` on average. A pause begins
 * at an age V of the last heartbeat, uniform in (0, eta), and lasts Y: the next heartbeat comes at max(eta, V + Y), so
 * P(mistake) = P(V + Y > timeout). Pauses that overlap are one: the busy periods of the queue M/G/infinity, with
 * rho = meanPause / every, begin at the rate e^-rho / every and last every (e^rho - 1) on average (Takacs, "Introduction
 * to the theory of queues", 1962). Their law is taken as exponential: an error of second order in rho.
 */
export function pauseRecurrence(
  eta: number,
  { every, meanPause }: { readonly every: number; readonly meanPause: number },
  timeout: number,
): number {
  const rho = meanPause / every;
  const mean = every * Math.expm1(rho);
  const mistake = (mean / eta) * Math.exp(-timeout / mean) * Math.expm1(eta / mean);
  return (every * Math.exp(rho)) / mistake;
}
