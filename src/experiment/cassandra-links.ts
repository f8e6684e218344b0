/** Networks that a Cassandra cluster may live in, each as a link and as what the theory of exchanges makes of it. */
import { oneOf } from '../base/errors.ts';
import type { Link } from '../engine/model.ts';
import { datacentreOf } from '../network/datacentres.ts';
import { constant, exponential } from '../network/latency.ts';
import { lossy } from '../network/loss.ts';
import { zones } from '../network/matrix.ts';
import type { ExchangeLaw, Way } from './exchange-growth.ts';
import { evenWay, exponentialWays } from './exchange-growth.ts';
import { ExchangeSpread } from './exchange-spread-theory.ts';

/** One way, within a datacentre, between the two of a pair, and between any two nodes of a world. */
const NEAR_MS = 0.5;
const FAR_MS = 50;
const WORLD_MS = 100;

interface Network {
  readonly link: Link;
  readonly ways: (n: number) => Way[];
}

const inPeriods = (ms: number) => ms / 1000;
const near = constant({ ms: NEAR_MS });
const far = constant({ ms: FAR_MS });

/** Each half of the nodes in a datacentre: a partner is in the own one with less than one half. */
const twoWays = (n: number): Way[] => {
  const home = (n / 2 - 1) / (n - 1);
  return [
    ...evenWay(inPeriods(NEAR_MS)).map((way) => ({ ...way, share: home })),
    ...evenWay(inPeriods(FAR_MS)).map((way) => ({ ...way, share: 1 - home })),
  ];
};

/** By name: the link, and how long an exchange takes, as the theory of exchanges wants it. */
export const CASSANDRA_NETWORKS = {
  LAN: { link: near, ways: () => evenWay(inPeriods(NEAR_MS)) },
  'two datacentres, 50 ms': {
    link: zones({
      zoneOf: datacentreOf({ datacentres: 2 }),
      links: [
        [near, far],
        [far, near],
      ],
    }),
    ways: twoWays,
  },
  'WAN, 100 ms': {
    link: constant({ ms: WORLD_MS }),
    ways: () => evenWay(inPeriods(WORLD_MS)),
  },
  'WAN, 100 ms exponential': {
    link: exponential({ meanMs: WORLD_MS }),
    ways: () => exponentialWays(inPeriods(WORLD_MS)),
  },
} as const satisfies Readonly<Record<string, Network>>;

/** A name in `CASSANDRA_NETWORKS`. */
export type CassandraNetwork = keyof typeof CASSANDRA_NETWORKS;

/** A cluster on one of the networks, with the probability that a message is lost. */
export interface Networked {
  readonly n: number;
  readonly network: string;
  readonly loss: number;
}

/** The link of a network, with its loss. A `UserError` if there is no network of that name. */
export const cassandraLink = ({ network, loss }: Networked): Link =>
  lossy(loss, networkOf(network).link);

const laws = new Map<string, ExchangeSpread>();

/** The spread of news by a live target a round, without the extra SYNs to seeds; periods are seconds. */
export function cassandraSpread({ n, network, loss }: Networked): ExchangeSpread {
  const law: ExchangeLaw = { ways: networkOf(network).ways(n), delivered: 1 - loss };
  const key = JSON.stringify([law.delivered, law.ways.map(Object.values)]);
  const known = laws.get(key) ?? cassandraLaw(law);
  laws.set(key, known);
  return known;
}

/** News of a node travels with its heartbeats, and they spread as the news does. */
function cassandraLaw(law: ExchangeLaw): ExchangeSpread {
  const asked = new ExchangeSpread({ ...law, asked: 0.4 }).laterHeartbeat();
  return new ExchangeSpread({ ...law, asked });
}

function networkOf(name: string): Network {
  oneOf('cassandra', 'network', name, Object.keys(CASSANDRA_NETWORKS));
  return CASSANDRA_NETWORKS[name as CassandraNetwork];
}
