/** Hand-made timelines of van Renesse's rules. Times in ms; T_fail = 100, T_cleanup = 200 unless said otherwise. */
import { expect, it } from 'vitest';
import { phiNormal } from '../../../src/detectors/phi-normal.ts';
import { timeout } from '../../../src/detectors/timeout.ts';
import { FORGOTTEN, JOINED, SUSPECTED, TRUSTED } from '../../../src/engine/model.ts';
import { CALL, LIST, REQUEST } from '../../../src/protocols/heartbeat/messages.ts';
import type { HeartbeatOptions } from '../../../src/protocols/heartbeat/options.ts';
import { HeartbeatStage } from './stage.ts';

/** Three nodes that have all been started and know each other by name. */
function three(options: Partial<HeartbeatOptions> = {}): HeartbeatStage {
  const stage = new HeartbeatStage(3, { failMs: 100, ...options });
  stage.start(0, 1, 2);
  return stage;
}

it('a round increases the own heartbeat and sends the whole list to one partner', () => {
  const stage = three();
  stage.round(0, 1);
  expect(stage.table.heartbeat(0, 0)).toBe(1);
  expect(stage.post).toHaveLength(1);
  expect(stage.bytes).toEqual([3 * 12]);
});

it('the larger heartbeat of each member wins, and its increase is stamped with the receiver`s time', () => {
  const stage = three();
  stage.gossip(0, 1);
  stage.pass(10);
  stage.gossip(1, 2);
  expect([0, 1, 2].map((subject) => stage.table.heartbeat(2, subject))).toEqual([1, 1, 0]);
  expect([0, 1].map((subject) => stage.table.news(2, subject))).toEqual([10_000, 10_000]);
  stage.pass(10);
  stage.gossip(1, 2); // its own heartbeat only is new
  expect([0, 1].map((subject) => stage.table.news(2, subject))).toEqual([10_000, 20_000]);
});

it('the first news of a life is JOINED, at second hand too, and later news is not', () => {
  const stage = three();
  stage.gossip(0, 1);
  stage.expectFacts([JOINED, 1, 0]);
  stage.gossip(1, 2);
  stage.expectFacts([JOINED, 2, 0], [JOINED, 2, 1]);
  stage.gossip(1, 2);
  stage.expectNothing();
});

it('a member is suspected at the first round at which there has been no news for T_fail', () => {
  const stage = three();
  stage.gossip(1, 0);
  stage.clear();
  stage.pass(99);
  stage.round(0, 1);
  stage.expectNothing();
  stage.pass(1);
  stage.round(0, 1);
  stage.expectFacts([SUSPECTED, 0, 1], [SUSPECTED, 0, 2]);
  stage.pass(1);
  stage.round(0, 1);
  stage.expectNothing();
});

it('a suspected member is not gossiped', () => {
  const stage = three();
  stage.gossip(1, 0);
  stage.pass(60);
  stage.gossip(2, 0);
  stage.pass(40);
  stage.round(0, 1);
  expect(stage.bytes.at(-1)).toBe(2 * 12); // 0 and 2
});

it('a suspected member is trusted again at the first news', () => {
  const stage = three();
  stage.gossip(1, 0);
  stage.pass(100);
  stage.round(0, 1);
  stage.clear();
  stage.post.length = 0;
  stage.gossip(1, 2);
  stage.clear();
  stage.gossip(2, 0); // news of both
  stage.expectFacts([TRUSTED, 0, 1], [TRUSTED, 0, 2], [JOINED, 0, 2]);
});

it('a member is forgotten after T_cleanup, and news of it is news of an unknown member', () => {
  const stage = three({ cleanupMs: 150 });
  stage.gossip(1, 0);
  stage.pass(100);
  stage.round(0, 1);
  stage.clear();
  stage.pass(50);
  stage.round(0, 1);
  stage.expectFacts([FORGOTTEN, 0, 1], [FORGOTTEN, 0, 2]);
  expect(stage.table.knows(0, 1)).toBe(false);
  stage.post.length = 0;
  stage.gossip(1, 0);
  stage.expectFacts([JOINED, 0, 1]);
});

