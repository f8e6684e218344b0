/** Flow control of Scuttlebutt in the setting of figure 3 of van Renesse et al. 2008: all want as much as they can get. */
import { micros, millis } from '../base/time.ts';
import type { Observer } from '../engine/model.ts';
import { simulate } from '../engine/simulate.ts';
import { type StaleRows, staleSamples } from '../metrics/index.ts';
import { complete, constant } from '../network/index.ts';
import type { ScuttlebuttOptions } from '../protocols/scuttlebutt/options.ts';
import type { Order } from '../protocols/scuttlebutt/orders.ts';
import { UPDATE_WORDS, type Updates } from '../protocols/scuttlebutt/orders.ts';
import {
  groundOf,
  type ScuttlebuttGround,
  type ScuttlebuttMessage,
  scuttlebuttOn,
} from '../protocols/scuttlebutt/scuttlebutt.ts';
import { meanOf, sdOf } from './scuttlebutt-twin.ts';

/** The setting of figure 3. */
export const FLOW = {
  keys: 64,
  mtu: 100,
  /** From then on; until 15 s all fits, and each makes an update a second. */
  fromS: 15,
  halvedAtS: 90,
  /** At rest: from, to. */
  restS: [60, 90],
  /** After the halving: from, to. */
  afterS: [130, 160],
} as const;

/** A group under flow control, and from when it is watched. */
export interface FlowSetting {
  readonly n: number;
  readonly order: Order;
  readonly seed: string;
  /** increase / (1 - decrease), updates per second. */
  readonly balance: number;
  /** 1 - decrease. */
  readonly step: number;
}

/** What came of it. */
export interface FlowRun {
  /** [of atS] tau, mean of the participants. */
  readonly tau: readonly number[];
  /** [of staleAtS] */
  readonly stale: readonly StaleRows[];
  /** While at rest: */
  readonly rest: {
    readonly tau: number;
    /** sd / mean of tau between participants. */
    readonly tauSpread: number;
    /** Updates made, per second and participant. */
    readonly made: number;
    /** Updates that brought news, per second and participant. */
    readonly news: number;
    /** Share of the updates sent that did not. */
    readonly known: number;
    /** Share of the exchanges in which not all fitted. */
    readonly overflowing: number;
  };
  readonly tauAfter: number;
}

/** @param atS ascending, among them the ends of FLOW.restS; the last one is also beyond those of @param staleAtS. */
export function flowControl(
  setting: FlowSetting,
  atS: readonly number[],
  staleAtS: readonly number[],
): FlowRun {
  const { n, order, seed, balance, step } = setting;
  const options: ScuttlebuttOptions = {
    order,
    keys: FLOW.keys,
    mtu: [
      [0, Infinity],
      [1000 * FLOW.fromS, FLOW.mtu],
      [1000 * FLOW.halvedAtS, FLOW.mtu / 2],
    ],
    rate: [
      [0, 1],
      [1000 * FLOW.fromS, Infinity],
    ],
    flow: { initial: 1, increase: balance * step, decrease: 1 - step },
  };
  const ground = groundOf(n, options);
  const times = atS.map((s) => micros(1000 * s));
  const stale = staleSamples(
    { n, keys: FLOW.keys, observers: Array.from({ length: n }, (_, node) => node) },
    staleAtS.map((s) => micros(1000 * s)),
    (observer, owner, key) => ground.state.staleSince(observer, owner, key),
  );
  const rates = rateSamples(ground, times);
  const exchanges = exchangesAtRest(ground);
  simulate({
    seed,
    n,
    protocol: scuttlebuttOn(ground, options),
    link: constant({ ms: 1 }),
    overlay: complete,
    rounds: { periodMs: 1000, phase: 'random' },
    horizonMs: 1000 * atS[atS.length - 1] + 1000,
    observers: [stale, rates, exchanges],
  });
  const within = ([from, to]: readonly [number, number]) =>
    rates.tau.filter((_, i) => atS[i] >= from && atS[i] < to);
  const [from, to] = FLOW.restS;
  const made = rates.made[atS.indexOf(to)] - rates.made[atS.indexOf(from)];
  return {
    tau: rates.tau.map(meanOf),
    stale: stale.rows,
    rest: {
      tau: mean(within(FLOW.restS).map(meanOf)),
      tauSpread: mean(within(FLOW.restS).map((tau) => sdOf(tau) / meanOf(tau))),
      made: made / (to - from),
      ...exchanges.found(n, to - from),
    },
    tauAfter: mean(within(FLOW.afterS).map(meanOf)),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** tau of all, and updates made so far by a participant in the mean, at these times. */
function rateSamples({ state, tau }: ScuttlebuttGround, times: readonly number[]) {
  const { n } = state;
  const found = { tau: [] as Float64Array[], made: [] as number[] };
  const look = (now: number) => {
    while (found.tau.length < times.length && now >= times[found.tau.length]) {
      found.tau.push(tau.slice());
      let made = 0;
      for (let node = 0; node < n; node++) made += state.max[node * n + node];
      found.made.push(made / n);
    }
  };
  return { ...found, onRound: look, onTimer: look, onMessage: look };
}

function exchangesAtRest({ state }: ScuttlebuttGround) {
  const [from, to] = FLOW.restS;
  let [exchanges, overflowing, sent, news] = [0, 0, 0, 0];
  const count = (node: number, told: Updates) => {
    for (let i = 0; i < told.length; i += UPDATE_WORDS) {
      const [participant, version] = [told[i], told[i + 1]];
      const held = state.version(node, participant, state.keyOf(participant, version));
      sent++;
      if (version > held) news++;
    }
  };
  const observer: Observer<ScuttlebuttMessage> = {
    onMessage(now, node, _from, message) {
      const s = millis(now) / 1000;
      if (s < from || s >= to || !('updates' in message)) return;
      count(node, message.updates);
      if (!('answered' in message)) return;
      exchanges++;
      if (Math.max(message.available, message.answered) > FLOW.mtu) overflowing++;
    },
  };
  return {
    ...observer,
    found: (n: number, seconds: number) => ({
      news: news / n / seconds,
      known: 1 - news / sent,
      overflowing: overflowing / exchanges,
    }),
  };
}
