/** Every name that a program can import says what it is. */
import { expect, test } from 'vitest';
import { exportsOf } from './exports.ts';

const all = exportsOf('src/index.ts');

test('finds what a program imports', async () => {
  const built = await import('../../dist/src/index.js');
  const values = Object.keys(built);
  const names = new Set(all.map(({ name }) => name));
  expect(values.length).toBeGreaterThan(300);
  for (const name of values) expect(names).toContain(name);
});

test('every exported name has a docstring', () => {
  const silent = all.filter(({ doc }) => doc.length < 10);
  expect(silent.map(({ name, file, line }) => `${name} (${file}:${line + 1})`)).toEqual([]);
});
