/** Programs in C++ with the standard library and without it: what the same machine can do. */
import type { Program } from '../model.ts';
import { Cxx } from '../tools.ts';
import { EXACT, type Finder, runsOf } from './finder.ts';

const HEAP = ['C++ priority_queue', 'standard'] as const;
const FOUR = ['C++ 4-ary heap', 'heap4'] as const;
const LADDER = ['C++ ladder, told', 'ladder'] as const;

export const cpp: Finder = {
  programs: 'C++ programs',
  find(folder) {
    const cxx = new Cxx(folder);
    return [...holds(cxx), ...epidemics(cxx), ...tables(cxx), merges(cxx)];
  },
};

function holds(cxx: Cxx): Program[] {
  const hold = cxx.build('cpp/hold.cpp');
  return [HEAP, FOUR, LADDER].map(([name, word]) => ({
    name,
    workload: 'hold',
    command: ({ n, amount }) => [hold, word, String(n), String(amount)],
    most: word === 'heap4' ? 1_000_000 : Infinity, // beyond, it costs what the binary heap does
    slowFrom: word === 'standard' ? 10_000_000 : Infinity,
    exact: EXACT.hold,
    version: cxx.version(),
  }));
}

function epidemics(cxx: Cxx): Program[] {
  const push = cxx.build('cpp/push.cpp');
  const common = { exact: EXACT.push, version: cxx.version() };
  return [HEAP, LADDER].flatMap(([name, word]): Program[] => [
    { ...common, name, workload: 'push', command: ({ n }) => [push, word, String(n)] },
    { ...common, name, workload: 'runs', command: (of) => [push, word, ...runsOf(of)] },
  ]);
}

function tables(cxx: Cxx): Program[] {
  const plain = cxx.build('cpp/heartbeat-naive.cpp');
  const tiled = cxx.build('cpp/heartbeat-tiled.cpp');
  const common = {
    workload: 'heartbeat',
    exact: EXACT.heartbeat,
    version: `${cxx.version()}; ${cxx.vectors()}`,
  } as const;
  return [
    {
      ...common,
      name: 'C++ plain',
      command: ({ n, amount }) => [plain, String(n), String(amount)],
      most: 10_000, // ten times as many take 120 GB
    },
    {
      ...common,
      name: `C++ tiled, ${cxx.vectors()}`,
      command: ({ n, amount }) => [tiled, String(n), String(amount)],
    },
  ];
}

function merges(cxx: Cxx): Program {
  const merge = cxx.build('cpp/merge.cpp');
  return {
    name: `C++ bytes, ${cxx.vectors()}`,
    workload: 'merge',
    command: ({ n, amount }) => [merge, String(n), String(amount)],
    exact: EXACT.merge,
    version: `${cxx.version()}; ${cxx.vectors()}`,
  };
}
