import { describe, expect, test } from 'vitest';
import { type Checked, inequalities, unsteady } from '../../../bench/peers/check.ts';
import type { Program, Run } from '../../../bench/peers/model.ts';

const checked = (
  name: string,
  exact: readonly string[],
  check: Readonly<Record<string, number>>,
): Checked => ({ name, exact, check });

const ours = checked('ours', [], { events: 1000, last: 5 });
const COUNTS = ['events'];

describe('work is equal', () => {
  test('where counts differ by less than 1 %, and nothing is shared', () => {
    const other = checked('other', [], { events: 1009, last: 50 });
    expect(inequalities([ours, other], COUNTS)).toEqual([]);
  });

  test('where those with the shared luck agree exactly, in the fields that both claim', () => {
    const a = checked('A', ['events', 'last'], { events: 1001, last: 7 });
    const b = checked('B', ['events'], { events: 1001, last: 8 });
    expect(inequalities([ours, a, b], COUNTS)).toEqual([]);
  });
});

describe('work is not equal', () => {
  test('where counts differ by more', () => {
    const other = checked('other', [], { events: 1011, last: 5 });
    expect(inequalities([ours, other], COUNTS)).toEqual([
      {
        name: 'other',
        why: 'events is 1011, and that of ours 1000: they may differ by 1 %.',
      },
    ]);
  });

  test('where those with the shared luck differ at all', () => {
    const a = checked('A', ['events'], { events: 1000 });
    const b = checked('B', ['events'], { events: 1001 });
    expect(inequalities([ours, a, b], COUNTS)).toEqual([
      { name: 'B', why: 'events is 1001, and that of A 1000: they must be equal.' },
    ]);
  });

  test('where a count is missing', () => {
    const other = checked('other', [], { last: 5 });
    expect(inequalities([ours, other], COUNTS)).toHaveLength(1);
  });

  test('where our proof with the shared luck differs', () => {
    const a = checked('A', ['last'], { events: 1000, last: 7 });
    const proof = checked('ours', ['last'], { events: 1000, last: 6 });
    expect(inequalities([ours, a, proof], COUNTS)).toEqual([
      { name: 'ours', why: 'last is 6, and that of A 7: they must be equal.' },
    ]);
  });
});

test('a program that computes something else in another round is caught', () => {
  const run = (events: number): Run => ({
    cpu_s: 1,
    units: 1,
    peak_mb: 1,
    process_s: 1,
    check: { events },
  });
  const program = { name: 'A' } as Program;
  expect(unsteady({ program, runs: [run(1), run(1)] })).toEqual([]);
  expect(unsteady({ program, runs: [run(1), run(1), run(2)] })).toEqual([
    'it computed {"events":1}, and in another round {"events":2}.',
  ]);
});
