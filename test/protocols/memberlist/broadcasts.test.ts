import { describe, expect, it } from 'vitest';
import { addressOf, Broadcasts } from '../../../src/protocols/memberlist/broadcasts.ts';
import { Inbox } from '../../../src/protocols/memberlist/inbox.ts';
import { ALIVE, DEAD, SUSPECT } from '../../../src/protocols/memberlist/members.ts';
import {
  ACK,
  bytesOf,
  GOSSIP,
  type News,
  PING,
  roomBeside,
} from '../../../src/protocols/memberlist/messages.ts';

const news = (status: number, subject: number): News => ({
  status,
  subject,
  incarnation: 1,
  from: 0,
});
const ROOM = 1398;

function queueOf(...all: News[]) {
  const finished: News[] = [];
  const queue = new Broadcasts(
    1,
    () => {},
    (_node, one) => finished.push(one),
  );
  for (const one of all) queue.queue(0, one.subject, one);
  const take = (room = ROOM, limit = 8) => queue.take(0, room, limit).map(({ subject }) => subject);
  return { queue, finished, take };
}

describe('the queue of broadcasts', () => {
  it('sends first what went fewest times, then the longer, then the newest', () => {
    const { queue, take } = queueOf(news(SUSPECT, 1), news(ALIVE, 2), news(ALIVE, 3));
    expect(take()).toEqual([3, 2, 1]);
    queue.queue(0, 4, news(DEAD, 4));
    expect(take()).toEqual([4, 3, 2, 1]);
    expect(take(2 * 35 + 2 * 2)).toEqual([4, 1]); // of the long ones none fits beside 4, 4 went once
  });

  it('fills the room: a short one where no long one fits, and what went more often', () => {
    const { queue, take } = queueOf(news(ALIVE, 1), news(ALIVE, 2), news(SUSPECT, 3));
    expect(take(70 + 37)).toEqual([2, 3]);
    expect(take(70 + 70)).toEqual([1, 2]);
    expect(take(36)).toEqual([]);
    expect(take(37)).toEqual([3]);
    expect(queue.isEmpty(0)).toBe(false);
  });

  it('sends each so many times', () => {
    const { queue, finished, take } = queueOf(news(ALIVE, 1));
    for (let i = 0; i < 4; i++) expect(take(ROOM, 4)).toEqual([1]);
    expect(queue.isEmpty(0)).toBe(true);
    expect(finished.length).toBe(1);
  });

  it('replaces older news of a name, whatever it was, but not what is queued under the address', () => {
    const { queue, finished } = queueOf(news(SUSPECT, 0));
    queue.queue(0, addressOf(0), news(ALIVE, 0));
    queue.queue(0, 0, news(DEAD, 0));
    expect(finished.map(({ status }) => status)).toEqual([SUSPECT]);
    expect(queue.take(0, ROOM, 8).map(({ status }) => status)).toEqual([ALIVE, DEAD]);
  });

  it('packs 19 alive messages into a packet, or 37 accusations', () => {
    const many = (status: number) => Array.from({ length: 40 }, (_, i) => news(status, i));
    expect(queueOf(...many(ALIVE)).take(roomBeside(GOSSIP)).length).toBe(19);
    expect(queueOf(...many(DEAD)).take(roomBeside(GOSSIP)).length).toBe(37);
    expect(queueOf(...many(ALIVE)).take(roomBeside(PING)).length).toBe(19);
  });
});

describe('sizes', () => {
  it.each([
    [PING, [], 65],
    [ACK, [], 18],
    [GOSSIP, [news(ALIVE, 1)], 68 + 5],
    [GOSSIP, [news(ALIVE, 1), news(DEAD, 2)], 5 + 2 + 2 + 68 + 2 + 35],
    [PING, [news(SUSPECT, 1)], 2 + 2 + 65 + 2 + 35],
  ])('kind %i', (kind, all, bytes) =>
    expect(bytesOf({ kind, seq: 1, target: 1, news: all })).toBe(bytes),
  );
});

describe('the inbox', () => {
  it('gives alive messages first, and of each kind the newest', () => {
    const inbox = new Inbox(1);
    for (const one of [news(ALIVE, 1), news(SUSPECT, 2), news(ALIVE, 3), news(DEAD, 4)]) {
      inbox.add(0, one);
    }
    const order = Array.from({ length: 5 }, () => inbox.next(0)?.subject);
    expect(order).toEqual([3, 1, 4, 2, undefined]);
  });

  it('drops what comes when 1024 wait', () => {
    const inbox = new Inbox(1);
    for (let i = 0; i < 1030; i++) inbox.add(0, news(DEAD, i));
    expect(inbox.next(0)!.subject).toBe(1023);
  });
});
