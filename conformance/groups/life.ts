/** restart-generation, status-check, shutdown, shadow-round-finish, shadow-quorum-trunk, reload-seeds. */
import { UserError } from '../../src/base/errors.ts';
import { micros } from '../../src/base/time.ts';
import { RPC_READY, STATUS } from '../../src/protocols/cassandra/application-state.ts';
import { STAGE_GRACE_MS } from '../../src/protocols/cassandra/constants.ts';
import {
  ALIVE,
  KNOWN,
  LIVE,
  QUARANTINED,
  UNREACHABLE,
} from '../../src/protocols/cassandra/endpoints.ts';
import { generationAtStart } from '../../src/protocols/cassandra/generation.ts';
import { reloadSeeds } from '../../src/protocols/cassandra/seeds.ts';
import { shadowQuorum } from '../../src/protocols/cassandra/shadow-round.ts';
import { carriesState } from '../../src/protocols/cassandra/shutdown.ts';
import {
  carryOut,
  checkStatus,
  stageIsBehind,
} from '../../src/protocols/cassandra/status-check.ts';
import {
  VERSIONS,
  type Version,
  type VersionName,
} from '../../src/protocols/cassandra/versions.ts';
import { differences, same } from '../compare.ts';
import { isFields, shownJson } from '../format.ts';
import { fieldsAt, intAt, numberAt, switchAt, textAt } from '../input.ts';
import { Stage } from '../stage.ts';
import type { Judge } from '../test.ts';

const A = 'a';

export const restartGeneration: Judge = ({ fields }) => {
  const stored = fields.stored === null ? undefined : intAt(fields, 'stored');
  return differences(fields.expect, { value: generationAtStart(intAt(fields, 'nowSec'), stored) });
};

export const shadowQuorumTrunk: Judge = ({ fields }) =>
  differences(fields.expect, { value: shadowQuorum(intAt(fields, 'peers')) });

/** A day after the process started, so that silence and quarantine can lie in the past. */
const NOW = micros(86_400_000);

export const statusCheck: Judge = (test) => {
  const { fields } = test;
  if (fields.pendingStageTasks !== undefined) {
    const created = NOW - micros(numberAt(fields, 'lastProcessedAgoMs'));
    const behind = stageIsBehind(intAt(fields, 'pendingStageTasks'), created, NOW);
    return differences(fields.expect, {
      skipped: behind,
      afterWaitMs: behind ? STAGE_GRACE_MS : 0,
    });
  }
  return fields.endpoint === undefined ? quarantineJudge(test) : endpointJudge(test);
};

/** All that a check decides is carried out at once. */
function check(stage: Stage, version: Version): void {
  const submit = (node: number, verdict: number, subject: number) => {
    carryOut(node, verdict, subject, stage.liveness);
    return true;
  };
  checkStatus(stage.self, { ...stage, version, submit }, NOW);
}

const endpointJudge: Judge = ({ fields, version }) => {
  const stage = new Stage(version);
  const { endpoints } = stage;
  const endpoint = fieldsAt(fields, 'endpoint');
  const status = textAt(endpoint, 'status', '');
  const pair = stage.pair(A);
  stage.time = NOW - micros(numberAt(endpoint, 'silentMs', 0));
  stage.put(A, {
    gen: intAt(endpoint, 'gen', 1),
    hb: 1,
    alive: switchAt(endpoint, 'alive', true),
    states: status === '' ? {} : { STATUS: [1, status] },
  });
  endpoints.setRing(pair, switchAt(endpoint, 'ringMember'));
  if (endpoint.expireAtMsFromNow !== undefined) {
    const expiry = NOW + micros(numberAt(endpoint, 'expireAtMsFromNow'));
    endpoints.expiry[stage.self].set(stage.id(A), expiry);
  }
  if (switchAt(endpoint, 'quarantined', false)) {
    endpoints.setQuarantine(stage.self, stage.id(A), NOW);
  }
  stage.time = NOW;
  check(stage, version);
  const kept = endpoints.has(pair, KNOWN);
  return differences(fields.expect, {
    live: endpoints.has(pair, LIVE),
    unreachable: endpoints.has(pair, UNREACHABLE),
    alive: endpoints.has(pair, ALIVE),
    state: kept ? 'kept' : null,
    kept,
    removed: !kept,
    evicted: !kept,
    quarantined: endpoints.has(pair, QUARANTINED),
  });
};

const quarantineJudge: Judge = ({ fields, version }) => {
  const stage = new Stage(version);
  stage.time = NOW - micros(numberAt(fields, 'quarantinedAgoMs'));
  stage.liveness.quarantine(stage.self, stage.id(A), fields.kind === 'replaced endpoint');
  stage.time = NOW;
  check(stage, version);
  return differences(fields.expect, { released: !stage.endpoints.has(stage.pair(A), QUARANTINED) });
};

