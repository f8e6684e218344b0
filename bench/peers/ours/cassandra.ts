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
const SLICES = 5;
const WINDOW_BYTES = 4 * 1000; // of a pair: the samples

const [n, seconds] = process.argv.slice(2).map(Number);
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The CPU time at the first timer from each border of a slice on. */
class Clock implements Observer {
  readonly at: number[] = [];
  #next = micros(1000 * FULL_S);
  onTimer(now: number): void {
    if (now < this.#next) return;
    this.at.push(cpuSeconds());
    this.#next += slice;
  }
}

const slice = micros((1000 * (seconds - FULL_S)) / SLICES);
const clock = new Clock();
const meter = qos({ n, startMs: 1000 * FULL_S, endMs: 1000 * seconds });
const before = process.memoryUsage().arrayBuffers; // of the simulator, not of the meter
const cluster = cassandraCluster(n, 1000 * seconds, { version: '4.1' });
const { events } = simulate({ seed: 'peers', ...cluster, observers: [clock, meter] });
const borders = [...clock.at.slice(0, SLICES), cpuSeconds()];
const slices_s = borders.slice(1).map((end, i) => end - borders[i]);
const arrays = process.memoryUsage().arrayBuffers - before;
const { mistakes } = meter.quality();
report(
  borders[SLICES] - borders[0],
  seconds - FULL_S,
  { events, mistakes },
  { bytes_per_pair: arrays / n ** 2 - WINDOW_BYTES, slices_s },
);
