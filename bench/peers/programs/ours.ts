/** Our own programs, and the queues from npm that run under Node beside our queue. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIST } from '../../../src/experiment/package.ts';
import type { Program } from '../model.ts';
import { NotHere } from '../tools.ts';
import { EXACT, type Finder, runsOf } from './finder.ts';

export const OURS = 'hearsay';

const script = (name: string, ...words: readonly (string | number)[]) => [
  process.execPath,
  join(DIST, 'bench', 'peers', 'ours', `${name}.js`),
  ...words.map(String),
];

const version = `Node ${process.version}`;

const own = { name: OURS, exact: [], version };

export const ours: readonly Program[] = [
  {
    ...own,
    workload: 'hold',
    command: ({ n, amount }) => script('hold', 'ladder', n, amount),
    exact: EXACT.hold,
  },
  {
    ...own,
    workload: 'push',
    command: ({ n }) => script('push', 'own', n),
    proof: { exact: EXACT.push, command: ({ n }) => script('push', 'shared', n) },
  },
  {
    ...own,
    workload: 'runs',
    command: (of) => script('push', 'own', ...runsOf(of)),
    proof: { exact: EXACT.push, command: (of) => script('push', 'shared', ...runsOf(of)) },
  },
  {
    ...own,
    workload: 'heartbeat',
    command: ({ n, amount }) => script('heartbeat', n, amount),
  },
  {
    ...own,
    workload: 'merge',
    command: ({ n, amount }) => script('merge', 'kernel', n, amount),
    exact: EXACT.merge,
  },
  { ...own, workload: 'cassandra', command: ({ n, amount }) => script('cassandra', n, amount) },
  { ...own, workload: 'memberlist', command: ({ n, amount }) => script('memberlist', n, amount) },
  {
    ...own,
    workload: 'workers',
    command: ({ n, amount }) => script('workers', 2, n, amount),
    exact: ['rows'],
  },
];

/** What one writes first, under Node as ours; and ours on one worker. */
export const plain: Finder = {
  programs: 'plain programs under Node',
  find: () => [
    {
      name: 'typed arrays',
      workload: 'heartbeat',
      command: ({ n, amount }) => script('heartbeat-plain', n, amount),
      most: 10_000,
      slowFrom: 10_000,
      exact: EXACT.heartbeat,
      version,
    },
    {
      name: 'typed arrays',
      workload: 'merge',
      command: ({ n, amount }) => script('merge', 'arrays', n, Math.ceil(amount / 10)),
      exact: EXACT.merge,
      version,
    },
    {
      name: 'Map',
      workload: 'merge',
      command: ({ n, amount }) => script('merge', 'map', n, Math.ceil(amount / 200)),
      exact: EXACT.merge,
      version,
    },
    {
      name: 'hearsay, times of news read, too',
      workload: 'heartbeat',
      command: ({ n, amount }) => script('heartbeat', n, amount, 'times'),
      most: 10_000,
      exact: [],
      version,
    },
    {
      name: 'hearsay, one worker',
      workload: 'workers',
      command: ({ n, amount }) => script('workers', 1, n, amount),
      exact: ['rows'],
      version,
    },
  ],
};

/** Neither keeps the order of simultaneous events. */
export const npmQueues: readonly Finder[] = [npmQueue('flatqueue'), npmQueue('tinyqueue')];

function npmQueue(name: string): Finder {
  return {
    programs: `npm ${name}`,
    find: () => [
      {
        name: `npm ${name}`,
        workload: 'hold',
        command: ({ n, amount }) => script('hold', name, n, amount),
        most: 1_000_000, // ten times as many take half a minute a run, and show the same
        slowFrom: name === 'tinyqueue' ? 100_000 : Infinity,
        exact: ['time', 'times'],
        version: `${name} ${npmVersion(name)}`,
      },
    ],
  };
}

function npmVersion(name: string): string {
  try {
    const manifest = manifestOf(fileURLToPath(import.meta.resolve(name)));
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  } catch {
    throw new NotHere(`it is not installed: npm install --no-save ${name} brings it.`);
  }
}

/** Of the package that a file belongs to. */
function manifestOf(file: string): string {
  const folder = dirname(file);
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) || folder === file ? manifest : manifestOf(folder);
}
