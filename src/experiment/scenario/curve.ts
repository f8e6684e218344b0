/** How a replicate goes on: the first curve that makes sense of its protocol, as a step function of time. */
import type { Micros } from '../../base/time.ts';
import {
  APPLIED,
  DELIVERED,
  type Fact,
  type NodeId,
  type Observer,
  PLACED,
  SERVED,
} from '../../engine/model.ts';
import { simulate } from '../../engine/simulate.ts';
import { doubts } from '../../metrics/doubt.ts';
import { protocols } from '../../protocols/registry.ts';
import { replicateSeed } from '../seeds.ts';
import { scenarioOf } from './build.ts';
import type { Group } from './read.ts';
import { groupAt, located, numberAt } from './values.ts';

export interface Curve {
  /** What is drawn, with its unit. */
  readonly about: string;
  /** 1 if it is a share; undefined: it has no limit. */
  readonly most: number | undefined;
  /** Microseconds at which it changes, ascending, and what it is from then on; 0 before. */
  readonly steps: readonly (readonly [at: Micros, value: number])[];
  readonly until: Micros;
}

/** Counts something up and down by the facts of a run. */
interface Gauge {
  readonly about: string;
  readonly most: number | undefined;
  /** By how much the fact changes it. */
  readonly change: (fact: Fact, node: NodeId, about: number) => number;
}

/** Undefined: there is no such curve for the protocol. The run is that of `runReplicate`. */
export function curveOf(scenario: Group, seed: string, replicate: number): Curve | undefined {
  const run = scenarioOf(scenario, replicateSeed(seed, replicate));
  const rumours = new Set((run.workload ?? []).map(({ input }) => input)).size;
  const gauge = gaugeFor(groupAt(scenario, 'protocol').word, run.n, rumours);
  if (gauge === undefined) return undefined;
  const steps: [Micros, number][] = [];
  let value = 0;
  const observer: Observer = {
    skipsFirstNews: true,
    onFact(now, fact, node, about) {
      const by = gauge.change(fact, node, about);
      if (by === 0) return;
      value += by;
      if (steps.at(-1)?.[0] === now) steps[steps.length - 1][1] = value;
      else steps.push([now, value]);
    },
  };
  located(groupAt(scenario, 'protocol'), () => simulate({ ...run, observers: [observer] }));
  const { about, most } = gauge;
  return { about, most, steps, until: numberAt(scenario, 'duration') * 1000 };
}

function gaugeFor(protocol: string, n: number, rumours: number): Gauge | undefined {
  const { family } = protocols[protocol];
  if (family === 'detection') return suspicions(n);
  if (family === 'load') {
    const change = (fact: Fact) => Number(fact === PLACED) - Number(fact === SERVED);
    return { about: 'jobs waiting or served', most: undefined, change };
  }
  if (family !== 'broadcast' && family !== 'ordering') return undefined;
  const [what, fact] =
    family === 'broadcast' ? ['a rumour', DELIVERED] : ['a write applied', APPLIED];
  const share = 1 / (n * Math.max(1, rumours));
  const change = (one: Fact) => (one === fact ? share : 0);
  return { about: `share of nodes with ${what}`, most: 1, change };
}

/** Pairs of which the first suspects the second, holds it to be dead, or has dropped it. */
function suspicions(n: number): Gauge {
  const doubted = new Set<number>();
  return {
    about: 'pairs of nodes, one suspecting the other, holding it dead or having dropped it',
    most: undefined,
    change(fact, node, about) {
      const pair = node * n + about;
      const before = doubted.size;
      if (doubts(fact) === true) doubted.add(pair);
      else if (doubts(fact) === false) doubted.delete(pair);
      return doubted.size - before;
    },
  };
}

/** The mean of several, at so many times, evenly from 0 to the last change of any. */
export function meanOf(curves: readonly Curve[], points: number) {
  const last = Math.max(...curves.map(({ steps }) => steps.at(-1)?.[0] ?? 0));
  const until = last === 0 ? curves[0].until : Math.min(curves[0].until, last * 1.05);
  const values = new Float64Array(points);
  for (const { steps } of curves) {
    let next = 0;
    let value = 0;
    for (let i = 0; i < points; i++) {
      const time = (until * i) / (points - 1);
      while (next < steps.length && steps[next][0] <= time) value = steps[next++][1];
      values[i] += value / curves.length;
    }
  }
  return { until, values };
}
