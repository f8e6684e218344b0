/**
 * With whom a node gossips: a neighbour on the scenario's overlay, or, as in the paper, a member that it knows and does
 * not suspect, all of them alike or by levels (levels.ts).
 */
import { type Env, NOBODY, type NodeId } from '../../engine/model.ts';
import { type Address, Levels } from './levels.ts';

/** Blind draws before the candidates are counted: a miss costs less than going through the group. */
const TRIES = 16;

export type PartnerChoice = 'overlay' | 'members' | ((node: NodeId) => Address);

/** Whom the node gossips with in this round: different ones, NOBODY where there are too few. Valid until the next call. */
export type Partners = (node: NodeId) => ArrayLike<NodeId>;

export function partnersOf(
  env: Env<number>,
  trusts: (node: NodeId, other: NodeId) => boolean,
  choice: PartnerChoice,
  fanout: number,
): Partners {
  if (choice === 'overlay') return (node) => env.peers(node, fanout);
  const everyone = Int32Array.from({ length: env.n }, (_, node) => node);
  const levels = choice === 'members' ? undefined : new Levels(env, choice);
  const chosen = new Int32Array(fanout); // [i] NOBODY where there are too few
  const candidates = new Int32Array(env.n); // [i] of the group at hand
  const mayBe = (node: NodeId, other: NodeId) => trusts(node, other) && !chosen.includes(other);

  /** One of the group, each with the same probability. */
  function pick(node: NodeId, group: ArrayLike<NodeId>): NodeId {
    for (let tries = TRIES; tries > 0; tries--) {
      const drawn = group[Math.floor(env.draw(node) * group.length)];
      if (mayBe(node, drawn)) return drawn;
    }
    let count = 0;
    for (let i = 0; i < group.length; i++) {
      if (mayBe(node, group[i])) candidates[count++] = group[i];
    }
    return count === 0 ? NOBODY : candidates[Math.floor(env.draw(node) * count)];
  }

  return (node) => {
    chosen.fill(NOBODY);
    for (let i = 0; i < fanout; i++) chosen[i] = pick(node, levels?.pick(node) ?? everyone);
    return chosen;
  };
}
