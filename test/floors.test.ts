/** The floors of docs/design.md: imports only go down, and chance and the outside world stay above the runner. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const FLOORS: Readonly<Record<string, number>> = {
  base: 0,
  engine: 1,
  network: 2,
  faults: 2,
  kernel: 2,
  detectors: 2,
  protocols: 3,
  metrics: 4,
  experiment: 5,
  report: 6,
  cli: 7,
  viewer: 7, // runs in a browser; of what is below it takes types, and numbers that it shows
};
/** These folders may touch files, workers and clocks. */
const OUTSIDE_WORLD = ['experiment', 'report', 'cli', 'viewer'];
const WORLDLY_MODULES = /^(node:)?(fs|worker_threads|child_process|os|process|perf_hooks)(\/|$)/;
const WORLDLY_WORDS = /\bMath\.random\b|\bDate\b|\bperformance\b|\bprocess\.(hrtime|env|argv)\b/;
const MOST_LINES = 260;

/** A folder of src/, or '' for a file in src/ itself, which stands above all: it is what the package exports. */
const folderOf = (path: string) => (path.includes('/') ? path.split('/')[0] : '');
const floorOf = (path: string) => (folderOf(path) === '' ? 8 : (FLOORS[folderOf(path)] ?? -1));

/** The code without its comments and texts, so that a word in either is no use of it. */
const bare = (code: string) =>
  code
    .replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

/** The modules that a file imports, exports from or loads. */
const importsOf = (code: string) =>
  [...code.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, module]) => module);

/** What a file breaks, each with the rule. */
function faultsOf(path: string, code: string): string[] {
  const faults: string[] = [];
  const folder = folderOf(path);
  if (floorOf(path) < 0) faults.push(`${path}: folder ${folder} has no floor in this test`);
  for (const module of importsOf(code)) {
    if (!module.startsWith('.')) {
      if (WORLDLY_MODULES.test(module) && !OUTSIDE_WORLD.includes(folder)) {
        faults.push(`${path} imports ${module}: only ${OUTSIDE_WORLD} may`);
      }
      continue;
    }
    const target = normalize(join(dirname(path), module));
    if (!module.endsWith('.ts')) faults.push(`${path} imports ${module}: must end in .ts`);
    if (folderOf(target) === folder) continue;
    if (floorOf(target) > floorOf(path)) faults.push(`${path} imports ${module}: imports go down`);
    if (floorOf(target) === floorOf(path)) {
      faults.push(`${path} imports ${module}: folders on one floor do not import each other`);
    }
  }
  const word = WORLDLY_WORDS.exec(bare(code));
  if (word !== null && !OUTSIDE_WORLD.includes(folder)) {
    faults.push(`${path} uses ${word[0]}: only ${OUTSIDE_WORLD} may`);
  }
  const lines = code.trimEnd().split('\n').length;
  if (lines > MOST_LINES) faults.push(`${path} has ${lines} lines: at most ${MOST_LINES}`);
  return faults;
}

describe('every file in src/', () => {
  const root = new URL('../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'));

  it('keeps the floors', () => {
    expect(files).toContain('engine/run.ts');
    const faults = files.flatMap((path) =>
      faultsOf(path, readFileSync(new URL(path, root), 'utf8')),
    );
    expect(faults).toEqual([]);
  });
});

describe('the check', () => {
  const cases: [string, string, string, string][] = [
    ['an import upwards', 'engine/a.ts', "import { x } from '../metrics/x.ts';", 'imports go down'],
    [
      'a type from above',
      'base/a.ts',
      "import type { X } from '../engine/x.ts';",
      'imports go down',
    ],
    ['an export from above', 'base/a.ts', "export * from '../cli/x.ts';", 'imports go down'],
    ['a module loaded late', 'base/a.ts', "await import('../cli/x.ts');", 'imports go down'],
    ['a neighbour', 'network/a.ts', "import '../faults/x.ts';", 'on one floor'],
    ['an import of src/ itself', 'cli/a.ts', "import '../index.ts';", 'imports go down'],
    ['a file system', 'engine/a.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ['workers', 'metrics/a.ts', "import { Worker } from 'node:worker_threads';", 'may'],
    ['chance', 'engine/a.ts', 'const x = Math.random();', 'uses Math.random'],
    ['a clock', 'base/a.ts', 'const x = new Date();', 'uses Date'],
    ['a folder without a floor', 'attic/a.ts', '', 'has no floor'],
    ['a long file', 'base/a.ts', 'x;\n'.repeat(261), '261 lines'],
  ];
  it.each(cases)('catches %s', (_what, path, code, sentence) => {
    expect(faultsOf(path, code).join('\n')).toContain(sentence);
  });

  it('lets pass what is allowed', () => {
    const code =
      "import { x } from '../../engine/x.ts';\nimport './own.ts'; // Date, Math.random\n";
    expect(faultsOf('protocols/broadcast/a.ts', code)).toEqual([]);
    expect(faultsOf('cli/a.ts', "import 'node:fs';\nconst t = Date.now();")).toEqual([]);
    expect(faultsOf('index.ts', "export * from './cli/x.ts';")).toEqual([]);
  });
});
