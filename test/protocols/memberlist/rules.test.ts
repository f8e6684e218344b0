import { describe, expect, it } from 'vitest';
import {
  DELIVERED,
  DIED,
  FORGOTTEN,
  JOINED,
  SUSPECTED,
  TRUSTED,
} from '../../../src/engine/model.ts';
import { Broadcasts } from '../../../src/protocols/memberlist/broadcasts.ts';
import { newsOf } from '../../../src/protocols/memberlist/exchange.ts';
import { Health } from '../../../src/protocols/memberlist/health.ts';
import {
  ALIVE,
  DEAD,
  LEFT,
  Members,
  SUSPECT,
  UNKNOWN,
} from '../../../src/protocols/memberlist/members.ts';
import type { MemberlistMessage } from '../../../src/protocols/memberlist/messages.ts';
import { settingsOf } from '../../../src/protocols/memberlist/options.ts';
import { PRESETS, VERSIONS } from '../../../src/protocols/memberlist/presets.ts';
import { Rules } from '../../../src/protocols/memberlist/rules.ts';
import { Suspicions } from '../../../src/protocols/memberlist/suspicions.ts';
import { Updates } from '../../../src/protocols/memberlist/updates.ts';
import { RecordingEnv } from '../../support/recording-env.ts';

const N = 5;
const ME = 0;
const OTHER = 1;
const ACCUSER = 2;

/** Node 0 knows itself and 1 to 4 in incarnation 3, and the other as told. */
function stage(status: number, incarnation = 3) {
  const env = new RecordingEnv<MemberlistMessage>({ n: N });
  const settings = settingsOf({}, N);
  const members = new Members(env, VERSIONS['0.2.2'], 3);
  const broadcasts = new Broadcasts(
    N,
    () => {},
    () => {},
  );
  const health = new Health(N, 8, {});
  const suspicions = new Suspicions(N);
  const updates = new Updates(env);
  const rules = new Rules({ env, settings, members, broadcasts, health, suspicions, updates });
  members.fill(ME, N, 3);
  if (status === UNKNOWN) members.fill(ME, 1, 3);
  if (status === UNKNOWN) members.set(ME, OTHER, UNKNOWN, 0);
  else if (status === SUSPECT) {
    rules.apply(ME, { status: SUSPECT, subject: OTHER, incarnation, from: ACCUSER });
  } else members.set(ME, OTHER, status, incarnation);
  broadcasts.clear(ME);
  env.clear();
  env.draws.push(0.5, 0.5);
  const sent = () => broadcasts.take(ME, 1398, 1);
  return { env, members, broadcasts, health, suspicions, rules, sent };
}

const facts = (env: RecordingEnv<MemberlistMessage>) =>
  env.record.filter((line) => !line.startsWith('timer'));

