/** scenario: whole clusters, told in words. f = 8 ln 10, m = the observer's mean at the time. */
import { UserError } from '../../src/base/errors.ts';
import type { NodeId } from '../../src/engine/model.ts';
import { PHI_FACTOR } from '../../src/protocols/cassandra/arrival-windows.ts';
import { PHI_CONVICT_THRESHOLD } from '../../src/protocols/cassandra/constants.ts';
import { type VersionName, versionOf } from '../../src/protocols/cassandra/versions.ts';
import { type Cluster, type ClusterEvent, LATENCY_MS, runCluster, type Story } from '../cluster.ts';
import { differences, type Observed } from '../compare.ts';
import { shownJson } from '../format.ts';
import { countAt, numberAt, textAt } from '../input.ts';
import type { Judge } from '../test.ts';

/** "Run each with several seeds". */
const SEEDS = ['one', 'two'];
/** Convictions take 18.4 means, which are up to 2 s. */
const LONG_ENOUGH_MS = 60_000;
/** A round after the silence is long enough, at the latest, and the latency of a report. */
const ROUND_MS = 1001;
const SILENCES = PHI_CONVICT_THRESHOLD / PHI_FACTOR;

interface Plan {
  /** Who the fault befalls. */
  readonly victim: NodeId;
  readonly atMs: number;
  readonly change: Partial<Cluster> & { readonly horizonMs: number };
  readonly options?: Partial<Cluster['options']>;
  readonly observe: (story: Story, plan: Plan, nodes: number) => Observed;
}

export const scenario: Judge = ({ fields, versionName }) => {
  const nodes = countAt(fields, 'nodes');
  const atMs = 1000 * numberAt(fields, 'uptime', 60) + 0.5; // off the beat of anything
  const plan = planOf(textAt(fields, 'fault'), atMs, nodes, versionName);
  return SEEDS.flatMap((seed) => {
    const options = { version: versionName, ...plan.options };
    const story = runCluster({ nodes, seed: `conformance ${seed}`, options, ...plan.change });
    return differences(fields.expect, plan.observe(story, plan, nodes)).map(
      (text) => `seed '${seed}': ${text}`,
    );
  });
};

function planOf(fault: string, atMs: number, nodes: number, version: VersionName): Plan {
  const victim = nodes - 1;
  const seconds = 1000 * Number(/(\d+) s\b/.exec(fault)?.[1] ?? NaN);
  const crash = { kind: 'crash', node: victim, atMs } as const;
  const base = { victim, atMs };
  if (/^one node crashes$/.test(fault)) {
    const change = { faults: [crash], horizonMs: atMs + LONG_ENOUGH_MS };
    return { ...base, change, observe: observeSilence };
  }
  if (/^a node crashes after one heartbeat was seen and its echo answered$/.test(fault)) {
    return joinAndCrash(base, version);
  }
  if (/frozen .* for \d+ s$/.test(fault)) {
    const pause = { kind: 'pause', node: victim, atMs, untilMs: atMs + seconds } as const;
    const change = { faults: [pause], horizonMs: atMs + seconds + LONG_ENOUGH_MS };
    return { ...base, change, observe: (story) => observeFrozen(story, base, atMs + seconds) };
  }
  if (/^gossip stage of one node blocked for \d+ s/.test(fault)) {
    const blocked = { kind: 'slow', node: victim, atMs, serviceMs: seconds } as const;
    const free = { kind: 'slow', node: victim, atMs: atMs + seconds / 2, serviceMs: 0 } as const;
    const change = { faults: [blocked, free], horizonMs: atMs + seconds + LONG_ENOUGH_MS };
    return { ...base, change, observe: (story) => observeFrozen(story, base, atMs + seconds) };
  }
  if (
    /^(A never receives from B; B receives from A|as one-way-loss, then B restarts)$/.test(fault)
  ) {
    return oneWayLoss(base, fault.includes('restarts'));
  }
  if (/^one node stops gracefully$/.test(fault)) {
    const workload = [{ atMs, node: victim, input: 0 }];
    const change = { workload, horizonMs: atMs + LONG_ENOUGH_MS };
    return { ...base, change, options: { commands: [{ do: 'stop' }] }, observe: observeStop };
  }
  if (/^kill, back after \d+ s/.test(fault)) {
    const back = { kind: 'restart', node: victim, atMs: atMs + seconds } as const;
    const change = { faults: [crash, back], horizonMs: atMs + seconds + LONG_ENOUGH_MS };
    return { ...base, change, observe: observeRestart };
  }
  throw new UserError(`'fault' must be one that the group scenario knows; got ${shownJson(fault)}`);
}

// ---- crashes ----

/** After how much silence each observer has found the victim down. */
const deathsOf = ({ events }: Story, { victim, atMs }: Pick<Plan, 'victim' | 'atMs'>) =>
  events.filter((e) => e.event === 'onDead' && e.subject === victim && e.atMs >= atMs);

function observeSilence(story: Story, plan: Plan, nodes: number): Observed {
  const deaths = deathsOf(story, plan);
  const wrong = deaths.find(({ silenceMs, meanMs }) => {
    const least = SILENCES * meanMs;
    return !(silenceMs > least && silenceMs <= least + ROUND_MS);
  });
  return {
    perObserver: lawOf(/> f\*m.*\(f\*m, f\*m \+ 1\.001\]/, wrong, deaths.length, nodes - 1),
  };
}

