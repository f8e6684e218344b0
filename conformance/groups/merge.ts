/** notify-failure-detector, apply, apply-order: what a node makes of received states. */
import { UserError } from '../../src/base/errors.ts';
import { statusName } from '../../src/protocols/cassandra/application-state.ts';
import { applyOrder } from '../../src/protocols/cassandra/apply-order.ts';
import {
  ALIVE,
  KNOWN,
  LIVE,
  QUARANTINED,
  UNREACHABLE,
} from '../../src/protocols/cassandra/endpoints.ts';
import type { Version } from '../../src/protocols/cassandra/versions.ts';
import { differences, same } from '../compare.ts';
import { type Case, type Fields, type Group, isFields, shownJson } from '../format.ts';
import { intAt, numberAt, textAt } from '../input.ts';
import { Stage } from '../stage.ts';
import type { Judge } from '../test.ts';

/** The subject of the cases. */
const A = 'a';

export const notifyFailureDetector: Judge = ({ fields, version }) => {
  const stage = new Stage(version);
  const { detector } = stage;
  stage.time = 1_000_000;
  const pair = stage.pair(A);
  if (isFields(fields.local)) {
    stage.put(A, fields.local);
    detector.windows.report(pair, 500_000); // two samples would become one, if the window were cleared first
    detector.windows.report(pair, 600_000);
  }
  const before = detector.windows.samples.count(pair);
  stage.gossiper.notifyFailureDetector(stage.self, stage.delta(A, remoteOf(fields)));
  const report = detector.windows.last[pair] === stage.time;
  return differences(fields.expect, {
    report,
    clearWindowFirst: report && detector.windows.samples.count(pair) <= before,
  });
};

export const apply: Judge = ({ fields, group, version }) => {
  const stage = new Stage(version);
  stage.nowSec = numberAt(fields, 'nowSec', 1_700_000_000);
  const prepared = prepare(stage, fields, group, version);
  const pair = stage.pair(prepared.name);
  const known = () => [stage.known(prepared.name), stage.endpoints.flags[pair]];
  const before = known();
  const generationBefore = stage.endpoints.generation[pair];
  const wasKnown = stage.endpoints.has(pair, KNOWN);
  stage.events.length = 0;
  stage.changes.length = 0;
  const remote = fields.remote === null ? undefined : remoteOf(fields);
  if (remote !== undefined) stage.gossiper.apply(stage.self, stage.delta(prepared.name, remote));
  else prepared.answerEcho();
  const { endpoints, detector } = stage;
  const changed = !same(before, known());
  const replaced = !wasKnown || endpoints.generation[pair] !== generationBefore;
  const states = (stage.known(prepared.name)?.states ?? {}) as Fields;
  return differences(fields.expect, {
    events: stage.events,
    onChange: (wanted: unknown) => inAnyOrder(wanted, stage.changes, version),
    echo: stage.events.includes('echo'),
    gen: endpoints.generation[pair],
    hb: endpoints.heartbeatOf(pair),
    // Of a replaced state all is told, of a merged one what matters.
    states: (wanted: unknown) => (replaced ? states : amongThose(states, wanted)),
    alive: endpoints.has(pair, ALIVE),
    live: endpoints.has(pair, LIVE),
    unreachable: endpoints.has(pair, UNREACHABLE),
    accepted: changed && endpoints.has(pair, KNOWN) && endpoints.generation[pair] === remote?.gen,
    changed,
    fdReport: detector.windows.has(pair),
    status: endpoints.status(pair),
    known: endpoints.has(pair, KNOWN),
    quarantined: endpoints.has(pair, QUARANTINED),
  });
};

/** Listeners are told in an arbitrary order, but since 4.1 of STATUS first. */
function inAnyOrder(wanted: unknown, told: readonly string[], { statusFirst }: Version): unknown {
  const isStatus = (name: string) => name.startsWith('STATUS');
  const late = told.slice(told.findIndex((name) => !isStatus(name))).some(isStatus);
  const all = Array.isArray(wanted) && same([...wanted].sort(), [...told].sort());
  return all && !(statusFirst && late && told.some((name) => !isStatus(name))) ? wanted : told;
}

