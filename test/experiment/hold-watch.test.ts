import { describe, expect, it } from 'vitest';
import { micros } from '../../src/base/time.ts';
import { APPLIED, DELIVERED } from '../../src/engine/model.ts';
import { holdWatch } from '../../src/experiment/hold-watch.ts';
import { shortVectorWatch } from '../../src/experiment/short-vector-watch.ts';
import { HappenedBefore } from '../../src/metrics/index.ts';
import { type Operation, workload } from '../../src/protocols/index.ts';

const write = (node: number, atMs: number): Operation => ({
  ...{ node, atMs, key: 0, kind: 'write', thinkMs: 0, client: node },
});

describe('watch of waits', () => {
  it('has shares, waits, and the queue by Little, of the writes of its window', () => {
    const list = [write(0, 5), write(0, 10), write(0, 20), write(1, 30)];
    const operations = workload({ n: 2, keys: 1, clients: 2, list });
    const watch = holdWatch({ operations, fromMs: 10, untilMs: 30 });
    const truth = new HappenedBefore(2, 4);
    const fact = (atMs: number, kind: number, node: number, about: number) =>
      watch.onFact?.(micros(atMs), kind, node, about);
    truth.issue(0, 1);
    truth.apply(0, 1);
    truth.issue(0, 2);
    watch.onArrival(1, 2, truth); // before write 1
    fact(25, DELIVERED, 1, 2);
    watch.onArrival(1, 1, truth);
    fact(27, DELIVERED, 1, 1);
    fact(27, APPLIED, 1, 1);
    fact(27, APPLIED, 1, 2);
    watch.onArrival(1, 0, truth); // out of the window, as is write 3
    fact(50, DELIVERED, 1, 0);
    fact(60, APPLIED, 1, 0);
    expect(watch.result()).toEqual({
      early_frac: 0.5,
      held_frac: 0.5,
      hold_ms: 1,
      hold_p99_ms: 1.98,
      queue_mean: (2 / 2 / 20) * 1,
      arrival_ms: (17 + 5) / 2,
      application_ms: (17 + 7) / 2,
    });
  });
});

it('takes a write for held whose past comes at the same instant, behind it', () => {
  const list = [write(0, 0), write(0, 1)];
  const operations = workload({ n: 2, keys: 1, clients: 2, list });
  const watch = holdWatch({ operations, fromMs: 0, untilMs: 10 });
  const truth = new HappenedBefore(2, 2);
  truth.issue(0, 0);
  truth.apply(0, 0);
  truth.issue(0, 1);
  for (const about of [1, 0]) {
    watch.onArrival(1, about, truth);
    watch.onFact?.(9, DELIVERED, 1, about);
  }
  for (const about of [0, 1]) watch.onFact?.(9, APPLIED, 1, about);
  expect(watch.result()).toMatchObject({ early_frac: 0.5, held_frac: 0.5, hold_ms: 0 });
});

describe('watch of decisions', () => {
  /**
   * Node 0 writes a; node 1 applies it and writes b; node 2 writes c and d on its own. At node 3, c and d are there, a is
   * not, and b comes: one missing write, two unseen ones of one origin.
   */
  it('sums what was expected of a decision, and whether it was wrong', () => {
    const [a, b, c, d, e] = [0, 1, 2, 3, 4];
    const list = [write(0, 0), write(1, 10), write(2, 11), write(2, 12), write(1, 13)];
    const operations = workload({ n: 4, keys: 1, clients: 4, list });
    const watch = shortVectorWatch(operations, { entries: 4, own: 1 }, 5);
    const truth = new HappenedBefore(4, 5);
    const issue = (node: number, about: number) => {
      truth.issue(node, about);
      truth.apply(node, about);
    };
    const come = (about: number, isApplied: boolean) => {
      watch.onArrival(3, about, truth);
      if (!isApplied) return;
      watch.onFact?.(0, APPLIED, 3, about);
      truth.apply(3, about);
    };
    issue(0, a);
    truth.apply(1, a);
    issue(1, b);
    issue(2, c);
    issue(2, d);
    issue(1, e);
    come(c, true);
    come(d, true);
    come(b, true); // wrong
    come(e, true); // wrong, and no first decision about a
    come(a, true);
    expect(watch.first).toEqual({
      ...{ count: 1, wrong: 1, unseen: 2, origins: 1 },
      published: 1 - (3 / 4) ** 2,
      publishedOfOrigins: 1 / 4,
      exact: 1 / 4,
    });
    expect(watch.one).toEqual({ count: 2, wrong: 2 });
    expect(watch.any).toEqual({ count: 2, wrong: 2 });
  });

  it('takes a write that waits for rightly decided, also if it is applied later', () => {
    const list = [write(0, 0), write(0, 1)];
    const operations = workload({ n: 2, keys: 1, clients: 2, list });
    const watch = shortVectorWatch(operations, { entries: 4, own: 1 }, 5);
    const truth = new HappenedBefore(2, 2);
    truth.issue(0, 0);
    truth.apply(0, 0);
    truth.issue(0, 1);
    watch.onArrival(1, 1, truth);
    watch.onArrival(1, 0, truth);
    watch.onFact?.(0, APPLIED, 1, 0);
    watch.onFact?.(0, APPLIED, 1, 1);
    expect(watch.first).toMatchObject({ count: 1, wrong: 0, unseen: 0, exact: 0 });
  });
});
