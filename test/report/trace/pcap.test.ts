/** Captures, read byte by byte: lengths, times, addresses, checksums. tshark reads them in readers.slow.test.ts. */
import { describe, expect, it } from 'vitest';
import { SENT } from '../../../src/metrics/chronicle/index.ts';
import { HEADERS, writePacket } from '../../../src/report/trace/packet.ts';
import { bytesOf, chronicleFrom, SMALL, SWIM } from './runs.ts';

interface Record {
  readonly time: number; // microseconds
  readonly length: number; // on the wire
  readonly packet: Buffer;
}

function recordsIn(file: Buffer): Record[] {
  const records: Record[] = [];
  for (let at = 24; at < file.length; ) {
    const [seconds, nanoseconds, kept, length] = [0, 4, 8, 12].map((k) =>
      file.readUInt32LE(at + k),
    );
    const packet = file.subarray(at + 16, at + 16 + kept);
    records.push({ time: seconds * 1e6 + nanoseconds / 1000, length, packet });
    at += 16 + kept;
  }
  return records;
}

/** Of 16-bit words, ends carried around: 0xffff where a checksum is right (RFC 1071). */
function sum(bytes: Uint8Array): number {
  let total = 0;
  for (let k = 0; k < bytes.length; k++) total += bytes[k] << (k % 2 === 0 ? 8 : 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
}

const pseudoHeader = (packet: Buffer): Buffer =>
  Buffer.concat([packet.subarray(12, 20), Buffer.from([0, 17]), packet.subarray(24, 26)]);

describe.each([
  ['push', SMALL],
  ['swim', SWIM],
])('a capture of %s', (_name, text) => {
  const chronicle = chronicleFrom(text);
  const { at, node, other, bytes, word, words, what, arrives } = chronicle;
  const sent = Array.from(what.keys()).filter((i) => what[i] === SENT);

  it('has every message when it is sent, from and to whom, and as many bytes', async () => {
    const file = await bytesOf(chronicle, 'pcap');
    expect(file.readUInt32LE(0)).toBe(0xa1b23c4d);
    const records = recordsIn(file);
    const told = records.map(({ time, length, packet }) => ({
      ...{ time, length, said: packet.readUInt16BE(2) },
      from: packet.readUInt32BE(12) - 0x0a000001,
      to: packet.readUInt32BE(16) - 0x0a000001,
      lost: packet[1] === 4,
      words: packet.subarray(HEADERS).toString().replace(/\0+$/, ''),
    }));
    const expected = sent.map((i) => ({
      ...{ time: at[i], length: bytes[i], said: bytes[i], from: node[i], to: other[i] },
      lost: arrives[i] === Infinity,
      words: words[word[i]].slice(0, bytes[i] - HEADERS),
    }));
    expect(told).toEqual(expected);
  });

  it('has the right checksums', async () => {
    for (const { packet } of recordsIn(await bytesOf(chronicle, 'pcap'))) {
      expect(sum(packet.subarray(0, 20))).toBe(0xffff);
      expect(packet.readUInt16BE(26)).not.toBe(0); // 0: none
      expect(sum(Buffer.concat([pseudoHeader(packet), packet.subarray(20)]))).toBe(0xffff);
    }
  });
});

describe('a packet', () => {
  const written = (bytes: number, words: string, number = 70_000) => {
    const view = new DataView(new ArrayBuffer(2000));
    const of = { number, from: 0, to: 65_536, lost: false, words, bytes };
    const kept = writePacket(view, 0, of);
    return { kept, packet: Buffer.from(view.buffer) };
  };

  it('is never shorter than its headers', () => {
    const { kept, packet } = written(5, 'PING');
    expect([kept, packet.readUInt16BE(2), packet.readUInt16BE(24)]).toEqual([28, 28, 8]);
    expect(packet.subarray(28).every((byte) => byte === 0)).toBe(true);
  });

  it('is not kept beyond 1,500 bytes, and says how long it is', () => {
    const { kept, packet } = written(9000, 'PING');
    expect([kept, packet.readUInt16BE(2), packet.readUInt16BE(24)]).toEqual([1500, 9000, 8980]);
    const all = Buffer.concat([packet.subarray(20, 1500), Buffer.alloc(7500)]);
    expect(sum(Buffer.concat([pseudoHeader(packet), all]))).toBe(0xffff);
  });

  it('has a length of 0 where two bytes do not hold it', () => {
    const { packet } = written(70_000, 'PUSH');
    expect([packet.readUInt16BE(2), packet.readUInt16BE(24)]).toEqual([0, 65_515]);
  });

  it('has addresses for many nodes, and the low bits of its number', () => {
    const { packet } = written(100, 'PING');
    expect([...packet.subarray(12, 20)]).toEqual([10, 0, 0, 1, 10, 1, 0, 1]);
    expect(packet.readUInt16BE(4)).toBe(70_000 - 65_536);
  });

  it('holds no half of a letter of its words', () => {
    const { packet } = written(31, 'äöü');
    expect(packet.subarray(28, 34)).toEqual(Buffer.from('ä\0\0\0\0'));
  });
});
