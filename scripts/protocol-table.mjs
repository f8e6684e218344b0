/**
 * The protocols: paper, file, lines, and the experiments in which they run. What an experiment runs is read from the sources:
 * the factories that it imports, or that what it imports from src/experiment imports.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { protocols } from '../dist/src/protocols/registry.js';

const PROTOCOLS = 'src/protocols';
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const byFactory = new Map(Object.keys(protocols).map((name) => [camel(name), name]));
const byFile = new Map(
  Object.entries(protocols).map(([name, { file }]) => [join(PROTOCOLS, file), name]),
);

const texts = new Map();
function read(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(file, 'utf8'));
  return texts.get(file);
}

/** `a, type B, c as d` -> [['a', 'a'], ['c', 'd']]: what is no type, by its name there and here. */
const valuesIn = (list) =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('type '))
    .map((one) => one.split(' as '))
    .map(([there, here = there]) => [there, here]);

/** The values that a file imports (or exports from elsewhere): [name there, name here, file]. */
function linksOf(file, word) {
  const pattern = new RegExp(`^${word} \\{([^}]*)\\} from '(\\.[^']+)'`, 'gm');
  return [...read(file).matchAll(pattern)].flatMap(([, list, from]) =>
    valuesIn(list).map(([there, here]) => [there, here, normalize(join(dirname(file), from))]),
  );
}

/** The file that declares what `file` exports under that name; undefined if it does not. */
function declaring(file, name) {
  const text = read(file);
  if (
    new RegExp(`^export (const|let|function\\*?|class|async function) ${name}\\b`, 'm').test(text)
  )
    return file;
  for (const [there, here, from] of linksOf(file, 'export'))
    if (here === name) return declaring(from, there);
  for (const [, from] of text.matchAll(/^export \* from '(\.[^']+)'/gm)) {
    const found = declaring(normalize(join(dirname(file), from)), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Adds to `used` the protocols whose factories the file imports, or whatever it imports from src/experiment does. */
function collect(file, used, seen = new Set()) {
  if (seen.has(file)) return used;
  seen.add(file);
  for (const [there, , from] of linksOf(file, 'import')) {
    const home = declaring(from, there);
    if (home === undefined) continue; // a namespace, such as faults
    const factory = byFactory.get(there.replace(/On$/, ''));
    if (home === join(PROTOCOLS, 'checked.ts') && factory !== undefined) used.add(factory);
    else if (byFile.has(home) && byFactory.get(there.replace(/On$/, '')) === byFile.get(home))
      used.add(byFile.get(home));
    else if (home.startsWith('src/experiment/')) collect(home, used, seen);
  }
  return used;
}

/** The file, or the folder that is called after the protocol; its lines, comments included. */
function sizeOf(file) {
  const [folder, main] = file.split('/');
  const whole = main === `${folder}.ts`;
  const others = Object.values(protocols).map((entry) => entry.file);
  const files = whole
    ? readdirSync(join(PROTOCOLS, folder), { recursive: true })
        .map((name) => `${folder}/${name}`)
        .filter((name) => name.endsWith('.ts') && (name === file || !others.includes(name)))
    : [file];
  const lines = files
    .filter((name) => statSync(join(PROTOCOLS, name)).isFile())
    .reduce((sum, name) => sum + read(join(PROTOCOLS, name)).split('\n').length - 1, 0);
  return { path: `${PROTOCOLS}/${whole ? `${folder}/` : file}`, lines };
}

/** [{ name, about, source, path, lines, experiments }], in the order of the registry. */
export function protocolRows() {
  const uses = readdirSync('experiments')
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file.slice(0, -3), collect(`experiments/${file}`, new Set())]);
  return Object.entries(protocols).map(([name, { about, source, file }]) => ({
    name,
    about,
    source,
    ...sizeOf(file),
    experiments: uses
      .filter(([, used]) => used.has(name))
      .sort(([, a], [, b]) => a.size - b.size) // those about nothing else first
      .map(([experiment]) => experiment),
  }));
}

const table = (head, body) =>
  `${[head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;

const link = (text, target) => `[${text}](${target})`;
const FEW = 3; // experiments, in the README

/** For README.md. */
export const readmeProtocols = (rows) =>
  table(
    ['protocol', 'source', 'lines', 'experiments ([all](docs/protocols.md))'],
    rows.map(({ name, source, path, lines, experiments }) => [
      link(name, path),
      source,
      lines.toLocaleString('en-US'),
      experiments.slice(0, FEW).join(', ') +
        (experiments.length > FEW ? ` and ${experiments.length - FEW} more` : ''),
    ]),
  );

/** For docs/protocols.md. */
export const allProtocols = (rows) =>
  table(
    ['protocol', 'what', 'source', 'file', 'lines', 'experiments'],
    rows.map(({ name, about, source, path, lines, experiments }) => [
      name,
      about,
      source,
      link(path.slice(PROTOCOLS.length + 1), `../${path}`),
      lines.toLocaleString('en-US'),
      experiments.map((experiment) => link(experiment, `../results/${experiment}/`)).join(', '),
    ]),
  );
