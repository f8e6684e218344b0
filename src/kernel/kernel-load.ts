/** Loads the compiled kernels of kernel.as, at once: the module is small enough to be compiled when it is asked for. */
import { UserError } from '../base/errors.ts';
import type { Kernel, Width } from './kernel.ts';
import { WASM } from './kernel-wasm.ts';

export const PAGE = 65536; // bytes of a page of WebAssembly memory

/** What of WebAssembly is used here, by JavaScript's own definition; neither lib.es2023 nor @types/node declares it. */
interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number }) => WebAssemblyMemory;
  Instance: new (
    module: object,
    imports: object,
  ) => { exports: Record<string, (...words: number[]) => number> };
}
export const wasm = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;

let compiled: object | null | undefined; // null: it does not run here

/** The module, compiled once per process; null where WebAssembly or its SIMD is missing. */
function moduleHere(): object | null {
  if (compiled !== undefined) return compiled;
  const bytes = Buffer.from(WASM, 'base64');
  compiled = wasm?.validate(bytes) ? new wasm.Module(bytes) : null;
  return compiled;
}

export class WasmKernel implements Kernel {
  readonly name = 'wasm';
  buffer: ArrayBuffer;
  readonly merge: Kernel['merge'];
  readonly mergeListing: Kernel['mergeListing'];
  /** As `merge`, one entry at a time: for the benchmark. */
  readonly mergeScalar: Kernel['merge'];
  readonly copyFresh: Kernel['copyFresh'];
  readonly oldest: Kernel['oldest'];
  readonly stale: Kernel['stale'];
  readonly count: Kernel['count'];
  readonly mark: Kernel['mark'];
  readonly renumber: Kernel['renumber'];
  readonly least: Kernel['least'];
  readonly lower: Kernel['lower'];
  readonly copyRows: Kernel['copyRows'];
  readonly replay: Kernel['replay'];
  readonly #memory: WebAssemblyMemory;

  static runsHere(): boolean {
    return moduleHere() !== null;
  }

  constructor(bytes: number, width: Width) {
    const module = moduleHere();
    if (wasm === undefined || module === null) {
      throw new UserError(
        "heartbeat table: the kernel must be 'ts' where WebAssembly SIMD does not run; got 'wasm'",
      );
    }
    this.#memory = new wasm.Memory({ initial: Math.ceil(bytes / PAGE) });
    this.buffer = this.#memory.buffer;
    const { exports } = new wasm.Instance(module, { env: { memory: this.#memory } });
    const bits = 8 * width;
    this.merge = exports[`merge${bits}`];
    this.mergeListing = exports[`mergeListing${bits}`];
    this.mergeScalar = exports[`mergeScalar${bits}`];
    this.copyFresh = exports[`copyFresh${bits}`];
    this.oldest = exports[`oldest${bits}`];
    this.stale = exports[`stale${bits}`];
    this.count = exports[`count${bits}`];
    this.mark = exports[`mark${bits}`];
    this.renumber = exports[`renumber${bits}`];
    this.least = exports[`least${bits}`];
    this.lower = exports[`lower${bits}`];
    this.copyRows = exports.copyRows;
    this.replay = exports[`replay${bits}`];
  }

  grow(bytes: number): void {
    const pages = Math.ceil((bytes - this.buffer.byteLength) / PAGE);
    if (pages > 0) this.#memory.grow(pages);
    this.buffer = this.#memory.buffer;
  }
}
