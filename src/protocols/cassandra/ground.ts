/**
 * What the processes of a run keep: in memory (endpoints, arrival windows), lost with the process, and on disk (the
 * generation, and the table `peers`), which outlives it.
 */
import type { NodeId } from '../../engine/model.ts';
import { HOST_ID, TOKENS } from './application-state.ts';
import { Endpoints } from './endpoints.ts';
import { FailureDetector } from './failure-detector.ts';
import type { Settings } from './options.ts';
import { tokensBytes } from './sizes.ts';
import { StageLog } from './stage.ts';
import type { AppState } from './states-book.ts';

export interface Ground {
  readonly endpoints: Endpoints;
  readonly detector: FailureDetector;
  readonly disk: Disk;
  readonly stageLog: StageLog;
}

export const groundOf = (n: number, { detector, vnodes }: Settings): Ground => {
  const endpoints = new Endpoints(n);
  return {
    endpoints,
    detector: new FailureDetector(n, detector, endpoints.rows.logged),
    disk: new Disk(endpoints, vnodes),
    stageLog: new StageLog(n),
  };
};

export class Disk {
  readonly generation: (number | undefined)[]; // [node] of its last life
  readonly peers: Uint8Array; // [pair] 1 = in the table of peers
  readonly #endpoints: Endpoints;
  readonly #tokens: string; // the same for all: only its length matters
  readonly #identity: (number | undefined)[] = []; // [node] host id and tokens, in the book

  constructor(endpoints: Endpoints, vnodes: number) {
    const { n } = endpoints;
    this.generation = new Array<undefined>(n).fill(undefined);
    this.peers = new Uint8Array(n * n);
    this.#endpoints = endpoints;
    this.#tokens = latinText(tokensBytes(vnodes));
  }

  /** What identifies a node for good. */
  identity(node: NodeId): AppState[] {
    return [
      { key: HOST_ID, version: 0, value: hostId(node) },
      { key: TOKENS, version: 0, value: this.#tokens },
    ];
  }

  /** The same, as a set in the book of states. */
  identitySet(node: NodeId): number {
    return (this.#identity[node] ??= this.#endpoints.book.add(this.identity(node)));
  }
}

/** 36 characters, as a UUID has. */
const hostId = (node: NodeId): string =>
  `00000000-0000-4000-8000-${String(node).padStart(12, '0')}`;

/** Bytes of tokens are as good as random, and those of 128 and above take two bytes in a text. */
const latinText = (bytes: number): string => 'a\u00e9'.repeat(Math.ceil(bytes / 2)).slice(0, bytes);
