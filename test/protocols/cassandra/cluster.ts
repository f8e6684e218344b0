/** Small clusters, and what happens in them in words. */
import { type Micros, millis } from '../../../src/base/time.ts';
import { FACT_NAMES, type Outcome, type Scenario } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete } from '../../../src/network/index.ts';
import { constant } from '../../../src/network/latency.ts';
import { KEY_NAMES } from '../../../src/protocols/cassandra/application-state.ts';
import { cassandraOn } from '../../../src/protocols/cassandra/cassandra.ts';
import { type Deltas, deltaAt, lengthOf } from '../../../src/protocols/cassandra/deltas.ts';
import { type Ground, groundOf } from '../../../src/protocols/cassandra/ground.ts';
import { EPOCH_SEC } from '../../../src/protocols/cassandra/life.ts';
import { type CassandraMessage, MESSAGE_NAMES } from '../../../src/protocols/cassandra/messages.ts';
import { type CassandraOptions, settingsOf } from '../../../src/protocols/cassandra/options.ts';
import type { StatesBook } from '../../../src/protocols/cassandra/states-book.ts';
import { digestsOf } from '../../../src/protocols/cassandra/synopsis.ts';

export interface Played {
  readonly ground: Ground;
  readonly outcome: Outcome;
  readonly lines: string[];
  /** What listeners heard, without what was said in messages. */
  readonly heard: readonly Heard[];
}

export interface Heard {
  readonly atMs: number;
  readonly event: string;
  readonly node: number;
  readonly subject: number;
}

export interface Play {
  readonly n: number;
  readonly options: CassandraOptions;
  readonly change?: Partial<Scenario<CassandraMessage>>;
  /** Lines from then on. */
  readonly fromMs?: number;
}

export function play({ n, options, change = {}, fromMs = 0 }: Play): Played {
  const ground = groundOf(n, settingsOf(options, n));
  const lines: string[] = [];
  const heard: Heard[] = [];
  const { book } = ground.endpoints;
  const line = (now: Micros, node: number, what: string) => {
    if (millis(now) >= fromMs)
      lines.push(`${millis(now).toFixed(0).padStart(8)}  n${node} ${what}`);
  };
  const outcome = simulate<CassandraMessage>({
    seed: 'cassandra',
    n,
    protocol: (env) =>
      cassandraOn(ground, options, (event, node, subject, _wasAlive, key) => {
        heard.push({ atMs: millis(env.now()), event, node, subject });
        const of = key < 0 ? '' : ` ${KEY_NAMES[key]}`;
        line(env.now(), node, `   ${event} of n${subject}${of}`);
      })(env),
    link: constant({ ms: 20 }),
    overlay: complete,
    horizonMs: 3000,
    checked: true,
    observers: [
      {
        onMessage: (now, node, from, message) =>
          line(now, node, `<- n${from} ${inWords(message, book)}`),
        onDead: (now, node, from, message) =>
          line(now, node, `<- n${from} ${inWords(message, book)}, but is down`),
        onFact: (now, fact, node, about) => line(now, node, `   ${FACT_NAMES[fact]} ${about}`),
        onFault: (now, node, kind) => line(now, node, kind),
        onInput: (now, node, input) => line(now, node, `input ${input}`),
      },
    ],
    ...change,
  });
  return { ground, outcome, lines, heard };
}

/** Generations are told as seconds after the first one: g0, g7. */
const life = (generation: number) => (generation === 0 ? 'g-' : `g${generation - EPOCH_SEC}`);

function inWords(message: CassandraMessage, book: StatesBook): string {
  const name = MESSAGE_NAMES[message.kind];
  const parts: string[] = [];
  if ('generation' in message) parts.push(life(message.generation));
  if ('digests' in message) parts.push(digests(digestsOf(message.digests)));
  if ('requests' in message && message.requests.length > 0) {
    parts.push(`asks ${digests(message.requests)}`);
  }
  if ('deltas' in message && message.deltas.length > 0) {
    parts.push(`tells ${deltas(message.deltas, book)}`);
  }
  if ('state' in message && message.state !== undefined) {
    parts.push(states(message.state.states, -1, book));
  }
  return [name, ...parts].join(' ');
}

function digests(words: ArrayLike<number>): string {
  const all: string[] = [];
  for (let i = 0; i < words.length; i += 3) {
    all.push(`n${words[i]}:${life(words[i + 1])}/${words[i + 2]}`);
  }
  return all.join(' ');
}

function deltas(words: Deltas, book: StatesBook): string {
  const all = Array.from({ length: lengthOf(words) }, (_, i) => {
    const delta = { subject: 0, generation: 0, heartbeat: 0, states: 0, floor: 0 };
    const { subject, generation, heartbeat, states: set, floor } = deltaAt(words, i, delta);
    return `n${subject}:${life(generation)}/${heartbeat}${states(set, floor, book)}`;
  });
  return all.join(' ');
}

const states = (set: number, floor: number, book: StatesBook): string => {
  const all = book.above(set, floor).map(({ key, version }) => `${KEY_NAMES[key]}@${version}`);
  return all.length === 0 ? '' : `{${all.join(' ')}}`;
};
