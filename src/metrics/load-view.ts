/**
 * How stale is what nodes believe of each other's load? Age: since the value was measured and published by its owner,
 * not since it arrived. Error: its distance from the owner's load now. Over ordered pairs of different nodes, at samples
 * taken at the first timer of any node that is due at or after a time of a regular grid; the times do not hang on who
 * believes what. The meter makes the values, so that it knows when each was published: they must differ over time.
 */
import { assert, positive, wholeNumber } from '../base/errors.ts';
import { type Micros, micros, millis } from '../base/time.ts';
import type { NodeId, Observer } from '../engine/model.ts';
import { type Staleness, staleness } from './staleness.ts';

/** Who publishes, and when and how beliefs are read. */
export interface LoadViewOptions {
  readonly n: number;
  /** A node's load now; asked with times that never go back. */
  readonly load: (node: NodeId, now: Micros) => number;
  /** The value that an observer has of a subject; '' if it has none. */
  readonly believed: (observer: NodeId, subject: NodeId) => string;
  /** Samples from then on, one every so often, before `untilMs`. */
  readonly fromMs: number;
  readonly everyMs: number;
  readonly untilMs: number;
}

/** Asked after the run: age and error of what nodes believe of loads. */
export interface LoadView extends Observer {
  /** What the node is to publish now: the option `load` of the protocol. */
  readonly publish: (node: NodeId, now: Micros) => string;
  readonly ages: Staleness;
  /** Mean of |believed - true|; null before the first one. */
  meanError(): number | null;
  /** Mean over observers and samples of the oldest age that one has of anybody. */
  meanOldestMs(): number | null;
  /** Share of subjects of which an observer and the next one (by number) believe different values. */
  disagreement(): number | null;
}

/** An observer of beliefs about loads. */
export function loadView(options: LoadViewOptions): LoadView {
  const { n, load, believed } = options;
  wholeNumber('load view', 'n', n, 2);
  const every = micros(positive('load view', 'everyMs', options.everyMs));
  const until = micros(options.untilMs);
  const ages = staleness({ n });
  const published = Array.from({ length: n }, () => new Map<string, Micros>()); // [node] value -> when
  const values: string[] = new Array<string>(n).fill(''); // [observer] of one subject
  const oldest = new Float64Array(n); // [observer] us
  let next = micros(options.fromMs);
  let [errors, rows, oldestSum, compared, different] = [0, 0, 0, 0, 0];

  /** What all believe of one. */
  function column(now: Micros, subject: NodeId): void {
    const truth = load(subject, now);
    for (let observer = 0; observer < n; observer++) values[observer] = believed(observer, subject);
    for (let observer = 0; observer < n; observer++) {
      const value = values[observer];
      if (observer === subject || value === '') continue;
      const at = published[subject].get(value);
      assert(at !== undefined, `load view: node ${subject} has not published ${value}`);
      age[observer] = now - at;
      errors += Math.abs(Number(value) - truth);
      oldest[observer] = Math.max(oldest[observer], now - at);
      const other = (observer + 1) % n;
      if (other === subject || values[other] === '') continue;
      compared++;
      if (values[other] !== value) different++;
    }
  }
  const age = new Float64Array(n); // [observer] us, of one subject; NaN = it has none

  function sample(now: Micros): void {
    oldest.fill(0);
    for (let subject = 0; subject < n; subject++) {
      age.fill(Number.NaN);
      column(now, subject);
      ages.row(now, subject, age); // ages are as good by subject as by observer
    }
    for (const oldestAge of oldest) oldestSum += oldestAge;
    rows += n;
  }

  const share = (sum: number, count: number) => (count === 0 ? null : sum / count);

  return {
    ages,
    publish(node, now) {
      const value = String(load(node, now));
      published[node].set(value, now);
      return value;
    },
    onTimer(now) {
      if (now < next || now >= until) return;
      next += every;
      sample(now);
    },
    meanError: () => share(errors, ages.count),
    meanOldestMs: () => share(millis(oldestSum), rows),
    disagreement: () => share(different, compared),
  };
}
