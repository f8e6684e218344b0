/** Programs in C++ with the standard library and without it: what the same machine can do. */
import type { Program } from '../model.ts';
import { Cxx } from '../tools.ts';
import { EXACT, type Finder } from './finder.ts';

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
      ['C++ tiled', cxx.build('cpp/heartbeat-tiled.cpp')],
    ] as const;
    return [
      ...queues.map(
        ([name, word]): Program => ({
          name,
          workload: 'hold',
          command: ({ n, amount }) => [hold, word, String(n), String(amount)],
          most: word === 'heap4' ? 1_000_000 : Infinity, // beyond, it costs what the binary heap does
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
      ...tables.map(
        ([name, program]): Program => ({
          name,
          workload: 'heartbeat',
          command: ({ n, amount }) => [program, String(n), String(amount)],
          exact: EXACT.heartbeat,
          version: `${version}; ${cxx.vectors()}`,
        }),
      ),
    ];
  },
};
