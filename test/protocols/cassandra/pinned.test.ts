/**
 * Whole clusters, pinned: everything that was said, word by word, all that listeners heard, and what everybody knows in
 * the end. A change of a pin is a change of results. Rewritten only by `npm run golden:update`.
 */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Fault } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { lossy } from '../../../src/network/loss.ts';
import { complete } from '../../../src/network/overlay.ts';
import { cassandraOn } from '../../../src/protocols/cassandra/cassandra.ts';
import { type Deltas, deltaAt, lengthOf } from '../../../src/protocols/cassandra/deltas.ts';
import { KNOWN } from '../../../src/protocols/cassandra/endpoints.ts';
import { type Ground, groundOf } from '../../../src/protocols/cassandra/ground.ts';
import type { CassandraMessage } from '../../../src/protocols/cassandra/messages.ts';
import { type CassandraOptions, settingsOf } from '../../../src/protocols/cassandra/options.ts';
import type { AppStates, StatesBook } from '../../../src/protocols/cassandra/states-book.ts';
import { lastUpdate } from '../../../src/protocols/cassandra/status-check.ts';
import { digestsOf } from '../../../src/protocols/cassandra/synopsis.ts';

interface Scene {
  readonly n: number;
  readonly horizonMs: number;
  readonly options: CassandraOptions;
  readonly loss?: number;
  readonly faults?: readonly Fault[];
}

const crash = (node: number, atMs: number, backMs: number): Fault[] => [
  { atMs, node, kind: 'crash' },
  { atMs: backMs, node, kind: 'restart' },
];
const joins = (node: number, atMs: number): Fault[] => [
  { atMs: 0, node, kind: 'absent' },
  { atMs, node, kind: 'restart' },
];
const pause = { atMs: 12_000, node: 3, kind: 'pause', untilMs: 20_000 } as const;
const troubles = [...crash(5, 4000, 30_000), ...crash(9, 6000, 9000), ...joins(15, 3000), pause];
const publish = { do: 'publish', key: 'LOAD', value: 'heavy' } as const;
const commands = [publish, { do: 'stop' }, { do: 'assassinate', victim: 6 }] as const;
const small = { n: 16, horizonMs: 42_000, faults: troubles };
const quick = { samples: 12, threshold: 5, members: 15, bootstrapMs: 8000, commands };

const scenes: Record<string, Scene> = {
  '3.11, troubles': { ...small, options: { ...quick, version: '3.11' } },
  '4.0, troubles and loss': { ...small, loss: 0.2, options: { ...quick, version: '4.0' } },
  '4.1, troubles and stage costs': { ...small, options: { ...quick, version: '4.1', stage: {} } },
  '5.0, troubles': { ...small, options: { ...quick, version: '5.0' } },
  'trunk, troubles and loss': { ...small, loss: 0.1, options: { ...quick, version: 'trunk' } },
  '5.0-fixed, calm': { n: 30, horizonMs: 22_000, options: { version: '5.0-fixed', samples: 16 } },
  '4.1, calm, sums': { n: 70, horizonMs: 6000, options: { version: '4.1', shortRun: true } },
};

function play({ n, horizonMs, options, loss = 0, faults = [] }: Scene) {
  const ground = groundOf(n, settingsOf(options, n));
  const { book } = ground.endpoints;
  const said = createHash('sha256');
  const note = (...words: unknown[]) => said.update(`${words.join(' ')}\n`);
  const { hash, events, traffic } = simulate<CassandraMessage>({
    seed: 'pinned',
    n,
    protocol: (env) =>
      cassandraOn(ground, options, (event, node, subject, wasAlive, key) =>
        note(env.now(), event, node, subject, wasAlive, key),
      )(env),
    link: lossy(loss, () => ({ delay: (from, to) => 500 + ((from * 7 + to * 13) % 400) })),
    overlay: complete,
    horizonMs,
    faults: [...faults].sort((a, b) => a.atMs - b.atMs),
    workload: [0, 1, 2, 3].map((input) => ({ atMs: 8000 + 4000 * input, node: 10 + input, input })),
    observers: [
      {
        onSend: (now, from, to, message, bytes) =>
          note(now, from, to, bytes, inWords(message, book)),
      },
    ],
  });
  for (const line of inTheEnd(ground)) note(line);
  return { hash, events, bytes: traffic.bytesSent, all: said.digest('hex').slice(0, 16) };
}

function inWords(message: CassandraMessage, book: StatesBook): string {
  const parts: unknown[] = [message.kind, message.created];
  if ('generation' in message) parts.push(message.generation);
  if ('digests' in message) parts.push(digestsOf(message.digests).join());
  if ('requests' in message) parts.push(message.requests.join());
  if ('deltas' in message) parts.push(toldIn(message.deltas, book));
  if ('state' in message && message.state !== undefined) {
    parts.push(message.state.generation, shown(book.of(message.state.states)));
  }
  return parts.join(' ');
}

const toldIn = (words: Deltas, book: StatesBook): string[] =>
  Array.from({ length: lengthOf(words) }, (_, i) => {
    const delta = { subject: 0, generation: 0, heartbeat: 0, states: 0, floor: 0 };
    const { subject, generation, heartbeat, states, floor } = deltaAt(words, i, delta);
    return `${subject} ${generation} ${heartbeat} ${floor} ${shown(book.above(states, floor))}`;
  });

const texts = new WeakMap<AppStates, string>();

function shown(states: AppStates): string {
  const text =
    texts.get(states) ??
    states.map(({ key, version, value }) => `${key}@${version}=${value}`).join();
  texts.set(states, text);
  return text;
}

function* inTheEnd({ endpoints, detector }: Ground): Generator<string> {
  const { n, flags, generation, max, states, book } = endpoints;
  const { last, samples } = detector.windows;
  for (let pair = 0; pair < n * n; pair++) {
    yield [flags[pair], last[pair], samples.count(pair), samples.sum(pair)].join();
    if (!endpoints.has(pair, KNOWN) || pair % (n + 1) === 0) continue;
    const updated = lastUpdate(pair, { endpoints, detector });
    const set = shown(book.of(states[pair]));
    const heartbeat = endpoints.heartbeatOf(pair);
    yield [generation[pair], heartbeat, max[pair], updated, set].join();
  }
}

it('clusters do what they did when they were pinned', async () => {
  const pins = Object.entries(scenes).map(([name, scene]) => [name, play(scene)]);
  const page = `${JSON.stringify(Object.fromEntries(pins), null, 2)}\n`;
  await expect(page).toMatchFileSnapshot('../../golden/cassandra-pinned.json');
});
