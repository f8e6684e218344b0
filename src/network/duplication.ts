/** Duplication: networks that retransmit too early, or route over two ways, deliver a message twice. */
import { probability } from '../base/errors.ts';
import type { Link } from '../engine/model.ts';

/**
 * With probability p a second copy of a message sets out at the same time; each copy then meets the whole link, with
 * its own loss and latency. Wrapped twice, up to three copies set out.
 */
export function duplicated(p: number, link: Link): Link {
  probability('duplicated', 'p', p);
  return (streams) => {
    const inner = link(streams);
    const coins = streams.stream('duplication');
    return {
      delay: (from, to, now, bytes, channel) => inner.delay(from, to, now, bytes, channel),
      copies(from, to, now, channel) {
        const more = coins.draw(from) < p ? 1 : 0;
        return more + (inner.copies === undefined ? 1 : inner.copies(from, to, now, channel));
      },
    };
  };
}