it('T_cleanup = T_fail lets a stale entry come back, 2 T_fail does not', () => {
  /** Node 2 hears of 0 from 1, 60 ms after 1 did; 0 is dead by then. */
  function ghosts(cleanupMs: number) {
    const stage = three({ cleanupMs });
    stage.gossip(0, 1);
    stage.pass(60);
    stage.gossip(1, 2);
    stage.pass(45);
    stage.gossip(1, 2); // 1 has failed node 0 by now; with the short T_cleanup it has forgotten it
    stage.clear();
    stage.gossip(2, 1); // 2 has not: its news is 45 ms old
    return stage.record.filter((fact) => fact.endsWith('n1 0'));
  }
  expect(ghosts(100)).toEqual(['JOINED n1 0']);
  expect(ghosts(200)).toEqual([]);
});

it('a restart begins a new generation, which is JOINED although its heartbeats are lower', () => {
  const stage = three();
  for (let i = 0; i < 5; i++) stage.gossip(0, 1);
  stage.clear();
  stage.start(0);
  expect(stage.table.heartbeat(0, 0)).toBe(0);
  stage.gossip(0, 1);
  stage.expectFacts([JOINED, 1, 0]);
  expect([stage.table.generation(1, 0), stage.table.heartbeat(1, 0)]).toEqual([2, 1]);
});

it('news of a life that began while its node was suspected is JOINED and TRUSTED', () => {
  const stage = three();
  stage.gossip(1, 0);
  stage.pass(100);
  stage.round(0, 1);
  stage.post.length = 0;
  stage.clear();
  stage.start(1);
  stage.gossip(1, 0);
  stage.expectFacts([JOINED, 0, 1], [TRUSTED, 0, 1]);
});

it('a restarted node has forgotten whom it knew and whom it suspected', () => {
  const stage = three();
  stage.gossip(1, 0);
  stage.pass(100);
  stage.round(0, 1);
  stage.post.length = 0;
  stage.start(0);
  stage.clear();
  stage.gossip(1, 0);
  stage.expectFacts([JOINED, 0, 1]);
});

it('pull asks for the list and gets it', () => {
  const stage = three({ exchange: 'pull' });
  stage.round(1, 2);
  stage.round(0, 1);
  expect(stage.bytes).toEqual([8, 8]);
  stage.arrives(REQUEST);
  stage.arrives(REQUEST);
  stage.clear();
  stage.arrives(LIST);
  stage.arrives(LIST);
  stage.expectFacts([JOINED, 0, 1], [JOINED, 1, 2]);
  expect(stage.post).toEqual([]);
});

it('push-pull sends its list and gets the other`s', () => {
  const stage = three({ exchange: 'push-pull' });
  stage.round(0, 1);
  stage.arrives(CALL);
  stage.expectFacts([JOINED, 1, 0]);
  stage.arrives(LIST);
  expect(stage.table.generation(0, 1)).toBe(1);
  expect(stage.post).toEqual([]);
});

it.each([
  [0, []],
  [1, [2]],
])('what one call brings is in the answer to another %i ms later: not at once', (ms, told) => {
  const stage = three({ exchange: 'push-pull' });
  stage.round(0, 1);
  stage.round(2, 1);
  stage.arrives(CALL);
  stage.pass(ms);
  stage.arrives(CALL);
  stage.clear();
  stage.arrives(LIST);
  stage.arrives(LIST);
  for (const node of told) stage.expectFact(JOINED, node, 0);
  stage.expectFacts([JOINED, 0, 1], [JOINED, 2, 1]);
});

it('a joiner that knows its contact only becomes known through it', () => {
  const stage = new HeartbeatStage(3, { failMs: 100, knows: [0], partners: 'members' });
  stage.start(0, 1, 2);
  expect([0, 1, 2].map((subject) => stage.table.knows(2, subject))).toEqual([true, false, true]);
  stage.draws.push(0); // node 0 of all: the contact
  stage.round(2);
  stage.arrives(LIST);
  stage.expectFacts([JOINED, 0, 2]);
});

