/**
 * Plain scenarios, whose messages the core sends, against the same scenarios said in a way that the engine cannot see
 * through: then partners, luck and latency are drawn in TypeScript. Nothing may differ.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Stream } from '../../../src/base/stream.ts';
import { wasm } from '../../../src/base/wasm.ts';
import { Core } from '../../../src/engine/core/core.ts';
import {
  DELIVERED,
  type Link,
  type Observer,
  type Overlay,
  type ProtocolFactory,
  type Scenario,
  type Streams,
} from '../../../src/engine/model.ts';
import { Partners } from '../../../src/engine/partners.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { streamsOf } from '../../../src/engine/streams.ts';
import { constant, exponential, uniform } from '../../../src/network/latency.ts';
import { lossy } from '../../../src/network/loss.ts';
import { complete } from '../../../src/network/overlay.ts';

/** The same link, of which the engine knows only that it delays. */
const opaque =
  (link: Link): Link =>
  (streams) => {
    const inner = link(streams);
    return { delay: (...message) => inner.delay(...message) };
  };

const opaqueGraph: Overlay = (streams) => ({ ...complete(streams) });

/** Messages of all sorts: small integers, others, and objects; timers and inputs beside them. */
const chatter: ProtocolFactory<unknown> = (env) => ({
  onStart: (node) => env.at(node, env.now() + (node % 7), 1),
  onInput(node, input) {
    env.emit(DELIVERED, node, input);
    env.send(node, env.peer(node), { input });
  },
  onRound(node) {
    env.send(node, env.peer(node), node, 3);
    env.send(node, env.peer(node), 2 ** 40 + node);
  },
  onTimer: (node, tag) => env.send(node, env.peer(node), [tag], 10),
  onMessage(node, from, message) {
    if (env.draw(node) < 0.3) env.send(node, from, message, 1);
    if (env.draw(node) < 0.1) env.at(node, env.now() + 5000, 2);
  },
});

const link = fc
  .record({
    law: fc.constantFrom('uniform', 'constant', 'exponential'),
    ms: fc.double({ min: 0.001, max: 80, noNaN: true }),
    spread: fc.double({ min: 0, max: 200, noNaN: true }),
    losses: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2 }),
  })
  .map(({ law, ms, spread, losses }): Link => {
    const plain: Link =
      law === 'uniform'
        ? uniform({ minMs: ms, maxMs: ms + spread })
        : law === 'constant'
          ? constant({ ms })
          : exponential({ meanMs: ms });
    return losses.reduce((inner, p) => lossy(p, inner), plain);
  });

/** As where the machine has no room for one. */
function withoutCore<T>(run: () => T): T {
  const open = vi.spyOn(Core, 'open').mockReturnValue(undefined);
  const result = run();
  expect(open).toHaveBeenCalled();
  open.mockRestore();
  return result;
}

function watched(scenario: Scenario<unknown>) {
  const sends: unknown[] = [];
  const observer: Observer<unknown> = {
    onSend: (...send) => sends.push(send),
    onMessage: (...message) => sends.push(message),
  };
  const outcome = simulate({ ...scenario, observers: [observer] });
  return { outcome, sends, unwatched: simulate(scenario) };
}

describe('a plain scenario', () => {
  it('is the same as one that the engine cannot see through, and as without a core', () => {
    const property = fc.property(
      fc.record({
        seed: fc.string({ minLength: 1 }),
        n: fc.integer({ min: 1, max: 40 }),
        link,
        faults: fc.boolean(),
        checked: fc.boolean(),
        most: fc.option(fc.nat(20)),
      }),
      ({ seed, n, link, faults, checked, most }) => {
        const scenario: Scenario<unknown> = {
          ...{ seed, n, protocol: chatter, link, overlay: complete, horizonMs: 400, checked },
          rounds: { periodMs: 50, phase: 'random' },
          workload: [
            { atMs: 3, node: 0, input: 0 },
            { atMs: 200, node: n - 1, input: 1 },
          ],
          faults: faults
            ? [
                { kind: 'crash', atMs: 60, node: 0 },
                { kind: 'restart', atMs: 90, node: 0 },
                { kind: 'pause', atMs: 100, node: n - 1, untilMs: 160 },
              ]
            : [],
          ...(most === null ? {} : { stop: (count: Float64Array) => count[DELIVERED] > most }),
        };
        const hidden = { ...scenario, link: opaque(link), overlay: opaqueGraph };
        const seen = watched(scenario);
        expect(watched(hidden)).toEqual(seen);
        expect(withoutCore(() => watched(scenario))).toEqual(seen);
      },
    );
    fc.assert(property, { seed: 77, numRuns: 150 });
  });

  it('is not what a link has become that was built out of a plain one', () => {
    const slower: Link = (streams) => {
      const inner = uniform({ minMs: 1, maxMs: 2 })(streams);
      return { ...inner, delay: (...message) => 1000 + inner.delay(...message) };
    };
    const ring: Overlay = (streams) => ({
      ...complete(streams),
      degree: () => 1,
      neighbour: (node) => (node + 1) % streams.n,
    });
    const { sends } = watched({
      ...{ seed: 's', n: 9, protocol: chatter, link: slower, overlay: ring, horizonMs: 60 },
      rounds: { periodMs: 50, phase: 'random' },
    });
    const delays = (sends as unknown[][]).filter((send) => send.length === 6);
    expect(delays.length).toBeGreaterThan(20);
    for (const [, from, to, , , delay] of delays) {
      expect(delay).toBeGreaterThanOrEqual(2000);
      if (((from as number) + 1) % 9 === to) continue;
      expect(((to as number) + 1) % 9).toBe(from); // an answer
    }
  });
});

