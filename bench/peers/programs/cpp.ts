/** Programs in C++ with the standard library and without it: what the same machine can do. */
import type { Program } from '../model.ts';
import { Cxx } from '../tools.ts';
import { EXACT, type Finder, runsOf } from './finder.ts';

export const cpp: Finder = {
  programs: 'C++ programs',
  find(folder) {
    const cxx = new Cxx(folder);
    const version = cxx.version();
    const queues = [
      ['C++ priority_queue', 'standard'],
      ['C++ 4-ary heap', 'heap4'],
      ['C++ ladder, told', 'ladder'],
    ] as const;
    const hold = cxx.build('cpp/hold.cpp');
    const push = cxx.build('cpp/push.cpp');
    const tables = [
      ['C++ plain', cxx.build('cpp/heartbeat-naive.cpp')],
      [`C++ tiled, ${cxx.vectors()}`, cxx.build('cpp/heartbeat-tiled.cpp')],
    ] as const;
    const merge = cxx.build('cpp/merge.cpp');
    return [
      ...queues.map(
        ([name, word]): Program => ({
          name,
          workload: 'hold',
          command: ({ n, amount }) => [hold, word, String(n), String(amount)],
          most: word === 'heap4' ? 1_000_000 : Infinity, // beyond, it costs what the binary heap does
          slowFrom: word === 'standard' ? 10_000_000 : Infinity,
          exact: EXACT.hold,
          version,
        }),
      ),
      ...queues
        .filter(([, word]) => word !== 'heap4')
        .map(
          ([name, word]): Program => ({
            name,
            workload: 'push',
            command: ({ n }) => [push, word, String(n)],
            exact: EXACT.push,
            version,
          }),
        ),
      ...queues
        .filter(([, word]) => word !== 'heap4')
        .map(
          ([name, word]): Program => ({
            name,
            workload: 'runs',
            command: (of) => [push, word, ...runsOf(of)],
            exact: EXACT.push,
            version,
          }),
        ),
      ...tables.map(
        ([name, program]): Program => ({
          name,
          workload: 'heartbeat',
          command: ({ n, amount }) => [program, String(n), String(amount)],
          most: name === 'C++ plain' ? 10_000 : Infinity, // ten times as many take 120 GB
          exact: EXACT.heartbeat,
          version: `${version}; ${cxx.vectors()}`,
        }),
      ),
      {
        name: `C++ bytes, ${cxx.vectors()}`,
        workload: 'merge',
        command: ({ n, amount }) => [merge, String(n), String(amount)],
        exact: EXACT.merge,
        version,
      },
    ];
  },
};
