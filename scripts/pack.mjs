#!/usr/bin/env node
/**
 * The last step of the build: the command, the library and the worker as a few large files in dist/packed/. Node takes
 * most of a millisecond for each module it loads, and a command would load some four hundred. What is replaced in
 * dist/src/ are the three doors: they lead to the packed files, so that there is one copy of everything in a process. The
 * text of the modules is kept as it is, nothing is minified; but a constant of another module is written where it is used,
 * since V8 looks up an imported name each time, and does not know what it will find. That is a twentieth of a run.
 */
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { licenses } from './licenses.mjs';

const DOORS = {
  main: { of: 'cli/main', forward: command },
  index: { of: 'index', forward: (path) => `export * from '${path}';\n` },
  worker: { of: 'experiment/worker', forward: (path) => `export { default } from '${path}';\n` },
};
const OUT = 'dist/packed';

/** Found by Node at run time: native code, programs that start files of their own, what is optional or seldom needed. */
const LEFT_OUT = [
  /^node:/,
  '@resvg/resvg-js',
  'bullmq',
  'ioredis',
  'pdfkit',
  'piscina',
  'svg-to-pdfkit',
  'tinybench',
  'yargs',
];

/** What a package has for Node is CommonJS, which is run as a whole; of its modules for browsers only what is used is packed. */
const MODULES = { yaml: resolve('node_modules/yaml/browser/dist/index.js') };

/** From 22.1 on Node keeps what it has compiled. */
function command(path) {
  return `#!/usr/bin/env node
import module from 'node:module';

module.enableCompileCache?.();
await import('${path}');
`;
}

const source = (door) => `dist/src/${DOORS[door].of}.js`;

// Before the doors are replaced: these are the modules as tsc wrote them.
const { program } = await import('../dist/src/cli/program.js');
const { helpTexts } = await import('../dist/src/cli/stored-help.js');

rmSync(OUT, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(Object.keys(DOORS).map((door) => [door, source(door)])),
  platform: 'node',
  external: LEFT_OUT,
  resolve: { alias: MODULES },
  optimization: { inlineConst: true },
});
const { output } = await bundle.write({
  dir: OUT,
  chunkFileNames: '[name].js',
  minify: false,
  sourcemap: false,
});
await bundle.close();
for (const [door, { of, forward }] of Object.entries(DOORS)) {
  const up = '../'.repeat(of.split('/').length);
  writeFileSync(source(door), forward(`${up}packed/${door}.js`));
}
chmodSync(source('main'), 0o755);
writeFileSync(join(OUT, 'help.json'), JSON.stringify(await helpTexts(program)));
writeFileSync(
  join(OUT, 'LICENSES.txt'),
  licenses(output.flatMap((chunk) => chunk.moduleIds ?? [])),
);
