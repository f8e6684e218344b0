/** What a module exports, by its text: name, file and line of each declaration. No compiler is needed for that. */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Declaration {
  readonly name: string; // as it is exported
  readonly file: string;
  readonly line: number; // from 0
  /** The comment before it: '' if there is none. */
  readonly doc: string;
}

const DECLARED =
  /^(?:\/\*\* .* \*\/ )?export (?:declare )?(?:abstract )?(?:const|let|function\*?|class|interface|type) (\w+)/;

/** `a, type B, c as d` -> [['a', 'a'], ['B', 'B'], ['c', 'd']]. */
const namesIn = (list: string): (readonly [there: string, here: string])[] =>
  list
    .split(',')
    .map((one) => one.trim().replace(/^type /, ''))
    .filter((one) => one !== '')
    .map((one) => one.split(' as '))
    .map(([there, here = there]) => [there, here] as const);

/** Everything that `file` exports; namespaces (`export * as`) count with their own comment, and with what is in them. */
export function exportsOf(file: string, seen = new Map<string, Declaration[]>()): Declaration[] {
  const known = seen.get(file);
  if (known !== undefined) return known;
  const found: Declaration[] = [];
  seen.set(file, found);
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const at = (from: string) => normalize(join(dirname(file), from));
  for (const [line, content] of lines.entries()) {
    const name = DECLARED.exec(content)?.[1];
    if (name !== undefined) found.push({ name, file, line, doc: docBefore(lines, line) });
    const space = /^export \* as (\w+) from '(\.[^']+)'/.exec(content);
    if (space === null) continue;
    found.push({ name: space[1], file, line, doc: docBefore(lines, line) });
    for (const inside of exportsOf(at(space[2]), seen))
      found.push({ ...inside, name: `${space[1]}.${inside.name}` });
  }
  for (const [, from] of text.matchAll(/^export (?:type )?\* from '(\.[^']+)'/gm))
    found.push(...exportsOf(at(from), seen));
  for (const [, list, from] of text.matchAll(/^export (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm)) {
    const there = exportsOf(at(from), seen);
    for (const [name, here] of namesIn(list)) {
      const declaration = there.find((one) => one.name === name);
      if (declaration === undefined) throw new Error(`${file}: ${name} is not in ${from}`);
      found.push({ ...declaration, name: here });
    }
  }
  return found;
}

/** The text of the comment that ends in the line before. */
function docBefore(lines: readonly string[], line: number): string {
  const beside = /^\/\*\* (.*) \*\/ export /.exec(lines[line]);
  if (beside !== null) return beside[1];
  let start = line - 1;
  if (!lines[start]?.trimEnd().endsWith('*/')) return '';
  while (start >= 0 && !lines[start].trimStart().startsWith('/**')) start--;
  return lines
    .slice(start, line)
    .map((one) => one.replace(/^\s*(\/\*\*|\*\/|\*)|\*\/\s*$/g, '').trim())
    .join(' ')
    .trim();
}
