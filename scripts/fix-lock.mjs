#!/usr/bin/env node
/**
 * Adds to package-lock.json the optional packages for other platforms that npm leaves out when the registry it asked
 * did not serve them. Without them `npm ci` calls the lock file out of sync, here and on every other platform.
 * Run it after every change of the lock file: `npm run lock`. `--check` changes nothing and fails if any is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = [
  'android',
  'darwin',
  'linux',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
];
const PROCESSORS = {
  gnueabihf: 'arm',
  armv7: 'arm',
  arm64: 'arm64',
  arm: 'arm',
  x64: 'x64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
};

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const packages = lock.packages;

/** The os, cpu and libc fields that a package called like this declares: '@x/y-linux-arm64-musl'. */
function platformOf(name) {
  const words = name.split('/').pop().split(/[-._]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS[Object.keys(PROCESSORS).find((processor) => words.includes(processor))];
  const libc = words.includes('musl')
    ? 'musl'
    : words.includes('gnu') && os === 'linux'
      ? 'glibc'
      : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) };
}

/** Whether `name` is found from the package at `path`, by node's rule: here or in a folder above. */
function resolves(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}

const added = [];
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
  if (path === '') continue;
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (resolves(path, name)) continue;
    const version = range.match(/\d+\.\d+\.\d+[\w.+-]*/)?.[0];
    const platform = platformOf(name);
    if (!version || (!platform.os && !platform.cpu))
      throw new Error(`fix-lock: cannot tell the platform of ${name}@${range}`);
    packages[`node_modules/${name}`] = {
      version,
      ...(dev && { dev }),
      optional: true,
      ...platform,
    };
    added.push(name);
  }
}
if (process.argv.includes('--check')) {
  if (added.length > 0) {
    console.error(
      `${FILE} lacks ${added.length} packages of other platforms (${added[0]} ...); run: npm run lock`,
    );
    process.exit(1);
  }
} else {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.error(`fix-lock: ${added.length} packages of other platforms added`);
}
