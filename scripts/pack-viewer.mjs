#!/usr/bin/env node
/** Part of the build: the code and style of each page of src/viewer/, as one script and one sheet in dist/viewer/. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const OUT = 'dist/viewer';

mkdirSync(OUT, { recursive: true });
for (const page of ['report', 'replay']) {
  const bundle = await rolldown({ input: `src/viewer/${page}/main.ts`, platform: 'browser' });
  await bundle.write({ file: join(OUT, `${page}.js`), format: 'iife', minify: true });
  await bundle.close();
  writeFileSync(join(OUT, `${page}.css`), sheet(`src/viewer/${page}/style.css`));
}

/** The sheet with those that it imports in their place. */
function sheet(file) {
  return readFileSync(file, 'utf8').replace(/^@import "(.+)";\n/gm, (_, other) =>
    sheet(join(dirname(file), other)),
  );
}
