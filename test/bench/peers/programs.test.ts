import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { reportIn } from '../../../bench/peers/measure.ts';
import { findPrograms } from '../../../bench/peers/programs/index.ts';
import { ours, plain } from '../../../bench/peers/programs/ours.ts';
import { missingText } from '../../../bench/peers/table.ts';
import { Cxx, firstError, NotHere } from '../../../bench/peers/tools.ts';

describe('what is missing', () => {
  test('is said, and the rest goes on', () => {
    const nowhere = {
      programs: 'Some simulator',
      find: () => {
        throw new NotHere('it is not installed: a package brings it.');
      },
    };
    const here = { programs: 'Others', find: () => [{ ...ours[0], name: 'other' }] };
    const { programs, missing } = findPrograms('/nowhere', [nowhere, here]);
    expect(programs.map(({ name }) => name)).toEqual([...ours.map(({ name }) => name), 'other']);
    expect(missingText(missing)).toEqual([
      'Without Some simulator: it is not installed: a package brings it.',
    ]);
  });

  test('of a compiler that is not there the name is said, and the package', () => {
    process.env.CXX = 'no-such-compiler';
    try {
      expect(() => new Cxx('/nowhere')).toThrow(
        "there is no C++ compiler no-such-compiler: Debian's package g++ brings g++, or CXX names another.",
      );
    } finally {
      delete process.env.CXX;
    }
  });

  test('of what a compiler says the first error is shown', () => {
    const said =
      'In file included from a.cc:1:\na.cc:7:2: error: no such thing\na.cc:9: error: more';
    expect(firstError(said, '')).toBe('a.cc:7:2: error: no such thing');
    expect(firstError('killed\n', '')).toBe('killed');
    expect(firstError('', 'spawn ENOENT')).toBe('spawn ENOENT');
  });
});

describe('our programs compute with the shared luck what those in C++ print', () => {
  const program = (name: string) => ours.find(({ workload }) => workload === name)!;
  const check = ([file, ...words]: readonly string[]) =>
    reportIn(execFileSync(file, words, { encoding: 'utf8' })).check;

  test('push, 300 nodes', () => {
    const { proof } = program('push');
    const found = check(proof!.command({ workload: 'push', n: 300, amount: 0 }));
    expect(found).toEqual(PUSH);
  });

  test('heartbeat with typed arrays, 100 nodes for 10 s', () => {
    const typed = plain.find('').find(({ workload }) => workload === 'heartbeat')!;
    const found = check(typed.command({ workload: 'heartbeat', n: 100, amount: 10 }));
    expect(found).toMatchObject(HEARTBEAT);
  });

  test('merge, 1,000 entries, and so do typed arrays and Map', () => {
    const merges = [...ours, ...plain.find('')].filter(({ workload }) => workload === 'merge');
    for (const { command } of merges) {
      expect(check(command({ workload: 'merge', n: 1000, amount: 20 }))).toEqual(MERGE);
    }
  });

  test('two push epidemics in one process after five', () => {
    const { proof } = program('runs');
    const found = check(proof!.command({ workload: 'runs', n: 100, amount: 2 }));
    expect(found).toEqual(RUNS);
  });

  test('hold, 1,000 pending', () => {
    const found = check(program('hold').command({ workload: 'hold', n: 1000, amount: 10_000 }));
    expect(found).toEqual(HOLD);
  });
});

// As bench/peers/cpp/push.cpp and hold.cpp print them.
const PUSH = { events: 8936, reached: 300, last: 7_210_318 };
const HOLD = { time: 403_623_722, times: 4_016_236_045_196, order: 1_333_453_609 };
// As cpp/heartbeat-naive.cpp, cpp/merge.cpp and cpp/push.cpp with WARM and RUNS print them.
const HEARTBEAT = {
  events: 2997,
  merges: 1997,
  risen: 54_724,
  heartbeats: 791,
  times: 887_012_358,
};
const MERGE = { risen: 31_492, state: 17_668_568 };
const RUNS = { events: 5963, reached: 200, last: 11_294_717 };
