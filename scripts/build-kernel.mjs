#!/usr/bin/env node
/**
 * Compiles the kernels in AssemblyScript, src/kernel/*.as, into modules as text, *-wasm.ts beside them, which are committed
 * so that neither building nor using hearsay needs the compiler. Run it after every change of a kernel.
 * `--check` writes nothing and fails if the committed bytes are others than the compiler's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const KERNELS = { kernel: 'WASM', hearing: 'HEARING_WASM', 'row-kernel': 'ROW_WASM' }; // the name of its text
const ENTRY = 'kernel.ts'; // the compiler takes no other ending
const OPTIONS = '-O3 --converge --noAssert --runtime stub --enable simd --importMemory';

async function compile(source) {
  let wasm;
  const { error, stderr } = await asc.main([ENTRY, '-o', 'kernel.wasm', ...OPTIONS.split(' ')], {
    readFile: (name) => (name === ENTRY ? readFileSync(source, 'utf8') : null),
    writeFile: (_, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return wasm;
}

for (const [kernel, constant] of Object.entries(KERNELS)) {
  const target = new URL(`../src/kernel/${kernel}-wasm.ts`, import.meta.url);
  const wasm = await compile(new URL(`../src/kernel/${kernel}.as`, import.meta.url));
  const lines = Buffer.from(wasm)
    .toString('base64')
    .match(/.{1,112}/g);
  const text = [
    `/** ${kernel}.as, compiled to ${wasm.length} bytes of WebAssembly, in base64. Written by scripts/build-kernel.mjs. */`,
    '// biome-ignore format: one line of text per line',
    `export const ${constant} = [`,
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');

  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
    console.error(`build-kernel: ${kernel}, ${wasm.length} bytes`);
  } else if (readFileSync(target, 'utf8') !== text) {
    console.error(
      `src/kernel/${kernel}-wasm.ts is not what ${kernel}.as compiles to; run: npm run kernel`,
    );
    process.exit(1);
  }
}
