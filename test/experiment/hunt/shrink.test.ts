/** Shrinking: what is found is smaller, still shows it, and cannot be made smaller. */
import { describe, expect, it } from 'vitest';
import {
  duration,
  list,
  nodes,
  type RecordKind,
  share,
  whole,
  word,
} from '../../../src/base/kinds.ts';
import { shrink } from '../../../src/experiment/hunt/shrink.ts';
import { smaller, within } from '../../../src/experiment/hunt/smaller.ts';

const key = { about: '' };
const KIND: RecordKind = {
  is: 'record',
  keys: {
    p: { ...key, kind: share, required: true },
    phase: { ...key, kind: word('a', 'b') },
    faults: {
      ...key,
      kind: list({
        is: 'tagged',
        tag: 'fault',
        of: {
          crash: { about: '', keys: { nodes: { ...key, kind: nodes, required: true } } },
          pause: { about: '', keys: { lasts: { ...key, kind: duration(), required: true } } },
        },
      }),
    },
    k: { ...key, kind: whole(1) },
  },
};
type Value = Record<string, unknown> & { faults?: { fault: string; lasts?: string }[] };

describe('shrink', () => {
  it('drops what is not needed, and lowers what is', async () => {
    const start: Value = {
      ...{ p: 0.7, phase: 'b', k: 9 },
      faults: [{ fault: 'crash' }, { fault: 'pause', lasts: '40s' }],
    };
    const lasting = ({ faults = [] }: Value) =>
      faults.find(({ fault }) => fault === 'pause')?.lasts;
    const { value } = await shrink<Value>(
      start,
      (of) => smaller(KIND, of) as Iterable<Value>,
      (of) => Number.parseFloat(lasting(of) ?? '0') >= 3 && lasting(of)!.endsWith('s'),
      async (tried) => tried < 500,
    );
    expect(value).toMatchObject({ p: 0, faults: [{ fault: 'pause' }] });
    expect(Object.keys(value)).toEqual(['p', 'faults']);
    expect(Number.parseFloat(lasting(value)!)).toBeLessThan(40);
  });

  it('tries no more than it may, and nothing twice', async () => {
    const seen: string[] = [];
    const { tried } = await shrink(
      8,
      (n) => [n - 1, n - 1, n - 2],
      (n) => {
        seen.push(String(n));
        return n > 2;
      },
      async (tried) => tried < 5,
    );
    expect([tried, seen.length, new Set(seen).size]).toEqual([5, 5, 5]);
  });
});

it('nodes are kept within fewer', () => {
  const of = (value: unknown) => within(nodes, value, 4);
  expect([
    of(9),
    of('2-9'),
    of([1, 7, 9]),
    of({ count: 9 }),
    of('all'),
    of({ share: 0.5 }),
  ]).toEqual([...[3, '2-3', [1, 3], { count: 4 }, 'all', { share: 0.5 }]]);
});
