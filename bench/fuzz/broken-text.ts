/** Texts and bytes that are no scenario file, whatever is in them. */
import type { Luck } from '../../src/experiment/hunt/luck.ts';
import type { Tree } from '../../src/experiment/hunt/plain.ts';

export type Bytes = string | Uint8Array;

const utf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** Ten anchors, each ten times the one before. */
const bomb = (): string =>
  Array.from({ length: 10 }, (_, i) => {
    const of = i === 0 ? 'lol' : Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ');
    return `a${i}: &a${i} [${of}]`;
  }).join('\n');

const cut = (text: string, luck: Luck): string => text.slice(0, 1 + luck.below(text.length - 2));

/** By what is wrong with them. `yaml` is a valid file of that tree. */
export const BROKEN: Readonly<Record<string, (yaml: string, tree: Tree, luck: Luck) => Bytes>> = {
  'a JSON file that is cut off': (_, tree, luck) => cut(JSON.stringify(tree), luck),
  'a key that is there twice': (yaml, tree, luck) =>
    `${yaml}\n${luck.pick(Object.keys(tree))}: 1\n`,
  'a quote that is left open': (yaml) => `${yaml}about2: "never closed\n`,
  'a bracket that is left open': (yaml) => `${yaml}about2: [1, 2\n`,
  'a bracket too many': (_, tree) => `${JSON.stringify(tree)}]`,
  'a tab for an indent': (yaml) => `${yaml}overlay2:\n\tgraph: ring\n`,
  'a key without a colon': (yaml) => `${yaml}nodes 17\n`,
  nothing: () => '',
  'blanks only': () => ' \n\n   \n',
  'comments only': () => '# nodes: 3\n# duration: 1s\n',
  'one word': () => 'hello',
  'a list': (yaml) => `- ${yaml.replaceAll('\n', '\n  ')}`,
  null: () => 'null\n',
  junk: (_, __, luck) => Uint8Array.from({ length: 1 + luck.below(300) }, () => luck.below(256)),
  'junk in the middle': (yaml, _, luck) =>
    Buffer.concat([
      Buffer.from(`${yaml}x: `),
      Uint8Array.from({ length: 20 }, () => 128 + luck.below(128)),
    ]),
  'a zero byte': (yaml) => `${yaml}about2: a\u0000b\n`,
  'Latin-1': (yaml) => Buffer.from(`${yaml}# d\u00e9tection\n`, 'latin1'),
  'UTF-16, little end first': (yaml) => utf16(yaml, 'le'),
  'UTF-16, big end first': (yaml) => utf16(yaml, 'be'),
  'an alias': (yaml) => `${yaml}a2: &a 1\nb2: *a\n`,
  'an alias to nothing': (yaml) => `${yaml}b2: *nobody\n`,
  'a bomb of aliases': () => bomb(),
  'a merge': (yaml) => `x2: &x {nodes: 3}\n<<: *x\n${yaml}`,
  'a bomb of merges': (yaml) => `${yaml}<<: [${'{<<: {a: 1}}, '.repeat(1000)}]\n`,
  'deep brackets': (yaml, _, luck) => `${yaml}a2: ${'['.repeat(10 ** luck.below(5))}`,
  'deep brackets that close': (yaml, _, luck) => {
    const depth = 10 ** luck.below(5);
    return `${yaml}a2: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
  },
  'deep records': (yaml, _, luck) => {
    const depth = 10 ** luck.below(4);
    return `${yaml}a2: ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}\n`;
  },
  'two documents': (yaml) => `${yaml}---\n${yaml}`,
  'a huge number of nodes': (yaml) => yaml.replace(/^nodes: .*$/m, 'nodes: 1e400'),
  'a longer number of nodes': (yaml) => yaml.replace(/^nodes: .*$/m, `nodes: ${'9'.repeat(400)}`),
  'a huge duration': (yaml) => yaml.replace(/^duration: .*$/m, 'duration: 1e308d'),
  'a tag of a language': (yaml) => `${yaml}about2: !!js/function 'x'\n`,
  'a record for a key': (yaml) => `${yaml}? {a: 1}\n: 2\n`,
  'a key that is a number': (yaml) => `${yaml}17: 2\n`,
  'a key of objects': (yaml) => `${yaml}__proto__: {nodes: 3}\n`,
  'another key of objects': (yaml) => `${yaml}constructor: 3\ntoString: 4\n`,
  'a directive that is none': (yaml) => `%NOSUCH 1\n---\n${yaml}x2: 1\n`,
};
