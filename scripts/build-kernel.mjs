#!/usr/bin/env node
/**
 * Compiles src/kernel/kernel.as (AssemblyScript) into src/kernel/kernel-wasm.ts, the module's bytes as text, which is
 * committed so that neither building nor using hearsay needs the compiler. Run it after every change of kernel.as.
 * `--check` writes nothing and fails if the committed bytes are others than the compiler's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCE = new URL('../src/kernel/kernel.as', import.meta.url);
const TARGET = new URL('../src/kernel/kernel-wasm.ts', import.meta.url);
const ENTRY = 'kernel.ts'; // the compiler takes no other ending
const OPTIONS = '-O3 --converge --noAssert --runtime stub --enable simd --importMemory';

async function compile() {
  let wasm;
  const { error, stderr } = await asc.main([ENTRY, '-o', 'kernel.wasm', ...OPTIONS.split(' ')], {
    readFile: (name) => (name === ENTRY ? readFileSync(SOURCE, 'utf8') : null),
    writeFile: (_, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return wasm;
}

const wasm = await compile();
const lines = Buffer.from(wasm)
  .toString('base64')
  .match(/.{1,112}/g);
const text = [
  `/** kernel.as, compiled to ${wasm.length} bytes of WebAssembly, in base64. Written by scripts/build-kernel.mjs. */`,
  '// biome-ignore format: one line of text per line',
  'export const WASM = [',
  ...lines.map((line) => `  '${line}',`),
  "].join('');",
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
  console.error(`build-kernel: ${wasm.length} bytes`);
} else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error('src/kernel/kernel-wasm.ts is not what kernel.as compiles to; run: npm run kernel');
  process.exit(1);
}
