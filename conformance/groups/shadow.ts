/** shadow-round-finish: how the shadow round ends. Its cases are told in words. */
import { UserError } from '../../src/base/errors.ts';
import {
  ackIsEarly,
  allInShadow,
  shadowVerdict,
  unanswered,
} from '../../src/protocols/cassandra/shadow-round.ts';
import { differences } from '../compare.ts';
import { isFields, shownJson } from '../format.ts';
import type { Judge, Test } from '../test.ts';

export const shadowRoundFinish: Judge = (test) => {
  const { fields, item } = test;
  if (fields.ack !== undefined) return ackJudge(test);
  if (fields.acks !== undefined) return acksJudge(test);
  if (fields.scenario !== undefined) return lateAcks(test);
  if (!item.id.startsWith('timeout')) {
    throw new UserError("a case must have 'ack', 'acks' or 'scenario', or be called timeout-...");
  }
  const { synAtMs, atMs, end } = unanswered(!item.id.includes('nonseed'));
  return differences(fields.expect, {
    synAtMs,
    failAfterMs: end === 'fail' ? atMs : null,
    continueAloneAfterMs: end === 'alone' ? atMs : null,
  });
};

/** One ACK, of a node in the shadow round. */
function ackJudge({ fields }: Test): readonly string[] {
  const words = String(fields.ack);
  const isEmpty = /^(empty|neither)/.test(words);
  const verdict = shadowVerdict({ isEmpty, self: selfIn(fields.selfInAck, words) });
  // Without another answer it goes on asking until it gives up.
  const fails = verdict !== 'exit' && unanswered(false).end === 'fail';
  return differences(fields.expect, {
    exit: verdict === 'exit',
    statesKept: verdict === 'exit',
    eventually: fails ? "fails with 'Unable to gossip with any peers' unless self is a seed" : null,
  });
}

/** What the ACK says of the node itself: a state, or the words 'self ... without HOST_ID', 'self ... LEFT'. */
function selfIn(given: unknown, words: string) {
  if (isFields(given)) {
    const states = isFields(given.states) ? given.states : given;
    const status = isFields(given.states) ? given.states.STATUS : given.status;
    const value = Array.isArray(status) ? status[1] : status;
    return { hasHostId: 'HOST_ID' in states, status: typeof value === 'string' ? value : '' };
  }
  if (!/\bself\b/.test(words)) return undefined;
  const status = /\b(LEFT|removed|removing|hibernate)\b/.exec(words)?.[1] ?? '';
  return { hasHostId: !/without HOST_ID/.test(words) && status === '', status };
}

/** 'an empty ACK from every seed'. */
function acksJudge({ fields }: Test): readonly string[] {
  if (fields.acks !== 'an empty ACK from every seed') {
    throw new UserError(
      `'acks' must be 'an empty ACK from every seed'; got ${shownJson(fields.acks)}`,
    );
  }
  const seeds = ['x', 'y', 'z'];
  const answered = new Set<string>();
  const exits = seeds.map((seed) => {
    if (shadowVerdict({ isEmpty: true }) === 'peer') answered.add(seed);
    return allInShadow(seeds, answered);
  });
  const [first, , last] = exits;
  return differences(fields.expect, { exit: last && !first, states: [] });
}

/** ACKs with states between the end of the shadow round and the first regular SYN. */
function lateAcks({ fields }: Test): readonly string[] {
  const handled = ackIsEarly(true, false) ? 0 : 1;
  return differences(fields.expect, { ack2Sent: handled, schemaPulls: handled });
}