it('a node with nobody left to gossip with turns to its contacts again', () => {
  const stage = new HeartbeatStage(2, { failMs: 100, knows: [0], partners: 'members' });
  stage.start(0, 1);
  stage.pass(200);
  stage.draws.push(...new Array(16).fill(0));
  stage.round(1);
  stage.expectFacts([SUSPECTED, 1, 0], [FORGOTTEN, 1, 0]);
  expect(stage.post).toEqual([]);
  stage.draws.push(0);
  stage.round(1);
  expect(stage.post).toHaveLength(1);
});

it('at the exact time, a member is suspected and forgotten between rounds', () => {
  const stage = three({ judged: 'exact' });
  stage.gossip(1, 0);
  stage.clear();
  expect(stage.timers).toEqual([0, 1, 2].map((node) => [node, 100_000, 0]));
  stage.pass(60);
  stage.gossip(1, 0);
  stage.pass(40);
  stage.timer(0, 0);
  stage.expectFacts([SUSPECTED, 0, 2]);
  expect(stage.timers.at(-1)).toEqual([0, 160_000, 0]);
  stage.pass(60);
  stage.timer(0, 0);
  stage.expectFacts([SUSPECTED, 0, 1]);
  expect(stage.timers.at(-1)).toEqual([0, 200_000, 0]);
  stage.pass(40);
  stage.timer(0, 0);
  stage.expectFacts([FORGOTTEN, 0, 2]);
});

it('a timer that comes late, since the node was paused, is not overtaken', () => {
  const stage = three({ judged: 'exact' });
  stage.pass(130);
  stage.timer(0, 0);
  stage.expectFacts([SUSPECTED, 0, 1], [SUSPECTED, 0, 2]);
  expect(stage.timers.at(-1)).toEqual([0, 200_000, 0]);
});

it('a timer that was overtaken by another is ignored', () => {
  const stage = three({ judged: 'exact' });
  stage.pass(100);
  stage.timer(0, 0);
  stage.clear();
  const timers = stage.timers.length;
  stage.pass(30);
  stage.timer(0, 0);
  stage.expectNothing();
  expect(stage.timers).toHaveLength(timers);
});

it.each(['at-rounds', 'exact'] as const)('a detector suspects instead of T_fail, %s', (judged) => {
  const stage = three({ failMs: 1000, judged, detector: timeout({ timeoutMs: 30 }) });
  stage.gossip(1, 0);
  stage.clear();
  stage.pass(30);
  if (judged === 'exact') {
    expect(stage.timers).toContainEqual([0, 30_000, 0]);
    stage.timer(0, 0);
  } else stage.round(0, 1);
  stage.expectFacts([SUSPECTED, 0, 1]); // not node 2, of whom nothing was ever heard
});

it('a detector begins anew with a new life', () => {
  const stage = three({ failMs: 1000, detector: phiNormal({}), level: 1 });
  for (let i = 0; i < 20; i++) {
    stage.gossip(1, 0);
    stage.pass(10 + (i % 2));
  }
  stage.start(1);
  stage.gossip(1, 0);
  stage.clear();
  stage.pass(90);
  stage.round(0, 1);
  const record = [...stage.record];
  const fresh = three({ failMs: 1000, detector: phiNormal({}), level: 1 });
  fresh.gossip(1, 0);
  fresh.clear();
  fresh.pass(90);
  fresh.round(0, 1);
  expect(record).toEqual(fresh.record);
});

it('a detector has forgotten whom the node has forgotten, and all when the node restarts', () => {
  const stage = three({
    failMs: 50,
    exchange: 'pull',
    knows: [],
    detector: timeout({ timeoutMs: 30 }),
  });
  const hear = () => {
    stage.round(0, 1);
    stage.arrives(REQUEST);
    stage.arrives(LIST);
    stage.clear();
  };
  /** Node 1 is known by name again, and the detector is asked. */
  const meet = () => {
    stage.post.length = 0;
    stage.round(1, 0);
    stage.arrives(REQUEST);
    stage.clear();
    stage.pass(30);
    stage.round(0, 1);
    return stage.record.filter((fact) => fact.includes(' n0 '));
  };
  hear();
  stage.pass(100);
  stage.round(0, 1);
  stage.expectFacts([SUSPECTED, 0, 1], [FORGOTTEN, 0, 1]);
  expect(meet()).toEqual([]);
  stage.post.length = 0;
  hear();
  stage.start(0);
  expect(meet()).toEqual([]);
});
