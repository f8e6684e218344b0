#!/usr/bin/env node
/** Part of the build: the code and style of each page of src/viewer/, as one script and one sheet in dist/viewer/. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { licenses } from './licenses.mjs';

const OUT = 'dist/viewer';

mkdirSync(OUT, { recursive: true });
const modules = [];
for (const page of ['report', 'replay']) {
  const bundle = await rolldown({ input: `src/viewer/${page}/main.ts`, platform: 'browser' });
  const { output } = await bundle.write({
    file: join(OUT, `${page}.js`),
    format: 'iife',
    minify: true,
  });
  modules.push(...output.flatMap((chunk) => chunk.moduleIds ?? []));
  await bundle.close();
  writeFileSync(join(OUT, `${page}.css`), sheet(`src/viewer/${page}/style.css`));
}
writeFileSync(join(OUT, 'LICENSES.txt'), licenses(modules));

/** The sheet with those that it imports in their place. */
function sheet(file) {
  return readFileSync(file, 'utf8').replace(/^@import "(.+)";\n/gm, (_, other) =>
    sheet(join(dirname(file), other)),
  );
}
