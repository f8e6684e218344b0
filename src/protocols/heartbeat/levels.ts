/**
 * Multi-level gossip: most of it within the subnet. In a subnet of n_i members, a member gossips with probability
 * 1/n_i to a random member of another subnet of its domain, and, its domain having m_i subnets, with probability
 * 1/(n_i m_i) to a random member of another domain. So per round one message leaves each subnet, and one each domain.
 * Source: van Renesse, Minsky, Hayden 1998, on multi-level gossiping; from memory, the text was not at hand.
 * Deviations: a message to afar is sent instead of the one nearby; the sizes are those of the address plan, whoever is
 * up; where there is nobody afar, the message stays nearby.
 */
import { wholeNumber } from '../../base/errors.ts';
import type { Env, NodeId } from '../../engine/model.ts';

/** Where a node is. */
export interface Address {
  /** Its number within the domain. */
  readonly subnet: number;
  /** Default 0: there is one domain. */
  readonly domain?: number;
}

interface Subnet {
  readonly domain: number;
  readonly members: NodeId[];
}

export class Levels {
  readonly #env: Env<number>;
  readonly #of: Subnet[] = []; // [node]
  readonly #domains = new Map<number, Subnet[]>();

  constructor(env: Env<number>, addressOf: (node: NodeId) => Address) {
    this.#env = env;
    const subnets = new Map<string, Subnet>();
    for (let node = 0; node < env.n; node++) {
      const { subnet, domain = 0 } = addressOf(node);
      wholeNumber('heartbeat', `the subnet of node ${node}`, subnet, 0);
      wholeNumber('heartbeat', `the domain of node ${node}`, domain, 0);
      const key = `${domain}/${subnet}`;
      if (!subnets.has(key)) this.#found(subnets, key, { domain, members: [] });
      this.#of[node] = subnets.get(key)!;
      this.#of[node].members.push(node);
    }
  }

  /** The subnet that the node's next message goes to. */
  pick(node: NodeId): readonly NodeId[] {
    const home = this.#of[node];
    const siblings = this.#domains.get(home.domain)!;
    const near = siblings.length > 1 ? 1 / home.members.length : 0;
    const far = this.#domains.size > 1 ? 1 / (home.members.length * siblings.length) : 0;
    const luck = this.#env.draw(node);
    if (luck < far) {
      const domains = [...this.#domains.values()].filter((domain) => domain !== siblings);
      return this.#oneOf(node, this.#oneOf(node, domains)).members;
    }
    if (luck < far + near) {
      return this.#oneOf(
        node,
        siblings.filter((subnet) => subnet !== home),
      ).members;
    }
    return home.members;
  }

  #found(subnets: Map<string, Subnet>, key: string, subnet: Subnet): void {
    subnets.set(key, subnet);
    const siblings = this.#domains.get(subnet.domain);
    if (siblings === undefined) this.#domains.set(subnet.domain, [subnet]);
    else siblings.push(subnet);
  }

  #oneOf<T>(node: NodeId, some: readonly T[]): T {
    return some[Math.floor(this.#env.draw(node) * some.length)];
  }
}
