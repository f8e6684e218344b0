/**
 * Bytes of the payload of messages: what the serialisers of org.apache.cassandra.gms write, without frame, headers and
 * TCP. Integers have 4 bytes, texts are Java's modified UTF-8 behind a length of 2.
 * Source: GossipDigestSerializer, HeartBeatStateSerializer, VersionedValueSerializer, EndpointStateSerializer,
 * GossipDigestSyn, Ack and Ack2 serialisers, CompactEndpointSerializationHelper. Since 4.0 addresses carry a port.
 */
import type { AppStates } from './states-book.ts';
import type { Version } from './versions.ts';

const INT = 4;

export const addressBytes = ({ withPort }: Version, ip: 4 | 6 = 4): number =>
  1 + (ip === 4 ? 4 : 16) + (withPort ? 2 : 0);

export const digestBytes = (version: Version, ip: 4 | 6 = 4): number =>
  addressBytes(version, ip) + 2 * INT;

/** Generation and version. */
export const HEARTBEAT_BYTES = 2 * INT;

/** Key, text, version. */
export const stateBytes = (value: string): number => INT + textBytes(value) + INT;

/** A text with its length: a character of U+0001 to U+007F takes 1 byte, up to U+07FF (and U+0000) 2, others 3. */
export function textBytes(text: string): number {
  let bytes = 2;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code > 0 && code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  }
  return bytes;
}

/** TOKENS of a node: for each token a length and 8 bytes, and 4 in the end, before they are written as a text. */
export const tokensBytes = (vnodes: number): number => 12 * vnodes + 4;

/** An endpoint in an ACK or ACK2: address, heartbeat, number of states, states. */
export const deltaBytes = (states: AppStates, version: Version): number =>
  states.reduce(
    (bytes, { value }) => bytes + stateBytes(value),
    addressBytes(version) + HEARTBEAT_BYTES + INT,
  );

export interface ClusterNames {
  readonly cluster: string;
  readonly partitioner: string;
}

export const synBytes = (digests: number, names: ClusterNames, version: Version): number =>
  textBytes(names.cluster) +
  textBytes(names.partitioner) +
  (version.metadataService ? INT : 0) +
  INT +
  digests * digestBytes(version);

/** @param deltas the sum of their `deltaBytes`. */
export const ackBytes = (requests: number, deltas: number, version: Version): number =>
  INT + requests * digestBytes(version) + INT + deltas;

export const ack2Bytes = (deltas: number): number => INT + deltas;

/** Question and answer have no payload. */
export const ECHO_BYTES = 0;

/** A GOSSIP_SHUTDOWN of 5.0; older ones have no payload. */
export const goodbyeBytes = (states: AppStates): number =>
  states.reduce((bytes, { value }) => bytes + stateBytes(value), HEARTBEAT_BYTES + INT);
