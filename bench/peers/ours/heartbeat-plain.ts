/**
 * Heartbeat gossip as one would write it in JavaScript: bench/peers/cpp/heartbeat-naive.cpp with typed arrays and a copy of
 * the row per message; our queue of events, of which there are few. Arguments: N, SECONDS. The same luck, the same exactly.
 */
import { EventQueue } from '../../../src/engine/core/queue.ts';
import { Luck } from './luck.ts';
import { report, timed } from './report.ts';

const PERIOD = 1_000_000;
const T_FAIL = 60_000_000;
const FANOUT = 2;
const SAMPLE = 101; // of so many pairs one is read

interface Message {
  readonly heartbeats: Uint32Array;
  unread: number;
}

interface Sent {
  readonly to: number;
  readonly message: Message;
}

const [n, simulatedSeconds] = process.argv.slice(2).map(Number);

function plainTables() {
  const heartbeats = Array.from({ length: n }, () => new Uint32Array(n)); // [node][subject]
  const times = Array.from({ length: n }, () => new Float64Array(n)); // of the last increase
  const free: Message[] = [];
  const counts = { events: 0, merges: 0, risen: 0, stale: 0 };

  function beat(node: number, now: number): Message {
    const row = heartbeats[node];
    const since = times[node];
    row[node]++;
    since[node] = now;
    for (let i = 0; i < n; i++) if (now - since[i] > T_FAIL) counts.stale++;
    const message = free.pop() ?? { heartbeats: new Uint32Array(n), unread: 0 };
    message.heartbeats.set(row);
    message.unread = FANOUT;
    return message;
  }

  function merge(node: number, message: Message, now: number): void {
    const row = heartbeats[node];
    const since = times[node];
    const told = message.heartbeats;
    let risen = 0;
    for (let i = 0; i < n; i++) {
      if (told[i] <= row[i]) continue;
      row[i] = told[i];
      since[i] = now;
      risen++;
    }
    counts.risen += risen;
    counts.merges++;
    if (--message.unread === 0) free.push(message);
  }

  return { heartbeats, times, counts, beat, merge };
}

function play() {
  const tables = plainTables();
  const luck = new Luck();
  const queue = new EventQueue();
  const sent: Sent[] = []; // [place]
  const places: number[] = []; // that are free
  const until = simulatedSeconds * PERIOD;
  for (let node = 0; node < n; node++) queue.push(luck.below(PERIOD), node);
  for (;;) {
    const slot = queue.pop(); // below n a node that beats, from there on the place of a message
    const now = queue.time;
    if (now >= until) return tables;
    tables.counts.events++;
    if (slot >= n) {
      const { to, message } = sent[slot - n];
      places.push(slot - n);
      tables.merge(to, message, now);
      continue;
    }
    const message = tables.beat(slot, now);
    for (let i = 0; i < FANOUT; i++) {
      const place = places.pop() ?? sent.length;
      const drawn = luck.below(n - 1);
      sent[place] = { to: drawn < slot ? drawn : drawn + 1, message };
      queue.push(now + 1_000 + luck.below(49_001), n + place);
    }
    queue.push(now + PERIOD, slot);
  }
}

const { seconds, result } = timed(play);
let heartbeats = 0;
let times = 0;
let pairs = 0;
for (let subject = 0; subject < n; subject++) {
  for (let node = (SAMPLE - (subject % SAMPLE)) % SAMPLE; node < n; node += SAMPLE) {
    heartbeats += result.heartbeats[node][subject];
    times += result.times[node][subject];
    pairs++;
  }
}
report(seconds, simulatedSeconds, {
  ...result.counts,
  heartbeats,
  times,
  mean: heartbeats / pairs,
});
