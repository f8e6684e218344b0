/**
 * A message as the IPv4 and UDP packet that it would be, whatever carried it in the run. Node i has the address 10.x.y.z
 * with the number i + 1, and all use the port 7946, that of memberlist. The length is that of the run, header included, where
 * a packet can have it: at least 28 bytes; beyond 65,535 that in the IP header is 0, as of what a network card is to split,
 * and readers go by the capture's. The payload is the message in words, cut or filled with zeros. Both checksums are right
 * (RFC 768, RFC 791, RFC 1071).
 */
const IP_HEADER = 20;
const UDP_HEADER = 8;
export const HEADERS = IP_HEADER + UDP_HEADER;
export const PORT = 7946;
/** Who runs a trace through `ip.dsfield.dscp == 1` sees what was lost. */
export const LOST_DSCP = 1;
/** Of a larger packet the rest, which is all zeros, is not kept; as by a capture with this snapshot length. */
export const KEPT = 1500;
const MOST_LENGTH = 65_535;
const UDP = 17;
const HOPS = 64;
const encoder = new TextEncoder();

export interface Packet {
  readonly number: number; // its low 16 bits identify it
  readonly from: number;
  readonly to: number;
  readonly bytes: number; // as the run counts them
  readonly words: string;
  readonly lost: boolean;
}

/** Length on the wire. */
export const lengthOf = (bytes: number): number => Math.max(bytes, HEADERS);

/** Writes what is kept of the packet at the offset, where there are zeros; how many bytes that is. */
export function writePacket(view: DataView, offset: number, packet: Packet): number {
  const { number, from, to, bytes, words, lost } = packet;
  const length = lengthOf(bytes);
  const said = length <= MOST_LENGTH ? length : 0;
  view.setUint8(offset, 0x45); // version 4, five words of header
  view.setUint8(offset + 1, lost ? LOST_DSCP << 2 : 0);
  view.setUint16(offset + 2, said);
  view.setUint16(offset + 4, number & 0xffff);
  view.setUint8(offset + 8, HOPS);
  view.setUint8(offset + 9, UDP);
  view.setUint32(offset + 12, addressOf(from));
  view.setUint32(offset + 16, addressOf(to));
  view.setUint16(offset + 10, checksum(sumOf(view, offset, IP_HEADER)));
  const udp = offset + IP_HEADER;
  const udpLength = Math.min(length, MOST_LENGTH) - IP_HEADER;
  view.setUint16(udp, PORT);
  view.setUint16(udp + 2, PORT);
  view.setUint16(udp + 4, udpLength);
  const kept = Math.min(length, KEPT);
  const payload = view.byteOffset + offset + HEADERS;
  encoder.encodeInto(words, new Uint8Array(view.buffer, payload, kept - HEADERS));
  // With the pseudo header: addresses, protocol, length.
  const sum = sumOf(view, offset + 12, 8) + UDP + udpLength + sumOf(view, udp, kept - IP_HEADER);
  view.setUint16(udp + 6, checksum(sum) || 0xffff); // 0 would mean that there is none
  return kept;
}

/** 10.0.0.1 of node 0. */
export const addressOf = (node: number): number => ((10 << 24) | (node + 1)) >>> 0;

/** Sum of 16-bit words; zeros that are not kept change nothing. */
function sumOf(view: DataView, offset: number, length: number): number {
  let sum = 0;
  for (let k = 0; k + 1 < length; k += 2) sum += view.getUint16(offset + k);
  return length % 2 === 0 ? sum : sum + (view.getUint8(offset + length - 1) << 8);
}

/** Ones' complement of the ones' complement sum. */
function checksum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16);
  return ~folded & 0xffff;
}
