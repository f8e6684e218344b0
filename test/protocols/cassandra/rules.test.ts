/** The parts of Cassandra's gossip that no case of test/conformance reaches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stage } from '../../../conformance/stage.ts';
import {
  LOAD,
  SCHEMA,
  STATUS,
  STATUS_WITH_PORT,
} from '../../../src/protocols/cassandra/application-state.ts';
import { ALIVE, Endpoints, KNOWN, LIVE, RING } from '../../../src/protocols/cassandra/endpoints.ts';
import { settingsOf } from '../../../src/protocols/cassandra/options.ts';
import { announcesShutdown } from '../../../src/protocols/cassandra/shutdown.ts';
import {
  ack2Bytes,
  ackBytes,
  synBytes,
  textBytes,
} from '../../../src/protocols/cassandra/sizes.ts';
import {
  type AppState,
  NO_STATES,
  NO_VERSION,
  StatesBook,
} from '../../../src/protocols/cassandra/states-book.ts';
import { lastUpdate } from '../../../src/protocols/cassandra/status-check.ts';
import { expiryIn } from '../../../src/protocols/cassandra/storage-service.ts';
import { VERSIONS, versionOf } from '../../../src/protocols/cassandra/versions.ts';

const V41 = VERSIONS['4.1'];

describe('the book of states', () => {
  const versions = fc.uniqueArray(
    fc.record({ key: fc.integer({ min: 0, max: 6 }), version: fc.integer({ min: 0, max: 9 }) }),
    { selector: ({ key }) => key },
  );
  const asStates = (list: readonly { key: number; version: number }[]): AppState[] =>
    list.map(({ key, version }) => ({ key, version, value: `${key}/${version}` }));

  it('merges as a map would, key by key, and only what is above the floor', () => {
    fc.assert(
      fc.property(versions, versions, fc.integer({ min: -1, max: 9 }), (mine, theirs, floor) => {
        const book = new StatesBook();
        const [local, delta] = [book.add(asStates(mine)), book.add(asStates(theirs))];
        const expected = new Map(asStates(mine).map((state) => [state.key, state]));
        for (const state of asStates(theirs)) {
          const known = expected.get(state.key)?.version ?? -1;
          if (state.version > floor && state.version > known) expected.set(state.key, state);
        }
        const merged = book.merged(local, delta, book.news(local, delta, floor));
        expect(book.of(merged)).toEqual([...expected.values()].sort((a, b) => a.key - b.key));
        const most = Math.max(NO_VERSION, ...[...expected.values()].map(({ version }) => version));
        expect(book.max(merged)).toBe(most);
      }),
      { examples: [[[], [], 0]] },
    );
  });

  it('gives observers that have heard the same one number, and those that have heard nothing new theirs', () => {
    const book = new StatesBook();
    const old = book.add([{ key: LOAD, version: 1, value: '1' }]);
    const now = book.with(old, [{ key: LOAD, version: 5, value: '2' }]);
    expect(book.merged(old, now, book.news(old, now, 1))).toBe(now);
    expect(book.merged(now, old, book.news(now, old, 0))).toBe(now);
    expect(book.news(now, now, NO_VERSION)).toEqual([]);
    expect(book.without(now, [LOAD])).toBe(NO_STATES);
  });
});

describe('receiving', () => {
  const delta = fc.record({
    subject: fc.integer({ min: 0, max: 3 }),
    gen: fc.constantFrom(1, 1, 1, 2),
    hb: fc.integer({ min: 0, max: 12 }),
    load: fc.integer({ min: 0, max: 12 }),
    status: fc.constantFrom('NORMAL', 'LEFT', 'shutdown', 'BOOT'),
    future: fc.constantFrom(false, false, true),
    bare: fc.boolean(), // the heartbeat alone
  });
  const step = fc.record({
    deltas: fc.uniqueArray(delta, { selector: ({ subject }) => subject, maxLength: 4 }),
    answered: fc.boolean(),
    quarantined: fc.constantFrom(-1, -1, -1, -1, -1, 1),
  });

  type Item = (typeof delta extends fc.Arbitrary<infer T> ? T : never) & object;
  const generationOf = ({ gen, future }: Item) => gen + (future ? 2_000_000_000 : 0);
  const wordsOf = (stage: Stage, item: Item): number[] => {
    const { subject, hb, load, status, bare } = item;
    const states = { STATUS: [1, status], LOAD: [load, `${item.gen}/${load}`] };
    const name = subject === 0 ? 'self' : String(subject);
    const words = [...stage.delta(name, { gen: generationOf(item), hb, states })];
    return bare ? words.with(4, 12) : words;
  };

  it('takes the short way only where the rules would do the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const [short, long] = [new Stage(V41, {}, 4), new Stage(V41, {}, 4)];
        for (const stage of [short, long]) {
          for (const name of ['1', '2', '3']) stage.id(name);
          stage.put('self', { gen: 1, hb: 1 });
          stage.nowSec = 1000;
        }
        steps.forEach(({ deltas, answered, quarantined }, i) => {
          for (const stage of [short, long]) {
            stage.time = (i + 1) * 1_000_000;
            if (quarantined > 0) stage.endpoints.setQuarantine(stage.self, quarantined, stage.time);
            const words = deltas.flatMap((item) => wordsOf(stage, item));
            if (stage === short) stage.gossiper.receive(stage.self, words);
            else {
              stage.gossiper.notifyFailureDetector(stage.self, words);
              stage.gossiper.apply(stage.self, words);
            }
            if (!answered) continue;
            for (const item of deltas) {
              const { subject } = item;
              if (subject > 0)
                stage.liveness.realMarkAlive(stage.self, subject, generationOf(item));
            }
          }
        });
        expect(picture(short)).toEqual(picture(long));
      }),
      { numRuns: 400 },
    );
  });

  const picture = ({ endpoints, detector, events, changes, self }: Stage) => {
    const { flags, generation, max, book, states } = endpoints;
    const known = Array.from({ length: 4 }, (_, subject) => {
      const pair = endpoints.pair(self, subject);
      const { windows } = detector;
      return [
        ...[flags, generation, max, windows.last].map((column) => column[pair]),
        endpoints.heartbeatOf(pair),
        endpoints.has(pair, KNOWN) ? lastUpdate(pair, { endpoints, detector }) : undefined,
        windows.mean(pair),
        book.of(states[pair]),
      ];
    });
    return { known, events, changes, live: endpoints.live[self] };
  };

  it('reports who is in quarantine, and believes nothing about it', () => {
    const stage = new Stage(V41);
    stage.put('a', { gen: 5, hb: 1 });
    stage.liveness.quarantine(stage.self, stage.id('a'));
    stage.time = 7;
    stage.gossiper.receive(stage.self, stage.delta('a', { gen: 5, hb: 2 }));
    expect(stage.known('a')).toMatchObject({ hb: 1 });
    expect(stage.detector.windows.last[stage.pair('a')]).toBe(7);
  });

  it('drops states of 3.x once all nodes are known to be of 4.0 and later', () => {
    const stage = new Stage(V41);
    const release = { RELEASE_VERSION: [1, '4.1.8'] };
    stage.put('self', { gen: 1, hb: 1, states: release });
    stage.put('a', { gen: 1, hb: 2, states: release });
    const news = { STATUS: [5, 'NORMAL'], STATUS_WITH_PORT: [6, 'NORMAL'] };
    stage.gossiper.apply(stage.self, stage.delta('a', { gen: 1, hb: 7, states: news }));
    expect(Object.keys(stage.known('a')!.states as object)).toEqual([
      'RELEASE_VERSION',
      'STATUS_WITH_PORT',
    ]);
    stage.put('b', { gen: 1, hb: 2, states: { RELEASE_VERSION: [1, '3.11.11'] } });
    const both = { STATUS: [15, 'NORMAL'], STATUS_WITH_PORT: [16, 'NORMAL'] };
    stage.gossiper.apply(stage.self, stage.delta('a', { gen: 1, hb: 17, states: both }));
    expect(stage.known('a')!.states).toHaveProperty('STATUS');
  });
});

describe('an echo answer', () => {
  it('about an earlier life makes live, but not alive', () => {
    const stage = new Stage(V41);
    stage.put('a', { gen: 2, hb: 1, alive: false });
    stage.liveness.realMarkAlive(stage.self, stage.id('a'), 1);
    const pair = stage.pair('a');
    expect([stage.endpoints.has(pair, LIVE), stage.endpoints.has(pair, ALIVE)]).toEqual([
      true,
      false,
    ]);
  });

  it('makes forget that the subject would expire', () => {
    const stage = new Stage(V41);
    stage.put('a', { gen: 1, hb: 1, alive: false });
    stage.endpoints.expiry[stage.self].set(stage.id('a'), 5);
    stage.liveness.realMarkAlive(stage.self, stage.id('a'), 1);
    expect(stage.endpoints.expiry[stage.self].size).toBe(0);
  });

  it('about who was evicted is ignored', () => {
    const stage = new Stage(V41);
    stage.liveness.realMarkAlive(stage.self, stage.id('a'), 1);
    expect(stage.endpoints.live[stage.self]).toBe(0);
    expect(stage.events).toEqual([]);
  });
});

describe('the storage service', () => {
  it('makes members by NORMAL, and keeps them until they have left', () => {
    const stage = new Stage(V41);
    stage.put('a', { gen: 1, hb: 1 });
    const is = () => stage.endpoints.has(stage.pair('a'), RING);
    const change = (key: number, value: string) =>
      stage.storage.onChange(stage.self, stage.id('a'), key, value);
    change(STATUS, 'BOOT,1');
    change(SCHEMA, 'NORMAL');
    expect(is()).toBe(false);
    change(STATUS_WITH_PORT, 'NORMAL,1');
    for (const status of ['LEAVING,1', 'MOVING,1', 'shutdown,true']) change(STATUS, status);
    expect(is()).toBe(true);
    change(STATUS, 'LEFT,1,90000');
    expect(is()).toBe(false);
    expect(stage.events).toEqual(['onRemove']);
    expect(stage.endpoints.expiry[stage.self].get(stage.id('a'))).toBe(90_000_000);
    expect(stage.endpoints.has(stage.pair('a'), KNOWN)).toBe(true);
  });

  it('finds the time until which who has left is remembered, or none', () => {
    expect(expiryIn('removed,host,1500')).toBe(1_500_000);
    expect(expiryIn('LEFT,1')).toBeUndefined();
    expect(expiryIn('LEFT,1,soon')).toBeUndefined();
  });
});

describe('endpoints', () => {
  it('count live and unreachable once each, and a process that starts knows nobody', () => {
    const endpoints = new Endpoints(3);
    const pair = endpoints.pair(1, 2);
    endpoints.store(pair, 5, 6, NO_STATES, 7);
    endpoints.setLive(1, pair, true);
    endpoints.setLive(1, pair, true);
    endpoints.setUnreachable(1, pair, true);
    endpoints.setQuarantine(1, 0, 9);
    expect([...endpoints.live, ...endpoints.unreachable]).toEqual([0, 1, 0, 0, 1, 0]);
    endpoints.nextVersion(1);
    endpoints.clear(1);
    expect([...endpoints.flags]).toEqual(new Array(9).fill(0));
    expect([...endpoints.live, ...endpoints.unreachable, ...endpoints.counter]).toEqual(
      new Array(9).fill(0),
    );
    expect(endpoints.quarantine[1].size).toBe(0);
  });
});

describe('sizes of whole messages', () => {
  const names = { cluster: 'Test', partitioner: 'Murmur3' };
  it('follow the serialisers', () => {
    // 2+4, 2+7, a count, and 15 (13) for each digest; trunk adds the identifier of the metadata.
    expect(synBytes(1000, names, V41)).toBe(6 + 9 + 4 + 15_000);
    expect(synBytes(1000, names, VERSIONS['3.11'])).toBe(6 + 9 + 4 + 13_000);
    expect(synBytes(0, names, VERSIONS.trunk)).toBe(6 + 9 + 4 + 4);
    expect(ackBytes(2, 100, V41)).toBe(4 + 30 + 4 + 100);
    expect(ack2Bytes(100)).toBe(104);
    expect(textBytes('a\u00e9\u20ac\u0000')).toBe(2 + 1 + 2 + 3 + 2);
  });
});

describe('saying goodbye', () => {
  it.each([
    ['NORMAL', true, '4.1', true],
    ['NORMAL', false, '4.1', false],
    ['LEFT', true, '4.1', false],
    ['BOOT', true, '4.1', false],
    ['BOOT', true, 'trunk', true],
  ] as const)('as %s, joined: %s, in %s: %s', (status, joined, version, announces) => {
    expect(announcesShutdown(status, joined, VERSIONS[version])).toBe(announces);
  });
});

describe('options', () => {
  it.each([
    [{ version: '2.2' }, 'version must be one of 3.11, 4.0'],
    [{ version: '4.1', threshold: 0 }, 'threshold must be'],
    [{ version: '4.1', maxIntervalMs: -1 }, 'maxIntervalMs must be'],
    [{ version: '4.1', seeds: [9] }, 'a seed of node 0 must be'],
    [{ version: '4.1', members: 6 }, 'members must be'],
    [{ version: '4.1', commands: [{ do: 'sleep' }] }, 'do of a command must be'],
    [{ version: '4.1', commands: [{ do: 'publish', key: 'WEIGHT', value: '1' }] }, 'STATUS, LOAD'],
    [{ version: '4.1', metadataMembers: [7] }, 'metadataMembers must be'],
  ])('%j are refused', (options, sentence) => {
    expect(() => settingsOf(options as never, 5)).toThrow(sentence);
  });

  it('name each node its seeds without itself', () => {
    const { seeds, isSeed } = settingsOf({ version: '5.0', seeds: [0, 1, 1] }, 3);
    expect([seeds(0), seeds(2), isSeed(0), isSeed(2)]).toEqual([[1], [0, 1], true, false]);
    expect(versionOf('5.0').maxIntervalMs).toBeNull();
    expect(settingsOf({ version: '5.0' }, 3).detector.maxIntervalMs).toBeNull();
    expect(settingsOf({ version: '5.0', maxIntervalMs: 2000 }, 3).detector.maxIntervalMs).toBe(
      2000,
    );
  });
});
