#!/usr/bin/env node
/**
 * Compiles the kernels in AssemblyScript, src/**\/*.as, into modules as text, *-wasm.ts beside them, which are committed
 * so that neither building nor using hearsay needs the compiler. Run it after every change of a kernel.
 * `--check` writes nothing and fails if the committed bytes are others than the compiler's.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import asc from 'assemblyscript/asc';

const OPTIONS = '-O3 --converge --noAssert --runtime stub --enable simd --importMemory';
const SHARED = '--enable threads --sharedMemory --initialMemory 1 --maximumMemory 65535';

/** Each is in one file, or in the files that it imports from its folder; `constant` is the name of its text. */
const KERNELS = [
  { path: 'kernel/kernel', constant: 'WASM' },
  { path: 'kernel/hearing', constant: 'HEARING_WASM' },
  { path: 'kernel/heirs', constant: 'HEIRS_WASM' },
  { path: 'kernel/row-kernel', constant: 'ROW_WASM' },
  { path: 'engine/core/core', constant: 'CORE_WASM', options: SHARED },
];

async function compile(folder, name, options) {
  let wasm;
  const words = `${name}.ts -o kernel.wasm ${OPTIONS} ${options}`; // the compiler takes no other ending
  const { error, stderr } = await asc.main(words.trim().split(' '), {
    readFile: (file) => {
      const source = new URL(file.replace(/\.ts$/, '.as'), folder);
      return existsSync(source) ? readFileSync(source, 'utf8') : null;
    },
    writeFile: (_, contents) => {
      wasm = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return wasm;
}

for (const { path, constant, options = '' } of KERNELS) {
  const target = new URL(`../src/${path}-wasm.ts`, import.meta.url);
  const kernel = basename(path);
  const wasm = await compile(new URL('./', target), kernel, options);
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
    console.error(`src/${path}-wasm.ts is not what ${kernel}.as compiles to; run: npm run kernel`);
    process.exit(1);
  }
}
