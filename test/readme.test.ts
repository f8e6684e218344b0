/** What the README shows works: its code runs, its commands exist, its claims are those of the results. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { suites } from '../src/experiment/suites.ts';

const readme = readFileSync('README.md', 'utf8');
const node = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8' });

test('the protocol of one screen runs as it stands, as a user of the package would write it', () => {
  const [, code] = /```js\n([\s\S]*?)```/.exec(readme)!;
  const file = 'test/readme-example.mjs'; // in the package, so that it can import itself by name
  writeFileSync(file, code);
  try {
    expect(node(file)).toMatch(/^\d+(\.\d+)? ms to 99 % \d+ messages [0-9a-f]{16}\n$/);
  } finally {
    rmSync(file);
  }
});

/** Verbs that are followed by names; others by files, folders, or a command. */
const NAMED = ['run', 'list', 'reproduce', 'bench', 'detect'];

test('its commands are known, and so are the experiments and options in them', () => {
  const commands = [...readme.matchAll(/npx hearsay ([^`\n#]+)/g)].map(([, rest]) =>
    rest.trim().split(/\s+/),
  );
  expect(commands.length).toBeGreaterThan(5);
  const help = node('dist/src/cli/main.js', '--help');
  const experiments = JSON.parse(node('dist/src/cli/main.js', 'list', '--format', 'json')) as {
    name: string;
  }[];
  const names = [...experiments.map(({ name }) => name), ...Object.keys(suites), 'detectors'];
  const helps = new Map<string, string>(); // by verb
  for (const [verb] of commands) {
    if (!helps.has(verb)) helps.set(verb, node('dist/src/cli/main.js', verb, '--help'));
  }
  for (const [verb, ...rest] of commands) {
    expect(help).toContain(`hearsay ${verb}`);
    const verbHelp = helps.get(verb)!;
    for (const [i, word] of rest.entries()) {
      const takesIt = new RegExp(`${rest[i - 1]} +[A-Z]+: `).test(verbHelp); // the option before it, as its value
      if (word.startsWith('--')) expect(verbHelp).toContain(word);
      else if (NAMED.includes(verb) && /^[a-z][a-z-]+$/.test(word) && !takesIt)
        expect(names).toContain(word);
    }
  }
});

test('its links lead somewhere', () => {
  for (const [, target] of readme.matchAll(/\]\(([^)#]+)\)/g)) {
    if (!target.startsWith('http')) expect(existsSync(target), target).toBe(true);
  }
});

test('what is written into it and into docs/ by npm run readme is as it would be written', () => {
  expect(node('scripts/update-readme.mjs', '--check')).toBe('');
});

test('every experiment runs a protocol of the table', () => {
  const table = readFileSync('docs/protocols.md', 'utf8');
  const experiments = readdirSync('experiments').filter((file) => file.endsWith('.ts'));
  expect(experiments.length).toBeGreaterThan(50);
  for (const file of experiments) expect(table).toContain(`[${file.slice(0, -'.ts'.length)}](`);
});
