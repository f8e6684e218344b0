/**
 * A Cassandra cluster whose arrival windows are full, with the quality of detection observed. Arguments: N, SECONDS. Only
 * what comes after FULL_S simulated seconds is measured: a window has a thousand samples then, one in 1.7 s at 1000 nodes.
 */
import { micros } from '../../../src/base/time.ts';
import type { Observer } from '../../../src/engine/model.ts';
import { simulate } from '../../../src/engine/simulate.ts';
import { cassandraCluster } from '../../../src/experiment/cassandra-cluster.ts';
import { qos } from '../../../src/metrics/qos.ts';
import { report } from './report.ts';

const FULL_S = 1800;
const WINDOW_BYTES = 4 * 1000; // of a pair: the samples

const [n, seconds] = process.argv.slice(2).map(Number);
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The CPU time at the first timer from FULL_S on. */
class Clock implements Observer {
  started = 0;
  onTimer(now: number): void {
    if (this.started === 0 && now >= FULL) this.started = cpuSeconds();
  }
}

const FULL = micros(1000 * FULL_S);
const clock = new Clock();
const meter = qos({ n, startMs: 1000 * FULL_S, endMs: 1000 * seconds });
const before = process.memoryUsage().arrayBuffers; // of the simulator, not of the meter
const cluster = cassandraCluster(n, 1000 * seconds, { version: '4.1' });
const { events } = simulate({ seed: 'peers', ...cluster, observers: [clock, meter] });
const used = cpuSeconds() - clock.started;
const arrays = process.memoryUsage().arrayBuffers - before;
const { mistakes } = meter.quality();
report(
  used,
  seconds - FULL_S,
  { events, mistakes },
  { bytes_per_pair: arrays / n ** 2 - WINDOW_BYTES },
);
