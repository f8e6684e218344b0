/** As a library: the packed tarball in an empty project, used from JavaScript, from TypeScript and by its command. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blocksIn } from './blocks.ts';

let project: string;
const inProject = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: project, encoding: 'utf8' });

/** Installs the tarball; from the cache alone, as nothing here may hang on a registry. Where it lacks packages they are linked. */
function install(tarball: string): void {
  try {
    inProject('npm', 'install', '--offline', '--omit=dev', '--ignore-scripts', tarball);
  } catch {
    const home = join(project, 'node_modules', 'hearsay');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
    symlinkSync(resolve('node_modules'), join(home, 'node_modules'), 'dir');
    mkdirSync(join(project, 'node_modules', '.bin'));
    const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    symlinkSync(join(home, bin.hearsay), join(project, 'node_modules', '.bin', 'hearsay'));
  }
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'hearsay-package-'));
  const packed = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', project],
    { encoding: 'utf8' },
  );
  const [{ filename }] = JSON.parse(packed);
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "type": "module" }\n');
  install(join(project, filename));
}, 300_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("the README's protocol runs", () => {
  const [code] = blocksIn('README.md').filter(({ language }) => language === 'js');
  writeFileSync(join(project, 'mine.js'), code.text);
  expect(inProject('node', 'mine.js')).toMatch(
    /^\d+(\.\d+)? ms to 99 % \d+ messages [0-9a-f]{16}\n$/,
  );
});

test('TypeScript knows its types, also when it is strict', () => {
  const right = `
import { complete, constant, coverage, covered, type Outcome, push, simulate } from 'hearsay';
const spread = coverage({ n: 100 });
const outcome: Outcome = simulate({
  seed: 'typed', n: 100, protocol: push({ fanout: 2 }), observers: [spread], stop: covered, overlay: complete,
  link: constant({ ms: 20 }), rounds: { periodMs: 1000, phase: 'random' },
  workload: [{ atMs: 0, node: 0, input: 0 }], horizonMs: 60_000,
});
const late: number | null = spread.timeTo(0.99);
console.log(late, outcome.traffic.sent);
`;
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  const tsc = (file: string) =>
    inProject(resolve('node_modules/.bin/tsc'), ...options, '--types', '', file);
  writeFileSync(join(project, 'right.ts'), right);
  expect(tsc('right.ts')).toBe('');
  writeFileSync(join(project, 'wrong.ts'), right.replace('fanout: 2', "fanout: '2'"));
  expect(() => tsc('wrong.ts')).toThrow();
});

test('its command lists experiments, runs one of them, and a scenario', () => {
  expect(inProject('npx', '--no-install', 'hearsay', 'list')).toContain('push-rounds');
  expect(inProject('npx', '--no-install', 'hearsay', 'run', 'push-rounds', '--dry-run')).toContain(
    'cells',
  );
  cpSync('experiments/scenarios/push.yaml', join(project, 'push.yaml'));
  expect(inProject('npx', '--no-install', 'hearsay', 'simulate', 'push.yaml')).toContain(
    'to_99_ms',
  );
});
