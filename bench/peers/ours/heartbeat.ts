/**
 * The heartbeat gossip of bench/peers/cpp/heartbeat.hpp by our protocol. Arguments: N, SECONDS. Which beats and messages
 * there are hangs on luck of our own: so the counts agree about, not exactly.
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

const [n, simulatedSeconds] = process.argv.slice(2).map(Number);
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
  // Heartbeats are worked out when they are read: that belongs to the work, as the others do it all along.
  const mean = meanHeartbeat(ground!.table);
  return { events, merges: traffic.delivered, stale: suspected.count, mean };
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
