/**
 * Packets and connections over links of their own: a datagram may be lost where what goes on a connection arrives. What
 * wraps this link sees both. To a protocol that sends datagrams only it is its `datagram` link.
 */
import { type Link, STREAM } from '../engine/model.ts';

/** A link for datagrams, and another for streams. */
export function channels({ datagram, stream }: { datagram: Link; stream: Link }): Link {
  return (streams) => {
    const packets = datagram(streams);
    const connections = stream(streams);
    return {
      delay: (from, to, now, bytes, channel) =>
        (channel === STREAM ? connections : packets).delay(from, to, now, bytes, channel),
      copies: (from, to, now, channel) =>
        (channel === STREAM ? connections : packets).copies?.(from, to, now, channel) ?? 1,
    };
  };
}
