/**
 * Bandwidth: each node's uplink sends one message after the other, first in, first out, at its rate; the wrapped link
 * is what lies behind the uplink, and is asked at the time when the last byte has left. A message that finds more in
 * the queue than fits is dropped at the tail; the wrapped link is asked all the same, so that streams do not slide.
 * Order of wrapping: `lossy(p, bandwidth(...))` and `bandwidth(..., lossy(p, ...))` both spend the uplink on lost ones.
 */
import { numberIn, positive, UserError } from '../base/errors.ts';
import { type Link, LOST } from '../engine/model.ts';
import { wrap } from './wrap.ts';

/** The rate of an uplink, and how many bytes may wait for it. */
export interface Bandwidth {
  /** Rate of every node, or [node] its rate. */
  readonly bytesPerSecond: number | ArrayLike<number>;
  /** Room for what waits, the unsent rest of the message in transmission included; an idle uplink takes any
   *  message. Default: no limit. */
  readonly queueBytes?: number;
}

/** A link behind uplinks of that rate. A `UserError` if a value makes no sense. */
export function bandwidth({ bytesPerSecond, queueBytes = Infinity }: Bandwidth, link: Link): Link {
  if (typeof bytesPerSecond === 'number') positive('bandwidth', 'bytesPerSecond', bytesPerSecond);
  if (queueBytes !== Infinity) numberIn('bandwidth', 'queueBytes', queueBytes, 0);
  return (streams) => {
    const inner = link(streams);
    const rate = rates(bytesPerSecond, streams.n); // [node] bytes per second
    // [node] when the uplink has sent all it took, in microseconds; fractions are kept, or small messages would be free.
    const idleAt = new Float64Array(streams.n);
    return wrap(inner, (from, to, now, bytes, channel) => {
      const wait = Math.max(idleAt[from] - now, 0);
      const dropped = wait > 0 && (wait * rate[from]) / 1e6 + bytes > queueBytes;
      const left = now + wait + (bytes * 1e6) / rate[from];
      if (!dropped) idleAt[from] = left;
      const departure = Math.round(left);
      const delay = inner.delay(from, to, departure, bytes, channel);
      return dropped ? LOST : departure - now + delay;
    });
  };
}

function rates(bytesPerSecond: number | ArrayLike<number>, n: number): Float64Array {
  if (typeof bytesPerSecond === 'number') return new Float64Array(n).fill(bytesPerSecond);
  if (bytesPerSecond.length !== n) {
    const got = bytesPerSecond.length;
    throw new UserError(`bandwidth: bytesPerSecond must have one rate per node (${n}); got ${got}`);
  }
  return Float64Array.from(bytesPerSecond, (rate, node) =>
    positive('bandwidth', `bytesPerSecond[${node}]`, rate),
  );
}
