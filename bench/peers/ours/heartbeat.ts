/**
 * The heartbeat gossip of bench/peers/cpp/heartbeat.hpp by our protocol. Arguments: N, SECONDS, and `times` where times of
 * news are read, too, as the other programs keep them. Which beats and messages there are hangs on luck of our own: so the
 * counts agree about, not exactly.
 */
import { simulate } from '../../../src/engine/simulate.ts';
import type { HeartbeatTable } from '../../../src/kernel/index.ts';
import { acquaintance } from '../../../src/metrics/acquaintance.ts';
import { wrongPairs } from '../../../src/metrics/wrong-pairs.ts';
import { uniform } from '../../../src/network/latency.ts';
import { complete } from '../../../src/network/overlay.ts';
import {
  deferringGroundOf,
  type Ground,
  heartbeatOn,
} from '../../../src/protocols/heartbeat/heartbeat.ts';
import { report, timed } from './report.ts';

const OPTIONS = { failMs: 60_000, fanout: 2 };
const SAMPLE = 101; // of so many pairs one is read

const [n, simulatedSeconds] = process.argv.slice(2, 4).map(Number);
const withTimes = process.argv[4] === 'times';
const { seconds, result } = timed(() => {
  let ground: Ground | undefined;
  const suspected = wrongPairs(n);
  const met = acquaintance({ n });
  const { events, traffic } = simulate({
    seed: 'peers',
    n,
    protocol(env) {
      ground = deferringGroundOf(env);
      return heartbeatOn(ground, OPTIONS)(env);
    },
    link: uniform({ minMs: 1, maxMs: 50 }),
    overlay: complete,
    rounds: { periodMs: 1000, phase: 'random' },
    horizonMs: 1000 * simulatedSeconds,
    observers: [suspected, met],
  });
  // What tables hold is worked out when it is read: that belongs to the work, as the others do it all along.
  const mean = meanHeartbeat(ground!.table);
  const meanMs = withTimes ? { time_ms: meanTime(ground!.table) } : {};
  return { events, merges: traffic.delivered, stale: suspected.count, mean, ...meanMs };
});
report(seconds, simulatedSeconds, result);

/** Over the pairs that the other programs sample. */
function meanHeartbeat(table: HeartbeatTable): number {
  let heartbeats = 0;
  let pairs = 0;
  table.eachNode((node, heartbeatOf) => {
    for (let subject = (SAMPLE - (node % SAMPLE)) % SAMPLE; subject < n; subject += SAMPLE) {
      heartbeats += heartbeatOf(subject);
      pairs++;
    }
  });
  return heartbeats / pairs;
}

/** When entries last rose, in ms, over the same pairs. */
function meanTime(table: HeartbeatTable): number {
  let ms = 0;
  let pairs = 0;
  for (let node = 0; node < n; node++) {
    for (let subject = (SAMPLE - (node % SAMPLE)) % SAMPLE; subject < n; subject += SAMPLE) {
      ms += table.news(node, subject) / 1000;
      pairs++;
    }
  }
  return ms / pairs;
}
