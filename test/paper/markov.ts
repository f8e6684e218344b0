/** Exact laws of synchronous rounds on the complete graph: the Markov chain of the number of informed nodes. */

/** [i][j] the probability that j nodes know the rumour after a round that i of n began with. */
export type Chain = readonly Float64Array[];

/** Push: i calls, one after another, each to a uniform other node. */
export const pushChain = (n: number): Chain =>
  chainOf(n, (informed, law) => {
    for (let call = 0; call < informed; call++) {
      for (let j = Math.min(n - 1, informed + call); j >= informed; j--) {
        oneMore(law, j, (n - j) / (n - 1));
      }
    }
  });

/** Pull: each of the n - i others calls an informed node with probability i / (n - 1), independently. */
export const pullChain = (n: number): Chain =>
  chainOf(n, (informed, law) => {
    for (let caller = informed; caller < n; caller++) {
      for (let j = caller; j >= informed; j--) oneMore(law, j, informed / (n - 1));
    }
  });

/** @param play turns the law of the number informed, at first certain, into that after the round. */
const chainOf = (n: number, play: (informed: number, law: Float64Array) => void): Chain =>
  Array.from({ length: n + 1 }, (_, informed) => {
    const law = new Float64Array(n + 1); // [j]
    law[informed] = 1;
    play(informed, law);
    return law;
  });

/** From j informed nodes there is one more with probability `p`; call it for the largest j first. */
function oneMore(law: Float64Array, j: number, p: number): void {
  law[j + 1] += law[j] * p;
  law[j] *= 1 - p;
}

/** [t] the probability that all are informed after t rounds and not before, if one node begins. */
export function completionLaw(chain: Chain): number[] {
  const n = chain.length - 1;
  let state = new Float64Array(n + 1); // [i] probability that i are informed
  state[1] = 1;
  const law: number[] = [];
  for (let done = 0; done < 1 - 1e-12; done += law.at(-1)!) {
    law.push(state[n]);
    const next = new Float64Array(n + 1);
    for (let i = 1; i < n; i++) {
      if (state[i] === 0) continue;
      for (let j = i; j <= n; j++) next[j] += state[i] * chain[i][j];
    }
    state = next;
  }
  return law;
}

export const meanOf = (law: readonly number[]): number =>
  law.reduce((sum, probability, t) => sum + t * probability, 0);

/** [t] the mean number of informed nodes after t = 0 .. rounds, if one begins. */
export function meanInformed(chain: Chain, rounds: number): number[] {
  const n = chain.length - 1;
  let law = new Float64Array(n + 1); // [i] probability that i are informed
  law[1] = 1;
  const means: number[] = [];
  for (let t = 0; t <= rounds; t++) {
    means.push(law.reduce((sum, p, i) => sum + p * i, 0));
    const next = new Float64Array(n + 1);
    for (let i = 1; i <= n; i++) for (let j = i; j <= n; j++) next[j] += law[i] * chain[i][j];
    law = next;
  }
  return means;
}
