/** The short ways through whole rows, each against the rules one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stage } from '../../../conformance/stage.ts';
import { Window } from '../../../src/detectors/window.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { cassandraCluster } from '../../../src/experiment/cassandra-cluster.ts';
import { constant } from '../../../src/network/latency.ts';
import { lossy } from '../../../src/network/loss.ts';
import {
  ArrivalWindows,
  type WindowOptions,
} from '../../../src/protocols/cassandra/arrival-windows.ts';
import { cassandraOn } from '../../../src/protocols/cassandra/cassandra.ts';
import { Endpoints } from '../../../src/protocols/cassandra/endpoints.ts';
import { Exchange, requestCount } from '../../../src/protocols/cassandra/exchange.ts';
import { groundOf } from '../../../src/protocols/cassandra/ground.ts';
import { settingsOf } from '../../../src/protocols/cassandra/options.ts';
import { STAGE_COSTS } from '../../../src/protocols/cassandra/stage-costs.ts';
import { carryOut, checkStatus } from '../../../src/protocols/cassandra/status-check.ts';
import { synopsisOf } from '../../../src/protocols/cassandra/synopsis.ts';
import { VERSIONS } from '../../../src/protocols/cassandra/versions.ts';

const N = 6;

describe('examining a SYN', () => {
  /** -1 and the highest version are those of saved endpoints and of who has shut down. */
  const entry = fc.record({
    known: fc.constantFrom(true, true, true, true, true, false),
    generation: fc.constantFrom(5, 5, 5, 5, 5, 5, 6, -6),
    heartbeat: fc.constantFrom(1, 2, 3, 4, -1, 0, 2 ** 31 - 1),
    state: fc.integer({ min: 0, max: 4 }),
  });
  const row = fc.array(entry, { minLength: N, maxLength: N });

  it('says of a row what it says of each', () => {
    fc.assert(
      fc.property(row, row, fc.constantFrom('3.11', '5.0'), (mine, theirs, name) => {
        const endpoints = new Endpoints(N);
        fill(endpoints, [mine, theirs]);
        const exchange = new Exchange(endpoints, VERSIONS[name]);
        const digests = synopsisOf(1, endpoints);
        const short = exchange.examine(0, digests);
        const long = exchange.examineEach(0, digests);
        expect(inWords(short)).toEqual(inWords(long));
        expect(requestCount(short)).toBe(long.requests.length / 3);
        expect(digests.length).toBe(theirs.filter(({ known }) => known).length);
        endpoints.beat(1); // something has happened since
        expect(inWords(exchange.answer(1, short))).toEqual(
          inWords(exchange.answerEach(1, long.requests)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('goes by rows where both know the same lives, whatever their versions', () => {
    fc.assert(
      fc.property(row, row, (mine, theirs) => {
        const endpoints = new Endpoints(N);
        fill(
          endpoints,
          [mine, theirs].map((list) =>
            list.map((one) => ({
              ...one,
              known: true,
              generation: 5,
              heartbeat: Math.max(0, one.heartbeat),
            })),
          ),
        );
        const answer = new Exchange(endpoints, VERSIONS['5.0']).examine(
          0,
          synopsisOf(1, endpoints),
        );
        expect(answer.told).toBeDefined();
      }),
    );
  });

  it('does not tell of an endpoint that the SYN does not name, though only the disk knows it', () => {
    const endpoints = new Endpoints(2);
    endpoints.store(endpoints.pair(0, 0), 0, -1, 0, 0);
    const exchange = new Exchange(endpoints, VERSIONS['5.0']);
    expect(inWords(exchange.examine(0, synopsisOf(1, endpoints)))).toEqual(
      inWords({ requests: [], deltas: [], bytes: 0 }),
    );
  });

  type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

  function fill(endpoints: Endpoints, lists: readonly Entry[][]): void {
    lists.forEach((list, node) => {
      list.forEach(({ known, generation, heartbeat, state }, subject) => {
        const { book } = endpoints;
        const values = [{ key: 1, version: state, value: 'x'.repeat(state) }];
        const set = state > 0 ? book.add(values) : 0;
        if (known) endpoints.store(endpoints.pair(node, subject), generation, heartbeat, set, 0);
      });
    });
  }

  const inWords = ({ requests, deltas, bytes }: ReturnType<Exchange['examine']>) => ({
    requests: [...requests],
    deltas: [...deltas],
    bytes,
  });

  it('takes a row of generations as it is, whoever made the same one before', () => {
    const endpoints = new Endpoints(2);
    for (const node of [0, 1]) {
      for (const subject of [0, 1]) endpoints.store(endpoints.pair(node, subject), 5, 1, 0, 0);
    }
    const before = endpoints.lives.of(0);
    expect(endpoints.lives.of(1)).toBe(before);
    endpoints.setGeneration(endpoints.pair(1, 0), 6);
    expect([...endpoints.lives.of(1)]).toEqual([6, 5]);
    expect(endpoints.lives.of(0)).toBe(before);
    expect([...before]).toEqual([5, 5]);
  });
});

describe('taking an answer by rows', () => {
  const version = fc.integer({ min: 1, max: 4 });
  const row = fc.array(
    fc.record({ heartbeat: version, isNew: fc.constantFrom(false, false, false, false, true) }),
    { minLength: N, maxLength: N },
  );
  const change = fc.record({
    subject: fc.nat(N - 1),
    what: fc.constantFrom('', '', '', 'dead', 'quarantine', 'evict', 'newer', 'life', 'publish'),
  });

  it('does what it does one by one', () => {
    fc.assert(
      fc.property(row, row, change, fc.constantFrom(0, 1), (mine, theirs, then, late) => {
        const [short, long] = [true, false].map((byRows) => {
          const stage = stageWith([mine, theirs]);
          const { endpoints, gossiper, exchange } = stage;
          const digests = synopsisOf(0, endpoints);
          const ack = exchange.examine(1, digests);
          happen(stage, then);
          stage.time += 1_000_000;
          if (late === 0) gossiper.receiveFrom(0, byRows ? ack : { deltas: ack.deltas });
          else {
            const ack2 = exchange.answer(0, ack);
            happen(stage, { ...then, subject: N - 1 - then.subject });
            gossiper.receiveFrom(1, byRows ? ack2 : { deltas: ack2.deltas });
          }
          const { detector, events, changes } = stage;
          const pairs = Array.from({ length: N * N }, (_, pair) => [
            ...[endpoints.flags, endpoints.generation, endpoints.max].map((column) => column[pair]),
            ...[endpoints.heartbeatOf(pair), endpoints.book.of(endpoints.states[pair])],
            ...[detector.windows.last[pair], detector.windows.mean(pair)],
          ]);
          return { pairs, events, changes };
        });
        expect(short).toEqual(long);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the rows of messages back, also of those that are lost or wait for the stage', () => {
    for (const stage of [{}, { stage: STAGE_COSTS }]) {
      const options = { version: '5.0', ...stage } as const;
      const ground = groundOf(N, settingsOf(options, N));
      const cluster = cassandraCluster(N, 60_000, options, lossy(0.2, constant({ ms: 0.5 })));
      simulate({ ...cluster, seed: 'rows', protocol: cassandraOn(ground, options), checked: true });
      expect(ground.endpoints.rows.inUse).toBeLessThan(N);
    }
  });

  /** Nodes 0 and 1, who know all; whoever is new has a state that was published later. */
  function stageWith(lists: { heartbeat: number; isNew: boolean }[][]): Stage {
    const stage = new Stage(VERSIONS['5.0'], {}, N);
    const { book } = stage.endpoints;
    const [old, later] = [1, 3].map((at) =>
      Array.from({ length: N }, () => book.add([{ key: 1, version: at, value: `at ${at}` }])),
    );
    lists.forEach((list, node) => {
      list.forEach(({ heartbeat, isNew }, subject) => {
        const pair = stage.endpoints.pair(node, subject);
        const own = node === subject ? 5 : heartbeat;
        stage.endpoints.store(pair, 5, own, (isNew ? later : old)[subject], 0);
        stage.detector.windows.report(pair, 0);
      });
    });
    for (let i = 1; i < N; i++) stage.id(`n${i}`);
    return stage;
  }

  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

  /** To both, about the subject. */
  function happen({ endpoints, liveness }: Stage, { subject, what }: Change): void {
    for (const node of [0, 1]) {
      const pair = endpoints.pair(node, subject);
      if (node === subject || !endpoints.has(pair, 1)) continue;
      if (what === 'dead') endpoints.setAlive(pair, false);
      if (what === 'quarantine') liveness.quarantine(node, subject);
      if (what === 'evict') liveness.evict(node, subject);
      if (what === 'newer') endpoints.setHeartbeat(pair, 9, 0);
      if (what === 'life') endpoints.setGeneration(pair, 6);
      if (what === 'publish') {
        endpoints.setStates(pair, endpoints.book.add([{ key: 1, version: 8, value: 'new' }]));
      }
    }
  }
});

describe('reports of many', () => {
  const steps = fc.array(
    fc.record({
      pairs: fc.uniqueArray(fc.integer({ min: 0, max: 2 * N - 1 })),
      after: fc.integer({ min: 0, max: 3_000_000 }),
      forgotten: fc.constantFrom(-1, -1, -1, -1, 0, 3),
      asked: fc.constantFrom('', '', '', '', '', '', 'mean', 'last', 'report', 'all'),
    }),
    { maxLength: 120 },
  );
  const kinds: fc.Arbitrary<Partial<WindowOptions>> = fc.oneof(
    fc.record({ samples: fc.constantFrom(1, 2, 3, 4, 8, 12, 16, 24, 40) }),
    fc.constant({ samples: 8, values: 'times' as const }),
    fc.constant({ samples: 1000, values: 'sum' as const }),
  );

  it('are the same as one by one, whenever they are carried into the windows', () => {
    fc.assert(
      fc.property(steps, kinds, fc.constantFrom(2000, null), (list, kind, maxIntervalMs) => {
        const options = { maxIntervalMs, ...kind };
        const [many, single] = [
          new ArrivalWindows(2 * N, options, N), // of two nodes
          new ArrivalWindows(2 * N, options, N),
        ];
        let now = 0;
        for (const { pairs, after, forgotten, asked } of list) {
          now += after;
          for (const windows of [many, single]) if (forgotten >= 0) windows.forget(forgotten);
          logAll(many, pairs, now);
          for (const pair of pairs) single.report(pair, now);
          for (const windows of [many, single]) if (asked === 'report') windows.report(N, now + 1);
          if (asked === 'mean') expect(many.mean(1)).toBe(single.mean(1));
          if (asked === 'last') expect(many.lastOr(N, -1)).toBe(single.lastOr(N, -1));
          if (asked === 'all') expect(picture(many)).toEqual(picture(single));
          for (let pair = 0; pair < 2 * N; pair++) expect(many.has(pair)).toBe(single.has(pair));
        }
        expect(picture(many)).toEqual(picture(single));
      }),
    );
  });

  it('do not bring the end of a silence nearer than was said', () => {
    fc.assert(
      fc.property(steps, kinds, fc.constantFrom(2000, null), (list, kind, maxIntervalMs) => {
        const windows = new ArrivalWindows(2 * N, { maxIntervalMs, ...kind }, N);
        let now = 0;
        for (let pair = 0; pair < 2 * N; pair++) windows.report(pair, now);
        let said = ends(windows);
        list.forEach(({ pairs, after }, i) => {
          now += after;
          logAll(windows, pairs, now);
          const present = ends(windows, 0);
          for (const node of [0, 1]) expect(present[node]).toBeGreaterThanOrEqual(said[node] - 1);
          if (i % MOST === MOST - 1) said = ends(windows);
        });
      }),
    );
  });

  const MOST = 10; // reports that `said` allows for

  function logAll(windows: ArrivalWindows, pairs: number[], now: number): void {
    for (const node of [0, 1]) {
      const bit = windows.open(node, now);
      for (const pair of pairs) if (Math.floor(pair / N) === node) windows.logged[pair] |= bit;
    }
  }

  /** When eight means will have elapsed for the first of each node, whatever is reported until then. */
  const ends = (windows: ArrivalWindows, more = MOST) =>
    [0, 1].map((node) => windows.firstElapses(node, 8, more));

  const picture = ({ last, samples }: ArrivalWindows) =>
    Array.from({ length: 2 * N }, (_, pair) => [
      last[pair],
      samples.count(pair),
      samples.sum(pair),
      samples instanceof Window ? samples.slots(pair) : [],
    ]);
});

describe('a status check', () => {
  const step = fc.record({
    after: fc.integer({ min: 1, max: 3_000_000 }),
    heard: fc.uniqueArray(fc.integer({ min: 1, max: N - 1 })),
    alive: fc.boolean(),
    event: fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      'leave',
      'join',
      'new life',
      'quarantine',
      'unknown',
    ),
    subject: fc.integer({ min: 1, max: N - 1 }),
  });

  it('passes over a row only when it would find nothing in it', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(5, 0.5),
        (steps, threshold) => {
          const [quick, whole] = [stageOf(threshold), stageOf(threshold)];
          let skipped = 0;
          steps.forEach((one, i) => {
            for (const stage of [quick, whole]) {
              stage.time += one.after;
              happen(stage, one, i);
              if (stage === whole) stage.endpoints.disturb(0);
              else if (stage.time <= stage.endpoints.quietUntil[0]) skipped++;
              check(stage);
            }
            expect(quick.events).toEqual(whole.events);
            expect([...quick.endpoints.flags]).toEqual([...whole.endpoints.flags]);
          });
          return skipped >= 0;
        },
      ),
      { numRuns: 200 },
    );
  });

  it('passes over the row of a calm cluster, and the detector looks at its clock all the same', () => {
    const stage = stageOf(8, 1000);
    let passed = 0;
    for (let i = 0; i < 20; i++) {
      stage.time += 1_000_000;
      happen(stage, { heard: [1, 2, 3, 4, 5], alive: false, event: '', subject: 1 }, i);
      if (stage.endpoints.quietUntil[0] > stage.time) passed++;
      check(stage);
    }
    expect(passed).toBeGreaterThan(10);
    expect(stage.detector.isPaused(0, stage.time + 4_000_000)).toBe(false);
    expect(stage.events).toEqual([]);
  });

  function stageOf(threshold: number, samples = 3): Stage {
    const stage = new Stage(VERSIONS['4.1'], { threshold, samples }, N);
    stage.put('self', { gen: 1, hb: 1, states: { STATUS: [1, 'NORMAL'] } });
    for (let subject = 1; subject < N; subject++) {
      stage.put(`n${subject}`, { gen: 1, hb: 1, states: { STATUS: [1, 'NORMAL'] } });
      stage.endpoints.setRing(subject, true);
      stage.detector.windows.report(subject, 0);
    }
    return stage;
  }

  type Step = Omit<typeof step extends fc.Arbitrary<infer T> ? T : never, 'after'>;

  function happen(stage: Stage, { heard, alive, event, subject }: Step, i: number): void {
    const { endpoints, gossiper, liveness } = stage;
    const name = `n${subject}`;
    const states = { STATUS: [1, 'NORMAL'] };
    const generationOf = (of: number) => Math.max(1, endpoints.generation[of]);
    const news = heard.flatMap((of) => [
      ...[...stage.delta(`n${of}`, { gen: generationOf(of), hb: i + 2, states })].with(4, 1),
    ]);
    gossiper.receive(0, news);
    if (alive) for (const of of heard) liveness.realMarkAlive(0, of, generationOf(of));
    if (event === 'leave' || event === 'join') endpoints.setRing(subject, event === 'join');
    if (event === 'new life') {
      gossiper.receive(0, stage.delta(name, { gen: generationOf(subject) + 1, hb: 1, states }));
    }
    if (event === 'quarantine') liveness.quarantine(0, subject);
    if (event === 'unknown' && endpoints.has(subject, 1)) liveness.evict(0, subject);
  }

  function check(stage: Stage): void {
    const submit = (node: number, verdict: number, subject: number) => {
      stage.events.push(`${verdict} of ${subject}`);
      carryOut(node, verdict, subject, stage.liveness);
      return true;
    };
    checkStatus(0, { ...stage, version: VERSIONS['4.1'], submit }, stage.time);
  }
});
