/** Loads the compiled kernels of kernel.as, hearing.as and heirs.as, at once: they are small enough to be compiled when asked for. */
import { UserError } from '../base/errors.ts';
import { type Exports, moduleOf, PAGE, type WebAssemblyMemory, wasm } from '../base/wasm.ts';
import { HEARING_WASM } from './hearing-wasm.ts';
import { HEIRS_WASM } from './heirs-wasm.ts';
import type { Kernel, Width } from './kernel.ts';
import { WASM } from './kernel-wasm.ts';

const moduleHere = moduleOf(WASM);
const hearingHere = moduleOf(HEARING_WASM);
const heirsHere = moduleOf(HEIRS_WASM);

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
  readonly #bits: number; // of a lane
  #hear: Kernel['hear'] | undefined;
  #heirs: Exports | undefined;

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
    this.#bits = bits;
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

  get inherit(): Kernel['inherit'] {
    return this.#ofHeirs[`inherit${this.#bits}`];
  }

  get turn(): Kernel['turn'] {
    return this.#ofHeirs[`turn${this.#bits}`];
  }

  get #ofHeirs(): Exports {
    this.#heirs ??= instanceOn(this.#memory, heirsHere()!);
    return this.#heirs;
  }

  grow(bytes: number): void {
    const pages = Math.ceil((bytes - this.buffer.byteLength) / PAGE);
    if (pages > 0) this.#memory.grow(pages);
    this.buffer = this.#memory.buffer;
  }
}

const instanceOn = (memory: WebAssemblyMemory, module: object) =>
  new wasm!.Instance(module, { env: { memory } }).exports;
