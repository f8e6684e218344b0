/** Compilers and interpreters of this machine: whether they are there, and what they know. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/experiment/package.ts';

/** Where the sources of the comparison programs lie; they are not copied to dist/. */
export const SOURCES: string = join(PACKAGE_ROOT, 'bench', 'peers');

/** Something that a program needs is not there. The message is a sentence that says what brings it. */
export class NotHere extends Error {
  override name = 'NotHere';
}

/** What a command prints; undefined if it is not there, or fails. */
export function outputOf(words: readonly string[], input = ''): string | undefined {
  const { status, stdout } = spawnSync(words[0], words.slice(1), { encoding: 'utf8', input });
  return status === 0 ? stdout.trim() : undefined;
}

function compile(what: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(words[0], words.slice(1), { encoding: 'utf8' });
  if (status === 0) return;
  throw new NotHere(`${what} could not be built: ${firstError(stderr ?? '', String(error))}`);
}

/** Of what a compiler says the first line that names an error; `otherwise` if it says nothing. */
export function firstError(said: string, otherwise: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const error = lines.find((line) => /error|undefined reference|cannot/i.test(line));
  return (error ?? lines[0] ?? otherwise).trim();
}

/** The C++ compiler that CXX names, or g++. A NotHere if there is none. */
export class Cxx {
  readonly #compiler = process.env.CXX ?? 'g++';
  readonly #version: string;
  readonly #folder: string;

  /** @param folder for the programs. */
  constructor(folder: string) {
    this.#folder = folder;
    const version = outputOf([this.#compiler, '--version']);
    if (version === undefined) {
      throw new NotHere(
        `there is no C++ compiler ${this.#compiler}: Debian's package g++ brings g++, or CXX names another.`,
      );
    }
    this.#version = version.split('\n')[0];
  }

  /** 'g++ (Debian 12.2.0-14) 12.2.0' */
  version(): string {
    return this.#version;
  }

  /** What an expression of macros in a header expands to; a NotHere of that sentence if there is no such header. */
  macro(header: string, expression: string, otherwise: string): string {
    const text = this.#preprocess(`#include <${header}>\n${expression}\n`);
    if (text === undefined) throw new NotHere(otherwise);
    return text
      .split('\n')
      .at(-1)!
      .replaceAll('"', '')
      .replaceAll(/ ?\. ?/g, '.');
  }

  /** The widest vectors that programs are built with. */
  vectors(): string {
    const macros = this.#preprocess('', '-dM') ?? '';
    const known = { __AVX512BW__: 'AVX-512', __AVX2__: 'AVX2' };
    return Object.entries(known).find(([macro]) => macros.includes(macro))?.[1] ?? 'no AVX2';
  }

  /** Builds bench/peers/`source`; the path of the program. */
  build(source: string, libraries: readonly string[] = []): string {
    const program = join(this.#folder, source.replaceAll(/\W/g, '-'));
    const flags = ['-O3', '-march=native', '-std=c++17', '-w'];
    const files = [join(SOURCES, source), '-o', program];
    compile(`bench/peers/${source}`, [this.#compiler, ...flags, ...files, ...libraries]);
    return program;
  }

  #preprocess(text: string, ...options: readonly string[]): string | undefined {
    const flags = ['-march=native', '-E', '-P', ...options, '-x', 'c++', '-'];
    return outputOf([this.#compiler, ...flags], text);
  }
}

/** 'AVX2: this processor has no AVX-512', of what the compiler here makes programs. */
export function vectorsHere(): string {
  try {
    const vectors = new Cxx('').vectors();
    return vectors === 'AVX-512' ? vectors : `${vectors}, for this processor has no AVX-512`;
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    return 'none';
  }
}

/** Builds the programs for PeerSim against its class path; the folder of their classes. */
export function buildJava(folder: string, classPath: string): string {
  const classes = join(folder, 'classes');
  mkdirSync(classes, { recursive: true });
  const sources = ['Luck', 'Report', 'PushNode', 'HeartbeatNode'].map((name) =>
    join(SOURCES, 'peersim', `${name}.java`),
  );
  compile('bench/peers/peersim', ['javac', '-cp', classPath, '-d', classes, ...sources]);
  return classes;
}
