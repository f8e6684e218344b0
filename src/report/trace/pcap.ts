/**
 * The messages of a trace as a capture for Wireshark: pcap with nanoseconds, raw IPv4 (draft-ietf-opsawg-pcap). It is what
 * the senders would capture: each message when it is sent, also the lost ones, which are marked (packet.ts). Time 0 of the
 * run is the epoch of the file, 1 January 1970.
 */
import { SENT } from '../../metrics/chronicle/index.ts';
import { isLost, type Trace } from './model.ts';
import { KEPT, lengthOf, writePacket } from './packet.ts';

const MAGIC_NANOSECONDS = 0xa1b23c4d;
const RAW_IP = 101; // LINKTYPE_RAW
const RECORD_HEADER = 16;
const PIECE_BYTES = 65_536;

export function* pcapPieces({ chronicle, shown }: Trace): Iterable<Uint8Array> {
  const { what, node, other, word, words, bytes, at } = chronicle;
  yield fileHeader();
  let piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  for (const i of shown) {
    if (what[i] !== SENT) continue;
    if (length + RECORD_HEADER + KEPT > PIECE_BYTES) {
      yield piece.subarray(0, length);
      piece = new Uint8Array(PIECE_BYTES);
      length = 0;
    }
    const view = new DataView(piece.buffer);
    const kept = writePacket(view, length + RECORD_HEADER, {
      ...{ number: i, from: node[i], to: other[i], bytes: bytes[i], words: words[word[i]] },
      lost: isLost(chronicle, i),
    });
    const seconds = Math.floor(at[i] / 1e6);
    view.setUint32(length, seconds, true);
    view.setUint32(length + 4, (at[i] - seconds * 1e6) * 1000, true);
    view.setUint32(length + 8, kept, true);
    view.setUint32(length + 12, lengthOf(bytes[i]), true);
    length += RECORD_HEADER + kept;
  }
  yield piece.subarray(0, length);
}

function fileHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint32(0, MAGIC_NANOSECONDS, true);
  view.setUint16(4, 2, true); // version 2.4
  view.setUint16(6, 4, true);
  view.setUint32(16, KEPT, true);
  view.setUint32(20, RAW_IP, true);
  return new Uint8Array(view.buffer);
}
