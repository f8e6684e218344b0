/**
 * The load of a gossip stage. Derived here. A node that all take for live gets a second: one SYN (each of the others calls
 * it with 1/L), an ACK for each of its own c SYNs, which leave by the timer however slow the stage is, and an ACK2 for each
 * ACK that it makes. If the stage keeps up that is 2 + c.
 */

/** Messages a second. */
export const messagesPerSecond = (calls: number): number => 2 + calls;

/** The service time, in s, at which the stage cannot keep up any more. */
export const saturationSec = (calls: number): number => 1 / messagesPerSecond(calls);

/**
 * Messages a second by which the queue of a stage grows that takes s seconds for each. It serves 1/s, in the order of
 * arrival, of which a share 1/A are SYNs where A is the rate of arrivals, so that 1/(s A) ACK2 come back:
 * A = 1 + c + 1/(s A). 0 below saturation.
 */
export function backlogPerSecond(serviceSec: number, calls: number): number {
  if (serviceSec <= saturationSec(calls)) return 0;
  const arrivals = (1 + calls + Math.sqrt((1 + calls) ** 2 + 4 / serviceSec)) / 2;
  return arrivals - 1 / serviceSec;
}
