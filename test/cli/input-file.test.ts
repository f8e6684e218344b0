import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { inputFile } from '../../src/cli/input-file.ts';
import { emptyFolder } from './hearsay.ts';

let folder: string;
beforeAll(() => {
  folder = emptyFolder();
  mkdirSync(join(folder, 'clusters'));
  writeFileSync(join(folder, 'cluster.yaml'), 'nodes: 3');
});

test('the bytes of a file', () => {
  expect(inputFile('simulate', join(folder, 'cluster.yaml')).toString()).toBe('nodes: 3');
});

test.each([
  [
    'clster.yaml',
    (at: string) => `there is no file ${at}/clster.yaml; nearest: ${at}/cluster.yaml`,
  ],
  ['clusterz', (at: string) => `there is no file ${at}/clusterz`], // a folder is none
  ['no/cluster.yaml', (at: string) => `there is no file ${at}/no/cluster.yaml`],
  ['clusters', (at: string) => `${at}/clusters is a folder; name a file in it`],
])('%s is refused in a sentence', (name, sentence) => {
  expect(() => inputFile('simulate', `${folder}/${name}`)).toThrow(
    new UserError(`simulate: ${sentence(folder)}`),
  );
});
