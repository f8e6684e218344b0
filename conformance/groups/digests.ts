/** digest-compare, superseded, examine, ack-to-ack2: what SYN, ACK and ACK2 carry. */
import type { Deltas } from '../../src/protocols/cassandra/deltas.ts';
import { deltaAt, lengthOf } from '../../src/protocols/cassandra/deltas.ts';
import {
  compareDigests,
  type Digest,
  isSuperseded,
  sortedDigests,
} from '../../src/protocols/cassandra/digest.ts';
import type { Answer } from '../../src/protocols/cassandra/exchange.ts';
import { type SynReceiver, synFate } from '../../src/protocols/cassandra/shadow-round.ts';
import { synopsisFrom } from '../../src/protocols/cassandra/synopsis.ts';
import type { Version } from '../../src/protocols/cassandra/versions.ts';
import { differences } from '../compare.ts';
import { type Fields, isFields } from '../format.ts';
import { fieldsAt, intAt, listAt, numberAt, textAt, wordAt } from '../input.ts';
import { Stage } from '../stage.ts';
import type { Judge } from '../test.ts';

const digestOf = (fields: Fields): Digest => ({
  generation: numberAt(fields, 'gen'),
  max: numberAt(fields, 'max'),
});

export const digestCompare: Judge = ({ fields }) => {
  if (fields.digests !== undefined)
    return differences(fields.expect, { order: examinedOrder(fields) });
  const order = compareDigests(digestOf(fieldsAt(fields, 'a')), digestOf(fieldsAt(fields, 'b')));
  return differences(fields.expect, { cmp: order, cmpSign: Math.sign(order) });
};

function examinedOrder(fields: Fields): string[] {
  const localMax = fieldsAt(fields, 'localMax');
  const digests = listAt(fields, 'digests').map((item) => ({
    ...digestOf(item),
    ep: textAt(item, 'ep'),
  }));
  return sortedDigests(digests, ({ ep }) => numberAt(localMax, ep, 0)).map(({ ep }) => ep);
}

export const superseded: Judge = ({ fields }) =>
  differences(fields.expect, {
    value: isSuperseded(digestOf(fieldsAt(fields, 'a')), digestOf(fieldsAt(fields, 'b'))),
  });

const RECEIVERS: Readonly<Record<string, SynReceiver>> = {
  enabled: { enabled: true, inShadowRound: false, sameCluster: true },
  'enabled, other cluster name': { enabled: true, inShadowRound: false, sameCluster: false },
  'enabled, other partitioner': { enabled: true, inShadowRound: false, sameCluster: false },
  'in shadow round, not enabled': { enabled: false, inShadowRound: true, sameCluster: true },
  'not enabled, not in shadow round': { enabled: false, inShadowRound: false, sameCluster: true },
};

/** One digest against one local state; or a whole SYN and what becomes of it. */
export const examineGroup: Judge = (test) => {
  const { fields, version } = test;
  if (fields.receiver !== undefined) return synJudge(test);
  const { stage, digest } = prepare(version, fields, 'digest');
  const answer = stage.exchange.examine(stage.self, synopsisFrom(digest, stage.endpoints.n));
  return differences(fields.expect, shownAnswer(stage, answer));
};

const synJudge: Judge = ({ fields, version }) => {
  const receiver = wordAt(fields, 'receiver', RECEIVERS);
  const digests = fields.digests === undefined ? 0 : listAt(fields, 'digests').length;
  const fate = synFate(receiver, digests);
  const stage = new Stage(version);
  const heard = { gen: 3, hb: 7, states: { STATUS: [2, 'NORMAL'], HOST_ID: [1, 'h'] } };
  stage.put('self', heard);
  stage.put('heard', heard);
  const saved = { HOST_ID: [0, 'saved'], TOKENS: [0, 'saved'] };
  stage.put('saved', { gen: 0, hb: version.emptyHeartbeat });
  const disk = stage.states({ states: saved });
  const all = stage.exchange.everything(stage.self, () => disk);
  const whole = deltasOf(stage, all.deltas);
  const wanted =
    version.floor === 0
      ? [heard, heard]
      : [heard, heard, { gen: 0, hb: version.emptyHeartbeat, states: saved }];
  const sendsAll =
    differences({ whole: wanted }, { whole }).length === 0 && all.requests.length === 0;
  return differences(fields.expect, {
    ack:
      fate === 'drop'
        ? null
        : fate === 'answer empty'
          ? 'empty (no requests, no deltas)'
          : 'an answer',
    requests: fate === 'send all' ? [...all.requests] : null,
    delta:
      fate === 'send all' && sendsAll
        ? 'all endpoints, whole states, plus (4.0+) saved host id and tokens for empty ones'
        : null,
  });
};

export const ackToAck2: Judge = ({ fields, version }) => {
  const { stage, digest } = prepare(version, fields, 'request');
  const answer = stage.exchange.answer(stage.self, { requests: digest });
  return differences(fields.expect, shownAnswer(stage, answer));
};

/** A node that knows `local` of one endpoint, and a digest of the same. */
function prepare(version: Version, fields: Fields, field: string) {
  const stage = new Stage(version);
  if (isFields(fields.local)) stage.put('a', fields.local);
  const given = fieldsAt(fields, field);
  return { stage, digest: [stage.id('a'), intAt(given, 'gen'), intAt(given, 'max')] };
}

function shownAnswer(stage: Stage, { requests, deltas }: Answer): Fields {
  const [delta = null] = deltasOf(stage, deltas);
  return { request: requests.length === 0 ? null : { gen: requests[1], max: requests[2] }, delta };
}

const deltasOf = (stage: Stage, deltas: Deltas): Fields[] =>
  Array.from({ length: lengthOf(deltas) }, (_, i) =>
    stage.shown(
      deltaAt(deltas, i, { subject: 0, generation: 0, heartbeat: 0, states: 0, floor: 0 }),
    ),
  );
