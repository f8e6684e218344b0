/** What the README and docs/ show: fenced blocks, and commands in running text. */
import { readdirSync, readFileSync } from 'node:fs';

export const DOCUMENTS: readonly string[] = [
  'README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

export interface Block {
  /** 'docs/tutorial.md:12': where it begins. */
  readonly at: string;
  /** What stands behind the fence: sh, js, yaml, text (the output of the block before), ... */
  readonly language: string;
  readonly text: string;
}

export function blocksIn(file: string): Block[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const blocks: Block[] = [];
  let start = -1;
  for (const [i, line] of lines.entries()) {
    if (!line.startsWith('```')) continue;
    if (start < 0) start = i;
    else {
      const [language, text] = [lines[start].slice(3), lines.slice(start + 1, i).join('\n')];
      blocks.push({ at: `${file}:${start + 1}`, language, text: `${text}\n` });
      start = -1;
    }
  }
  if (start >= 0) throw new Error(`${file}:${start + 1}: a block without an end`);
  return blocks;
}

/** The name in the first line of a block that is a file: '# cluster.yaml', '// mine.mjs N'. */
export const nameOf = ({ text }: Block): string | undefined =>
  /^(?:#|\/\/) ([\w.-]+\.(?:ya?ml|m?js))\b/.exec(text)?.[1];

/** The commands of a sh block, without comments; a backslash joins lines. */
export const linesOf = ({ text }: Block): string[] =>
  text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');

/** `npx hearsay ...` in running text. */
export function spokenCommands(file: string): string[] {
  const prose = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/`(npx hearsay [^`]+)`/g)].map(([, command]) =>
    command.replace(/\s+/g, ' '),
  );
}

/** 'a "b c" \'d\'' -> ['a', 'b c', 'd'], as a shell would. */
export const wordsOf = (command: string): string[] =>
  [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