it('sends with the longest latency until the last horizon', () => {
  const MOST_MS = 2 ** 52 / 1000;
  const scenario = {
    ...{
      seed: 'late',
      n: 3,
      protocol: chatter,
      link: constant({ ms: MOST_MS }),
      overlay: complete,
    },
    ...{ horizonMs: MOST_MS - 0.001, workload: [{ atMs: MOST_MS - 0.001, node: 0, input: 0 }] },
  };
  const { outcome } = watched({ ...scenario, checked: true });
  expect(outcome.traffic.inFlight).toBe(4); // three timers, one input
  expect(outcome).toEqual(simulate({ ...scenario, link: opaque(scenario.link) }));
  expect(() => simulate({ ...scenario, horizonMs: MOST_MS })).toThrow('horizonMs must be');
});

describe('what is not plain any more', () => {
  const slow = uniform({ minMs: 1, maxMs: 20 });
  type Delay = ReturnType<Link>['delay'];
  type Neighbour = ReturnType<Overlay>['neighbour'];

  /** The ways in which users change what they were given: in place, by an heir, and by standing in front of it. */
  const altered = <Thing extends object>(thing: Thing, change: Partial<Thing>) => ({
    'in place': () => Object.assign(thing, change),
    'by an heir': () => Object.assign(Object.create(thing) as Thing, change),
    'by a proxy': () =>
      new Proxy(thing, {
        get: (target, name) => {
          const value = { ...change }[name as keyof Thing] ?? target[name as keyof Thing];
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
  });
  const WAYS = ['in place', 'by an heir', 'by a proxy'] as const;

  const run = (change: Partial<Scenario<unknown>>) =>
    watched({
      ...{ seed: 's', n: 9, protocol: chatter, link: slow, overlay: complete, horizonMs: 400 },
      rounds: { periodMs: 50, phase: 'random' },
      ...change,
    });

  it.each(WAYS)('a link whose delay is another now, %s', (way) => {
    const later =
      (inner: Delay): Delay =>
      (...message) =>
        1000 + inner(...message);
    const link: Link = (streams) => {
      const inner = slow(streams);
      return altered(inner, { delay: later(inner.delay.bind(inner)) })[way]();
    };
    expect(run({ link })).toEqual(run({ link: opaque(link) }));
    expect(run({ link: lossy(0.2, link) })).toEqual(run({ link: lossy(0.2, opaque(link)) }));
  });

  it.each(WAYS)('a graph whose neighbours are others now, %s', (way) => {
    const next: Neighbour = (node) => (node + 1) % 9;
    const overlay: Overlay = (streams) => altered(complete(streams), { neighbour: next })[way]();
    const ring: Overlay = () => ({ degree: () => 8, neighbour: next });
    expect(run({ overlay })).toEqual(run({ overlay: ring }));
  });

  it.each(WAYS)('a link whose stream draws otherwise, %s', (way) => {
    const link = lossy(0.3, slow);
    const antithetic =
      (seen: (link: Link) => Link): Link =>
      ({ n, stream }) =>
        seen(link)({
          n,
          stream(purpose) {
            const inner = stream(purpose);
            const draw = inner.draw.bind(inner);
            return altered(inner, { draw: (lane) => 1 - draw(lane) })[way]();
          },
        });
    expect(run({ link: antithetic((same) => same) })).toEqual(run({ link: antithetic(opaque) }));
  });

  it('a complete graph of some of the nodes', () => {
    const few: Overlay = (streams) => complete({ ...streams, n: 4 });
    expect(run({ overlay: few })).toEqual(run({ overlay: (s) => ({ ...few(s) }) }));
  });

  it('a link that was built for another run', () => {
    const kept = (seen: (link: Link) => Link): Link => {
      let once: ReturnType<Link> | undefined;
      return (streams) => (once ??= seen(slow)(streams));
    };
    const [plain, hidden] = [kept((same) => same), kept(opaque)];
    for (const seed of ['first', 'second', 'third']) {
      expect(run({ seed, link: plain })).toEqual(run({ seed, link: hidden }));
    }
  });
});

describe('partners drawn by the core', () => {
  it.each([2, 3, 1000, 3_000_000_000, 2 ** 32 - 1])('are those of a stream: %i nodes', (n) => {
    const core = new Core();
    const streams = streamsOf('partners', 2, core);
    const draws = streams.stream('peers');
    const partners = new Partners(complete({ ...streams, n }), draws, core);
    const same = new Stream('partners', 'peers', 2);
    for (let i = 0; i < 1000; i++) {
      const drawn = same.below(1, n - 1) | 0;
      expect(partners.peer(1)).toBe((drawn + Number(drawn >= 1)) | 0);
    }
  });
});

describe('a run that is over', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('leaves its streams to who still holds them, and nothing else', () => {
    const ended = streamsAfterTheEnd();
    const other = simulate(ended.scenario);
    expect(ended.outcome).toEqual(other);
    // The draws go on, and no other run has anything of it.
    const before = ended.draw();
    simulate({ ...ended.scenario, seed: 'another' });
    expect(ended.draw()).not.toBe(before);
    expect(simulate(ended.scenario)).toEqual(other);
    expect(() => ended.send()).toThrow('BUG: the run is over');
    expect(() => ended.timer()).toThrow('BUG: the run is over');
    expect(() => ended.peer()).toThrow('BUG: the run is over');
  });

  it('has nothing in the next one, even if it asks for a stream only now', () => {
    let kept: Streams | undefined;
    const { scenario } = streamsAfterTheEnd();
    const link: Link = (streams) => {
      kept = streams;
      return constant({ ms: 3 })(streams);
    };
    simulate({ ...scenario, link });
    const late = kept!.stream('late');
    const alone = new Stream(scenario.seed, 'late', scenario.n);
    for (let i = 0; i < 3; i++) {
      simulate(scenario);
      expect(late.draw(1)).toBe(alone.draw(1));
    }
  });

  it('leaves its memory to the next one, even if it could not begin', () => {
    const { scenario } = streamsAfterTheEnd();
    simulate(scenario);
    const memories = vi.spyOn(wasm!, 'Memory');
    const protocol = () => {
      throw new Error('no protocol');
    };
    for (let i = 0; i < 3; i++) {
      expect(() => simulate({ ...scenario, protocol })).toThrow('no protocol');
    }
    simulate(scenario);
    expect(memories).not.toHaveBeenCalled();
  });

  it('goes on without mischief when runs are nested', () => {
    const inner = { ...streamsAfterTheEnd().scenario, seed: 'inner' };
    const alone = simulate(inner);
    const nested: unknown[] = [];
    const outer = {
      ...inner,
      seed: 'outer',
      observers: [{ onRound: () => void nested.push(simulate(inner)) }],
    };
    const { hash } = simulate({ ...outer, observers: [] });
    expect(simulate(outer).hash).toBe(hash);
    expect(nested.length).toBeGreaterThan(3);
    for (const outcome of nested) expect(outcome).toEqual(alone);
  });
});

function streamsAfterTheEnd() {
  let kept: Parameters<typeof chatter>[0] | undefined;
  const scenario: Scenario<unknown> = {
    ...{ seed: 'over', n: 5, link: uniform({ minMs: 1, maxMs: 9 }), overlay: complete },
    ...{ horizonMs: 200, rounds: { periodMs: 50, phase: 'random' } },
    protocol(env) {
      kept = env;
      return chatter(env);
    },
  };
  const outcome = simulate(scenario);
  const env = kept!;
  return {
    scenario,
    outcome,
    draw: () => env.draw(1),
    send: () => env.send(0, 1, 7),
    timer: () => env.at(0, 10 ** 9, 1),
    peer: () => env.peer(0),
  };
}