const amongThose = (states: Fields, wanted: unknown): unknown =>
  isFields(wanted)
    ? Object.fromEntries(
        Object.keys(states)
          .filter((key) => key in wanted)
          .map((key) => [key, states[key]]),
      )
    : states;

/** Brings the node into the state that `local` tells of; whose state that is, and how its echo is answered. */
function prepare(stage: Stage, { local }: Fields, group: Group, version: Version) {
  const answerEcho = () => {
    const pair = stage.pair(A);
    stage.liveness.realMarkAlive(stage.self, stage.id(A), stage.endpoints.generation[pair]);
  };
  const prepared = { name: A, answerEcho };
  if (local === null || local === undefined || local === 'absent') return prepared;
  if (isFields(local)) {
    stage.put(A, local);
    return prepared;
  }
  if (local === 'self') {
    stage.put('self', { gen: stage.nowSec, hb: 1 });
    return { ...prepared, name: 'self' };
  }
  if (local === 'absent, in justRemoved') {
    stage.liveness.quarantine(stage.self, stage.id(A));
    return prepared;
  }
  const earlier = typeof local === 'string' && /^after ([\w-]+)(, echo answered)?$/.exec(local);
  const item = earlier ? group.cases.find(({ id }) => id === earlier[1]) : undefined;
  if (item === undefined) {
    throw new UserError(
      `'local' must be a state, null, 'self', 'absent, in justRemoved' or 'after CASE, echo answered'; got ${shownJson(local)}`,
    );
  }
  replay(stage, item, group, version);
  return prepared;
}

function replay(stage: Stage, { fields }: Case, group: Group, version: Version): void {
  prepare(stage, fields, group, version);
  stage.gossiper.apply(stage.self, stage.delta(A, remoteOf(fields)));
}

function remoteOf({ remote }: Fields): Fields {
  if (!isFields(remote)) throw new UserError(`'remote' must be a state; got ${shownJson(remote)}`);
  return remote;
}

/** The comparator in all releases; where the message is merged in that order, the order of merging, too. */
export const order: Judge = ({ fields, version }) => {
  const { in: given } = fields;
  if (!Array.isArray(given) || !given.every(isFields)) {
    throw new UserError(`'in' must be a list of endpoints; got ${shownJson(given)}`);
  }
  const states = given.map((item) => ({
    ep: textAt(item, 'ep'),
    generation: intAt(item, 'gen'),
    status: statusName(textAt(item, 'status', '')),
  }));
  const sorted = applyOrder(states, ({ ep }) => sortable(ep)).map(({ ep }) => ep);
  const found = differences(fields.expect, { value: sorted });
  return version.applyOrder === 'map'
    ? found
    : [...found, ...mergedInOrder(states, version, fields)];
};

/** An address of IPv4 so that texts are in the order of addresses; other names as they are. */
const sortable = (name: string): string =>
  /^\d+(\.\d+){3}$/.test(name)
    ? name
        .split('.')
        .map((byte) => byte.padStart(3, '0'))
        .join('.')
    : name;

const byAddress = (a: string, b: string): number => (sortable(a) < sortable(b) ? -1 : 1);

/** The whole message through the gossiper. Endpoints are numbered in the order of their addresses. */
function mergedInOrder(
  states: readonly { ep: string; generation: number; status: string }[],
  version: Version,
  { expect }: Fields,
): string[] {
  const stage = new Stage(version);
  stage.nowSec = 1_700_000_000;
  for (const ep of states.map((state) => state.ep).sort(byAddress)) stage.id(ep);
  const deltas = states.flatMap(({ ep, generation, status }) => [
    ...stage.delta(ep, {
      gen: generation,
      hb: 1,
      states: status === '' ? {} : { STATUS: [1, status] },
    }),
  ]);
  stage.gossiper.apply(stage.self, deltas);
  return differences(expect, { value: stage.stored }).map((text) => `merged: ${text}`);
}