describe('what is believed', () => {
  it.each([
    // known, news, incarnation, from -> status, incarnation, is passed on, fact
    [ALIVE, ALIVE, 3, OTHER, ALIVE, 3, false, ''],
    [ALIVE, ALIVE, 2, OTHER, ALIVE, 3, false, ''],
    [ALIVE, ALIVE, 4, OTHER, ALIVE, 4, true, ''],
    [ALIVE, SUSPECT, 2, ACCUSER, ALIVE, 3, false, ''],
    [ALIVE, SUSPECT, 3, ACCUSER, SUSPECT, 3, true, 'SUSPECTED n0 1'],
    [ALIVE, SUSPECT, 5, ACCUSER, SUSPECT, 5, true, 'SUSPECTED n0 1'],
    [ALIVE, DEAD, 2, ACCUSER, ALIVE, 3, false, ''],
    [ALIVE, DEAD, 3, ACCUSER, DEAD, 3, true, 'DIED n0 1'],
    [ALIVE, DEAD, 3, OTHER, LEFT, 3, true, 'FORGOTTEN n0 1'],
    [SUSPECT, ALIVE, 3, OTHER, SUSPECT, 3, false, ''],
    [SUSPECT, ALIVE, 4, OTHER, ALIVE, 4, true, 'TRUSTED n0 1'],
    [SUSPECT, SUSPECT, 3, ACCUSER, SUSPECT, 3, false, ''], // it was counted as the first
    [SUSPECT, SUSPECT, 3, 4, SUSPECT, 3, true, ''], // a confirmation
    [SUSPECT, SUSPECT, 2, 4, SUSPECT, 3, false, ''],
    [SUSPECT, SUSPECT, 4, 4, SUSPECT, 3, true, ''], // the incarnation stays
    [SUSPECT, DEAD, 2, ACCUSER, SUSPECT, 3, false, ''],
    [SUSPECT, DEAD, 3, ACCUSER, DEAD, 3, true, 'DIED n0 1'],
    [DEAD, ALIVE, 3, OTHER, DEAD, 3, false, ''],
    [DEAD, ALIVE, 4, OTHER, ALIVE, 4, true, 'TRUSTED n0 1'],
    [DEAD, SUSPECT, 4, ACCUSER, DEAD, 3, false, ''],
    [DEAD, DEAD, 4, ACCUSER, DEAD, 3, false, ''],
    [LEFT, ALIVE, 3, OTHER, LEFT, 3, false, ''],
    [LEFT, ALIVE, 4, OTHER, ALIVE, 4, true, 'JOINED n0 1'],
    [LEFT, SUSPECT, 4, ACCUSER, LEFT, 3, false, ''],
    [LEFT, DEAD, 4, ACCUSER, LEFT, 3, false, ''],
    [UNKNOWN, ALIVE, 1, OTHER, ALIVE, 1, true, 'JOINED n0 1'],
    [UNKNOWN, SUSPECT, 1, ACCUSER, UNKNOWN, 0, false, ''],
    [UNKNOWN, DEAD, 1, ACCUSER, UNKNOWN, 0, false, ''],
  ])('of %i: news %i of %i by %i -> %i of %i, passed on: %s %s', (...row) => {
    const [known, status, incarnation, from, then, thenIn, passedOn, fact] = row;
    const { env, members, rules, sent } = stage(known);
    rules.apply(ME, { status, subject: OTHER, incarnation, from });
    expect(members.status(ME, OTHER)).toBe(then);
    expect(members.incarnation(ME, OTHER)).toBe(thenIn);
    expect(sent().length).toBe(Number(passedOn));
    expect(facts(env)).toEqual(fact === '' ? [] : [fact]);
  });

  it('names its facts', () => {
    // The table above spells them out.
    expect([SUSPECTED, TRUSTED, JOINED, FORGOTTEN, DIED, DELIVERED]).toEqual([4, 5, 6, 7, 13, 1]);
  });
});

describe('what is said of itself', () => {
  it.each([
    // news, incarnation -> its own incarnation, health score
    [SUSPECT, 2, 3, 0],
    [SUSPECT, 3, 4, 1],
    [SUSPECT, 9, 10, 1],
    [DEAD, 3, 4, 1],
    [ALIVE, 3, 3, 0],
    [ALIVE, 7, 8, 1],
  ])('%i of %i is refuted in %i, score %i', (status, incarnation, own, score) => {
    const { members, health, rules } = stage(ALIVE);
    rules.apply(ME, { status, subject: ME, incarnation, from: ACCUSER });
    expect(members.status(ME, ME)).toBe(ALIVE);
    expect(members.incarnation(ME, ME)).toBe(own);
    expect(health.score(ME)).toBe(score);
  });

  it('is not refuted by who leaves', () => {
    const { members, rules, sent } = stage(ALIVE);
    rules.leave(ME);
    expect(members.status(ME, ME)).toBe(LEFT);
    rules.apply(ME, { status: DEAD, subject: ME, incarnation: 3, from: ACCUSER });
    rules.apply(ME, { status: ALIVE, subject: ME, incarnation: 8, from: ACCUSER });
    expect(members.incarnation(ME, ME)).toBe(3);
    expect(sent()).toEqual([{ status: DEAD, subject: ME, incarnation: 3, from: ME }]);
  });
});

