/** Our own programs, and the queues from npm that run under Node beside our queue. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIST } from '../../../src/experiment/package.ts';
import type { Program } from '../model.ts';
import { NotHere } from '../tools.ts';
import { EXACT, type Finder } from './finder.ts';

export const OURS = 'hearsay';

const script = (name: string, ...words: readonly (string | number)[]) => [
  process.execPath,
  join(DIST, 'bench', 'peers', 'ours', `${name}.js`),
  ...words.map(String),
];

const version = `Node ${process.version}`;

export const ours: readonly Program[] = [
  {
    name: OURS,
    workload: 'hold',
    command: ({ n, amount }) => script('hold', 'ladder', n, amount),
    exact: EXACT.hold,
    version,
  },
  {
    name: OURS,
    workload: 'push',
    command: ({ n }) => script('push', 'own', n),
    exact: [],
    proof: { exact: EXACT.push, command: ({ n }) => script('push', 'shared', n) },
    version,
  },
  {
    name: OURS,
    workload: 'heartbeat',
    command: ({ n, amount }) => script('heartbeat', n, amount),
    exact: [],
    version,
  },
];

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