/** The law in the words of the case if it holds, else who broke it. */
const lawOf =
  (words: RegExp, wrong: ClusterEvent | undefined, found: number, expected: number) =>
  (wanted: unknown): unknown => {
    if (typeof wanted !== 'string' || !words.test(wanted)) {
      throw new UserError(`'perObserver' must tell a law that is known; got ${shownJson(wanted)}`);
    }
    if (wrong !== undefined) {
      const { node, silenceMs, meanMs } = wrong;
      return `DOWN at node ${node} after ${silenceMs} ms of silence, f*m = ${SILENCES * meanMs} ms`;
    }
    return found === expected ? wanted : `${found} of ${expected} observers found it down`;
  };

/** It joins as a full member, and dies between its first round and its second: whoever heard it, heard it once. */
function joinAndCrash(base: Pick<Plan, 'victim' | 'atMs'>, version: VersionName): Plan {
  const { victim, atMs } = base;
  // But in trunk a node notices that its shadow round is over a second after its start (shadows.ts).
  const shadowMs = versionOf(version).metadataService ? 0 : 1000;
  const faults = [
    { kind: 'absent', node: victim, atMs: 0 },
    { kind: 'restart', node: victim, atMs },
    { kind: 'crash', node: victim, atMs: atMs + shadowMs + 1500 },
  ] as const;
  return {
    ...base,
    change: { faults, horizonMs: atMs + LONG_ENOUGH_MS },
    options: { members: victim, bootstrapMs: 0 },
    observe(story) {
      const deaths = deathsOf(story, base);
      const ups = story.events.filter((e) => e.event === 'onAlive' && e.subject === victim);
      return {
        perObserver: (wanted: unknown) => {
          const range = /^silence in \(([\d.]+), ([\d.]+)\]$/.exec(String(wanted));
          const [least, most] = range?.slice(1).map((s) => 1000 * Number(s)) ?? [];
          const wrong = deaths.find(({ silenceMs: ms }) => !(ms > least && ms <= most));
          const expected = Math.max(1, ups.length);
          return lawOf(/^silence in /, wrong, deaths.length, expected)(wanted);
        },
      };
    },
  };
}

// ---- pauses and blocked stages ----

function observeFrozen(
  story: Story,
  base: Pick<Plan, 'victim' | 'atMs'>,
  untilMs: number,
): Observed {
  const { victim, atMs } = base;
  const finders = new Set(deathsOf(story, base).map(({ node }) => node));
  const itsVerdicts = (until: number) =>
    story.events.filter(
      (e) => e.event === 'onDead' && e.node === victim && e.atMs >= atMs && e.atMs <= until,
    ).length;
  return {
    observersThatMarkItDown: finders.size,
    nodesItMarksDownWithin5sAfter: itsVerdicts(untilMs + 5000),
    nodesItMarksDownWhileBlocked: itsVerdicts(untilMs),
  };
}

// ---- one-way loss ----

const A = 0;
const B = 1;
const C = 2;

function oneWayLoss(base: Pick<Plan, 'victim' | 'atMs'>, restarts: boolean): Plan {
  const { atMs } = base;
  const faults = restarts
    ? ([
        { kind: 'crash', node: B, atMs: atMs + 30_000 },
        { kind: 'restart', node: B, atMs: atMs + 35_000 },
      ] as const)
    : [];
  const loses = (from: NodeId, to: NodeId, nowMs: number) =>
    from === B && to === A && nowMs >= atMs;
  const seen = (state: string) => (wanted: unknown) =>
    state !== 'UP' && typeof wanted === 'string' && wanted.startsWith('not UP') ? wanted : state;
  return {
    ...base,
    change: { faults, loses, horizonMs: atMs + 2 * LONG_ENOUGH_MS },
    observe: ({ sees }, _plan, nodes) => ({
      AseesB: seen(sees(A, B)),
      BseesA: seen(sees(B, A)),
      ...(nodes > C ? { CseesA: seen(sees(C, A)), CseesB: seen(sees(C, B)) } : {}),
    }),
  };
}

// ---- stop and restart ----

function observeStop(story: Story, plan: Plan, nodes: number): Observed {
  const deaths = deathsOf(story, plan);
  const late = deaths.find(({ atMs }) => atMs > plan.atMs + LATENCY_MS);
  const finders = new Set(deaths.map(({ node }) => node)).size;
  return {
    everyLiveObserver: (wanted: unknown) => {
      if (wanted !== 'DOWN within one network latency + stage cost') return 'another law';
      if (late !== undefined) return `DOWN at node ${late.node} after ${late.atMs - plan.atMs} ms`;
      return finders === nodes - 1 ? wanted : `${finders} of ${nodes - 1} observers found it down`;
    },
  };
}

function observeRestart({ events }: Story, plan: Plan, nodes: number): Observed {
  const about = events.filter((e) => e.subject === plan.victim && e.atMs >= plan.atMs);
  const restarts = about.filter(({ event }) => event === 'onRestart');
  const perObserver = (some: readonly ClusterEvent[]) => {
    const counts = Array.from(
      { length: nodes },
      (_, node) => some.filter((e) => e.node === node).length,
    );
    const observers = counts.filter((_, node) => node !== plan.victim);
    return observers.every((count) => count === observers[0]) ? observers[0] : observers;
  };
  return {
    phiConvictions: about.filter(({ event }) => event === 'onDead').length,
    onRestartPerObserver: perObserver(restarts),
    listenerDownPerObserver: perObserver(restarts.filter(({ wasAlive }) => wasAlive)),
  };
}