describe('a table that was read', () => {
  it.each([
    [ALIVE, ALIVE, OTHER],
    [SUSPECT, SUSPECT, ME],
    [DEAD, SUSPECT, ME], // a death is never copied: it begins a suspicion of the reader's own
    [LEFT, DEAD, OTHER],
  ])('says of %i: %i, by %i', (status, news, from) => {
    expect(newsOf(ME, OTHER, status, 3)).toEqual({
      status: news,
      subject: OTHER,
      incarnation: 3,
      from,
    });
  });
});

describe('health', () => {
  it('stays between 0 and 7, or at 0', () => {
    const health = new Health(1, 8, {});
    health.change(0, -1, 0);
    expect(health.score(0)).toBe(0);
    for (let i = 0; i < 4; i++) health.change(0, 3, 0);
    expect(health.score(0)).toBe(7);
    const off = new Health(1, 1, {});
    off.change(0, 3, 0);
    expect(off.score(0)).toBe(0);
  });
});

describe('the list of members', () => {
  it('drops the dead at the end of a lap, when they have been so for long; the left stay', () => {
    const { env, members } = stage(ALIVE);
    members.set(ME, 1, DEAD, 3);
    members.set(ME, 2, LEFT, 3);
    const gone: number[] = [];
    const forget = () => members.forget(ME, 30e6, (_node, subject) => gone.push(subject));
    env.pass(30_000);
    forget();
    expect(gone).toEqual([]);
    env.pass(1);
    forget();
    expect(gone).toEqual([1]);
    expect([members.count[ME], members.status(ME, 1), members.status(ME, 2)]).toEqual([
      4,
      UNKNOWN,
      LEFT,
    ]);
  });

  it('chooses among the alive; for gossip also suspects and those dead not long ago', () => {
    const { env, members } = stage(ALIVE);
    members.set(ME, 1, SUSPECT, 3);
    members.set(ME, 2, DEAD, 3);
    members.set(ME, 3, LEFT, 3);
    const chosen = (deadFor?: number) => {
      env.draws.length = 0;
      for (let i = 0; i < 15; i++) env.draws.push(((i % 5) + 0.5) / 5);
      const found = members.choose(ME, 3, -1, deadFor);
      return [...found.slice(0, members.found)];
    };
    expect(chosen()).toEqual([4]);
    expect(chosen(30e6)).toEqual([1, 2, 4]);
    env.pass(30_001);
    expect(chosen(30e6)).toEqual([1, 4]);
  });
});

describe('options', () => {
  it('switch each part of Lifeguard off alone', () => {
    expect(settingsOf({ awareness: false }, 3).awarenessMax).toBe(1);
    expect(settingsOf({ dynamicSuspicion: false }, 3).suspicionMaxMult).toBe(1);
    expect(settingsOf({}, 3)).toMatchObject({ awarenessMax: 8, suspicionMaxMult: 6, buddy: true });
    expect(settingsOf({ nacks: false, preset: 'wan' }, 3)).toMatchObject({
      nacks: false,
      probeTimeout: 3e6,
    });
  });

  it('refuse what makes no sense', () => {
    expect(() => settingsOf({ preset: 'x' as 'lan' }, 3)).toThrow('memberlist: preset');
    expect(() => settingsOf({ members: 4 }, 3)).toThrow('memberlist: members');
    expect(() => settingsOf({ commands: ['stop' as 'leave'] }, 3)).toThrow('memberlist: commands');
    const preset = { ...PRESETS.lan, gossipNodes: 0 };
    expect(() => settingsOf({ preset }, 3)).toThrow('memberlist: gossipNodes');
  });
});