/** GOSSIP_SHUTDOWN from the subject. */
export const shutdown: Judge = (test) => {
  const { fields, version } = test;
  if (fields.before === undefined) return shutdownWords(test);
  const stage = new Stage(version);
  const { endpoints } = stage;
  endpoints.counter[stage.self] = 500; // versions of the subject's own making are below
  if (fields.before !== null) stage.put(A, fieldsAt(fields, 'before'));
  const pair = stage.pair(A);
  const before = [stage.known(A), endpoints.flags[pair]];
  const payload = isFields(fields.payload) ? fields.payload : undefined;
  const carried = payload && { generation: intAt(payload, 'gen'), states: stage.states(payload) };
  stage.liveness.markAsShutdown(stage.self, stage.id(A), carried);
  const { book, states } = endpoints;
  const status = book.get(states[pair], STATUS);
  return differences(fields.expect, {
    changed: !same(before, [stage.known(A), endpoints.flags[pair]]),
    gen: endpoints.generation[pair],
    hb: endpoints.heartbeatOf(pair),
    alive: endpoints.has(pair, ALIVE),
    live: endpoints.has(pair, LIVE),
    unreachable: endpoints.has(pair, UNREACHABLE),
    status: endpoints.status(pair),
    RPC_READY: book.value(states[pair], RPC_READY),
    statusVersionFrom:
      (status?.version ?? 0) > 500 ? "receiver's own version counter" : "the subject's counter",
    stateReplacedByPayload: same(payload?.states, stage.statesAbove(states[pair], -1)),
    events: stage.events,
  });
};

/** Cases told in words. */
const shutdownWords: Judge = ({ fields, version }) => {
  const carried = (from: VersionName, to: VersionName) =>
    carriesState(VERSIONS[from], VERSIONS[to]) ? 'endpoint state' : null;
  const { payloadTo40Peer, payloadTo50Peer, noPayloadFrom40Peer } = fields;
  const beside = { payloadTo40Peer, payloadTo50Peer, noPayloadFrom40Peer };
  return differences(fields.expect ?? beside, {
    onAliveAfterOnDead: lateAckRevives(version),
    payloadTo40Peer: carried('5.0', '4.0'),
    payloadTo50Peer: carried('5.0', '5.0'),
    noPayloadFrom40Peer: carried('4.0', '5.0'),
  });
};

/** An ACK of before its shutdown arrives after it; the echo that it causes is not answered. */
function lateAckRevives(version: Version): boolean {
  const stage = new Stage(version);
  const states = { STATUS: [2, 'NORMAL'] };
  stage.nowSec = 1_700_000_000;
  stage.put(A, { gen: 100, hb: 50, states });
  stage.liveness.markAsShutdown(stage.self, stage.id(A));
  stage.gossiper.receive(stage.self, stage.delta(A, { gen: 100, hb: 60, states }));
  const dead = stage.events.indexOf('onDead');
  return dead < 0 || stage.events.indexOf('onAlive', dead) >= 0;
}

const SELF = 'self';

export const seedReload: Judge = ({ fields }) => {
  const before = Array.from({ length: intAt(fields, 'before') }, (_, i) => `seed ${i}`);
  const after = reloadSeeds(before, providerOf(textAt(fields, 'provider'), before), SELF);
  const kept = after ?? before;
  return differences(fields.expect, {
    size: kept.length,
    unchanged: same(before, kept),
    result: after === undefined ? null : kept,
  });
};

/** 'same 4 + 1 new', 'the 5 with one repeated', 'none', 'throws', 'the 3 and self', '2 others'. */
function providerOf(words: string, before: readonly string[]): () => readonly string[] {
  const added = /^same \d+ \+ (\d+) new$/.exec(words);
  const others = /^\D*(\d+)\D*$/.exec(words); // 'disjoint 3', '2 others'
  const fresh = (count: number) => Array.from({ length: count }, (_, i) => `new ${i}`);
  if (words === 'none') return () => [];
  if (words === 'throws') {
    return () => {
      throw new Error('the provider fails');
    };
  }
  if (/with one repeated$/.test(words)) return () => [...before, before[0]];
  if (/\bself\b/.test(words)) return () => [...before, SELF];
  if (added !== null) return () => [...before, ...fresh(Number(added[1]))];
  if (others !== null) return () => fresh(Number(others[1]));
  throw new UserError(
    `'provider' must be such as 'same 4 + 1 new', 'the 5 with one repeated', 'none', 'throws' or '2 others'; got ${shownJson(words)}`,
  );
}
