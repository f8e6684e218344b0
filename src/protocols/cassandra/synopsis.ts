/**
 * The digests of a SYN by columns: a row of what its sender knows, as it was when the SYN was made. In Cassandra they
 * are a list, in an arbitrary order, of endpoint, generation and highest version (GossipDigest.java); so are they in
 * `digestsOf`, and in `Digests`.
 */
import type { NodeId } from '../../engine/model.ts';
import { DIGEST_WORDS, type Digests } from './deltas.ts';
import { ABSENT, type Endpoints } from './endpoints.ts';

export interface Synopsis {
  /** Digests in it. */
  readonly length: number;
  readonly generation: Int32Array; // [subject]; meaningless where it has no digest
  readonly max: Int32Array; // [subject]; ABSENT = it has no digest
}

/** That of a shadow round. */
export const NO_DIGESTS: Synopsis = {
  length: 0,
  generation: new Int32Array(0),
  max: new Int32Array(0),
};

/** All that the node knows, itself included, in quarantine or not. Its row has a reference (version-rows.ts). */
export const synopsisOf = (node: NodeId, endpoints: Endpoints): Synopsis => ({
  length: endpoints.known[node],
  generation: endpoints.lives.of(node),
  max: endpoints.rows.copy(node),
});

export function digestsOf({ generation, max }: Synopsis): number[] {
  const words: number[] = [];
  max.forEach((version, subject) => {
    if (version !== ABSENT) words.push(subject, generation[subject], version);
  });
  return words;
}

/** @param n endpoints that there are. */
export function synopsisFrom(digests: Digests, n: number): Synopsis {
  const generation = new Int32Array(n);
  const max = new Int32Array(n).fill(ABSENT);
  for (let i = 0; i < digests.length; i += DIGEST_WORDS) {
    generation[digests[i]] = digests[i + 1];
    max[digests[i]] = digests[i + 2];
  }
  return { length: digests.length / DIGEST_WORDS, generation, max };
}
