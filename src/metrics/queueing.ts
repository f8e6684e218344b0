/**
 * Jobs in queues, told by the facts PLACED and SERVED: how long they are in the system (the time in service included), and how old
 * was the load that their server was chosen by. Counted are the jobs that are finished in the window, whenever they came:
 * in equilibrium these are as good as all, where those that come and go in it would leave out the longest. Samples of
 * queues and ages are taken at the first timer of any node that is due at or after times of a regular grid; they
 * should not be in step with what is measured. For runs without crashes.
 */
import { positive, wholeNumber } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import { type NodeId, type Observer, PLACED, SERVED } from '../engine/model.ts';
import { JobTimes } from './job-times.ts';
import { Durations } from './qos-durations.ts';

/** How many servers, and from when on is counted. */
export interface QueueingOptions {
  /** [server] jobs there. */
  readonly loads: Int32Array;
  /** Age of the load that a node knows of a server. */
  readonly ageOf: (node: NodeId, server: NodeId, now: Micros) => Micros;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Between samples. */
  readonly everyMs: number;
  /** Nodes whose knowledge a sample looks at; default all. One is enough where all know the same. */
  readonly rows?: number;
}

/** Means are null before the first value. */
export interface Queueing extends Observer {
  readonly jobs: number;
  meanMs(): number | null;
  quantileMs(p: number): number | null;
  /** Of the load of the server that was chosen. */
  chosenAgeMs(): number | null;
  /** Of the loads that nodes know of others. */
  ageMs(): number | null;
  /** Jobs at a server; their standard deviation over the servers; the longest queue: means over the samples. */
  meanQueue(): number | null;
  sdQueue(): number | null;
  longestQueue(): number | null;
}

/** An observer of jobs in queues. */
export function queueing(options: QueueingOptions): Queueing {
  const { loads, ageOf } = options;
  const n = wholeNumber('queueing', 'servers', loads.length, 2);
  const rows = wholeNumber('queueing', 'rows', options.rows ?? n, 1, n);
  const every = micros(positive('queueing', 'everyMs', options.everyMs));
  const [from, until] = [micros(options.fromMs), micros(options.untilMs)];
  const waiting = new JobTimes(n);
  const times = new Durations();
  const chosen = { ages: 0, count: 0 };
  const sampled = { count: 0, ages: 0, queue: 0, sd: 0, longest: 0 };
  let next = from;

  function sample(now: Micros): void {
    let [sum, squares, longest] = [0, 0, 0];
    for (const load of loads) {
      sum += load;
      squares += load * load;
      if (load > longest) longest = load;
    }
    sampled.count++;
    for (let node = 0; node < rows; node++) {
      for (let server = 0; server < n; server++) {
        if (server !== node) sampled.ages += ageOf(node, server, now);
      }
    }
    sampled.queue += sum / n;
    sampled.sd += Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
    sampled.longest += longest;
  }

  const share = (sum: number, count: number) => (count === 0 ? null : sum / count);
  const timeOrNull = (time: Micros) => (times.count === 0 ? null : millis(time));
  return {
    onTimer(now) {
      if (now < next || now >= until) return;
      next += every;
      sample(now);
    },
    onFact(now, fact, node, about) {
      if (fact === PLACED) {
        waiting.push(node, now);
        if (now < from || now >= until) return;
        chosen.ages += ageOf(about, node, now);
        chosen.count++;
      } else if (fact === SERVED) {
        const came = waiting.shift(node);
        if (now >= from && now < until) times.add(now - came);
      }
    },
    get jobs() {
      return times.count;
    },
    meanMs: () => timeOrNull(times.mean),
    quantileMs: (p) => timeOrNull(times.quantile(p)),
    chosenAgeMs: () => share(millis(chosen.ages), chosen.count),
    ageMs: () => share(millis(sampled.ages), sampled.count * rows * (n - 1)),
    meanQueue: () => share(sampled.queue, sampled.count),
    sdQueue: () => share(sampled.sd, sampled.count),
    longestQueue: () => share(sampled.longest, sampled.count),
  };
}
