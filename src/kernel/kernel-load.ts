/** Loads the compiled kernels of kernel.as and hearing.as, at once: they are small enough to be compiled when asked for. */
import { UserError } from '../base/errors.ts';
import { moduleOf, PAGE, type WebAssemblyMemory, wasm } from '../base/wasm.ts';
import { HEARING_WASM } from './hearing-wasm.ts';
import type { Kernel, Width } from './kernel.ts';
import { WASM } from './kernel-wasm.ts';

const moduleHere = moduleOf(WASM);
const hearingHere = moduleOf(HEARING_WASM);

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
  #hear: Kernel['hear'] | undefined;

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
    const exports = instanceOn(this.#memory, module);
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

  get hear(): Kernel['hear'] {
    this.#hear ??= instanceOn(this.#memory, hearingHere()!).hear;
    return this.#hear;
  }

  grow(bytes: number): void {
    const pages = Math.ceil((bytes - this.buffer.byteLength) / PAGE);
    if (pages > 0) this.#memory.grow(pages);
    this.buffer = this.#memory.buffer;
  }
}

const instanceOn = (memory: WebAssemblyMemory, module: object) =>
  new wasm!.Instance(module, { env: { memory } }).exports;
