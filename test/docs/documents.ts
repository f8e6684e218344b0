/** Runs a document as its reader would: its files are written, its commands run one after another in one folder. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Block, blocksIn, linesOf, nameOf, wordsOf } from './blocks.ts';
import { FOREIGN, INSTEAD, SLOW, WITH } from './exceptions.ts';

const MAIN = resolve('dist/src/cli/main.js');

/** A folder of a user who has installed the package, and taken its examples along. */
export function userFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearsay-docs-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'hearsay'), 'dir');
  symlinkSync(resolve('experiments'), join(folder, 'experiments'), 'dir');
  cpSync(resolve('results/fanout'), join(folder, 'results/fanout'), { recursive: true }); // a copy: some write there
  return folder;
}

export interface Ran {
  readonly at: string;
  readonly command: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is to run of a command line, or nothing. */
function programOf(line: string): [program: string, ...args: string[]] | undefined {
  const [program, name, ...words] = wordsOf(line);
  if (program === 'npx' && name === 'hearsay') {
    const [instead] = INSTEAD[line] ?? [];
    if (instead === 'options') return undefined;
    return [MAIN, ...words, ...(instead === 'dry-run' ? ['--dry-run'] : [])];
  }
  if (program === 'node' && FOREIGN[line] === undefined) return [name, ...words];
  return undefined;
}

/** A document's sh blocks and files in their order; `slow`: also what takes long. */
export function runDocument(file: string, folder: string, slow: boolean): Ran[] {
  const ran: Ran[] = [];
  for (const block of blocksIn(file)) {
    if (block.language === 'yaml')
      writeFileSync(join(folder, nameOf(block) ?? 'cluster.yaml'), block.text);
    if (block.language === 'js') writeFileSync(join(folder, scriptName(block)), block.text);
    if (block.language !== 'sh') continue;
    for (const line of linesOf(block)) {
      const program = SLOW.includes(line) && !slow ? undefined : programOf(line);
      if (program !== undefined) ran.push({ ...run(program, folder), at: block.at, command: line });
    }
  }
  return ran;
}

export const scriptName = (block: Block): string => nameOf(block) ?? 'mine.mjs';

/** The scripts of a document, each by itself. */
export function runScripts(file: string, folder: string): Ran[] {
  return blocksIn(file)
    .filter(({ language }) => language === 'js')
    .map((block) => {
      const name = scriptName(block);
      writeFileSync(join(folder, name), block.text);
      const args = [name, ...(WITH[name] ?? [])];
      return { ...run(args, folder), at: block.at, command: `node ${args.join(' ')}` };
    });
}

function run(args: readonly string[], cwd: string): Pick<Ran, 'code' | 'stdout' | 'stderr'> {
  const { HEARSAY_DEBUG: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Each text block with the output of the sh or js block before it. */
export function promised(file: string): { at: string; by: string; lines: string[] }[] {
  const blocks = blocksIn(file);
  return blocks.flatMap(({ at, language, text }, i) =>
    language === 'text' && i > 0
      ? [{ at, by: blocks[i - 1].at, lines: text.split('\n').map((line) => line.trimEnd()) }]
      : [],
  );
}

/** The first line that the output does not have, after those before it; '...' stands for any lines. */
export function firstMissing(lines: readonly string[], output: string): string | undefined {
  const has = output.split('\n').map((line) => line.trimEnd());
  let next = 0;
  for (const line of lines) {
    if (line === '' || line.trim() === '...') continue;
    const found = has.indexOf(line, next);
    if (found < 0) return line;
    next = found + 1;
  }
  return undefined;
}
