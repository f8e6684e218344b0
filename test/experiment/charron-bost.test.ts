/**
 * Charron-Bost, "Concerning the size of logical clocks in distributed systems", IPL 39(1), 1991: some run of n processes
 * needs vectors with n entries. Her run is the standard example of an order of dimension n: node i writes a_i; node i + 1
 * writes b_i when it has applied all of those but a_i. So a_j happened before b_i, unless i = j.
 */
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/engine/model.ts';
import { orderedRun } from '../../src/experiment/ordered-run.ts';
import { complete } from '../../src/network/index.ts';
import { directMail, type Operation, workload } from '../../src/protocols/index.ts';

const MS = 1000;

/** From node i to the next everything takes ten times as long. */
const late: Link = ({ n }) => ({
  delay: (from, to) => ((from + 1) % n === to ? 100 : 10) * MS,
});

/** Write i is a_i, write n + i is b_i. */
function crown(n: number) {
  const write = (atMs: number, node: number): Operation => ({
    ...{ atMs, node, key: 0, kind: 'write', thinkMs: 0, client: node },
  });
  const list = [
    ...Array.from({ length: n }, (_, i) => write(0, i)),
    ...Array.from({ length: n }, (_, i) => write(50, (i + 1) % n)),
  ];
  const { order } = orderedRun({
    ...{ seed: 'crown', operations: workload({ n, keys: 1, clients: n, list }) },
    ...{ broadcast: directMail(), link: late, overlay: complete, horizonMs: 1000 },
  });
  return { list, truth: order.truth };
}

/** [write][node] as a vector clock counts: writes of the node before it, and itself. */
function vectors({ list, truth }: ReturnType<typeof crown>, n: number): number[][] {
  return list.map((own, write) =>
    Array.from(
      { length: n },
      (_, node) =>
        list.filter((other, before) => other.node === node && truth.before(before, write)).length +
        (own.node === node ? 1 : 0),
    ),
  );
}

const isBefore = (a: readonly number[], b: readonly number[]) =>
  a.every((entry, i) => entry <= b[i]) && a.some((entry, i) => entry < b[i]);

function wrongAnswers(clocks: readonly number[][], { truth }: ReturnType<typeof crown>): number {
  let count = 0;
  for (const [a, left] of clocks.entries()) {
    for (const [b, right] of clocks.entries()) {
      if (a !== b && isBefore(left, right) !== truth.before(a, b)) count++;
    }
  }
  return count;
}

describe.each([2, 3, 5, 8])('a crown of %i nodes', (n) => {
  const run = crown(n);
  const clocks = vectors(run, n);

  it('is one: a_j before b_i, unless i = j', () => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) expect(run.truth.before(j, n + i)).toBe(i !== j);
    }
  });

  it('is told rightly by vectors of n entries', () => {
    expect(wrongAnswers(clocks, run)).toBe(0);
  });

  it('is told wrongly by vectors without one of them, whichever', () => {
    for (let left = 0; left < n; left++) {
      const shorter = clocks.map((clock) => clock.filter((_, entry) => entry !== left));
      expect(wrongAnswers(shorter, run)).toBeGreaterThan(0);
    }
  });

  it('is told wrongly if two nodes share an entry, whichever', () => {
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) {
        const shorter = clocks.map((clock) =>
          clock.map((entry, i) => (i === a ? entry + clock[b] : entry)).filter((_, i) => i !== b),
        );
        expect(wrongAnswers(shorter, run)).toBeGreaterThan(0);
      }
    }
  });
});

it('no clock at all of two entries tells a crown of three nodes', () => {
  // Two entries order writes as two lists would; a crown of three is the meet of no two of its linear extensions.
  const before = (a: number, b: number) => a < 3 && b >= 3 && b - 3 !== a;
  const extensions = permutations([0, 1, 2, 3, 4, 5]).filter((list) =>
    list.every((b, place) => list.slice(place + 1).every((a) => !before(a, b))),
  );
  const places = extensions.map((list) => list.map((_, write) => list.indexOf(write)));
  const tells = (x: readonly number[], y: readonly number[]) => {
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        if (a !== b && (x[a] < x[b] && y[a] < y[b]) !== before(a, b)) return false;
      }
    }
    return true;
  };
  expect(extensions.length).toBeGreaterThan(1);
  expect(places.some((x) => places.some((y) => tells(x, y)))).toBe(false);
});

function permutations(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) =>
    permutations(list.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
