/**
 * What the storage service makes of gossip: who is a member of the ring, in the eyes of each node, and until when one
 * that has left is remembered. It listens to STATUS, and closes the door behind who has left or was removed.
 * Source: StorageService.onChange, handleStateNormal, handleStateLeft, handleStateRemoving, excise, extractExpireTime.
 */
import { micros } from '../../base/time.ts';
import type { NodeId } from '../../engine/model.ts';
import {
  joinsRing,
  type Key,
  leavesRing,
  STATUS,
  STATUS_WITH_PORT,
  statusName,
} from './application-state.ts';
import type { Endpoints } from './endpoints.ts';
import type { Disk } from './ground.ts';
import type { Liveness } from './liveness.ts';
import type { Subscriber } from './world.ts';

export class StorageService implements Subscriber {
  readonly #endpoints: Endpoints;
  readonly #liveness: Liveness;
  readonly #disk: Disk | undefined;

  /** @param disk whose table of peers is kept up to date. */
  constructor(endpoints: Endpoints, liveness: Liveness, disk?: Disk) {
    this.#endpoints = endpoints;
    this.#disk = disk;
    this.#liveness = liveness;
  }

  /** A state of the subject has changed, or is the first that is heard. */
  onChange(node: NodeId, subject: NodeId, key: Key, value: string): void {
    if (key !== STATUS && key !== STATUS_WITH_PORT) return;
    const endpoints = this.#endpoints;
    const pair = endpoints.pair(node, subject);
    const status = statusName(value);
    if (joinsRing(status)) this.#setMember(pair, true);
    if (!leavesRing(status)) return;
    const expiry = expiryIn(value);
    if (expiry !== undefined) endpoints.expiry[node].set(subject, expiry);
    this.#setMember(pair, false);
    this.#liveness.removeEndpoint(node, subject);
  }

  #setMember(pair: number, member: boolean): void {
    this.#endpoints.setRing(pair, member);
    if (this.#disk !== undefined) this.#disk.peers[pair] = member ? 1 : 0;
  }
}

/** 'LEFT,token,ms' and 'removed,host id,ms': until when it is remembered, in ms of the clock of whoever said so. */
export function expiryIn(value: string): number | undefined {
  const ms = Number(value.split(',')[2] ?? NaN);
  return Number.isFinite(ms) ? micros(ms) : undefined;
}
