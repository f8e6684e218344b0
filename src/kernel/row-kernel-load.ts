/** Loads the compiled kernels of row-kernel.as, at once: the module is small. */
import { moduleOf, PAGE, wasm } from '../base/wasm.ts';
import type { RowKernel } from './row-kernel.ts';
import { ROW_WASM } from './row-kernel-wasm.ts';

const moduleHere = moduleOf(ROW_WASM);

export class WasmRowKernel implements RowKernel {
  readonly buffer: ArrayBuffer;
  readonly isUneven: RowKernel['isUneven'];
  readonly countAbove: RowKernel['countAbove'];
  readonly listAbove: RowKernel['listAbove'];
  readonly takeAbove: RowKernel['takeAbove'];

  static runsHere(): boolean {
    return moduleHere() !== null;
  }

  /** Only where it runs. */
  constructor(bytes: number) {
    const memory = new wasm!.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new wasm!.Instance(moduleHere()!, { env: { memory } });
    this.buffer = memory.buffer;
    this.isUneven = (a, b, lanes) => exports.isUneven(a, b, lanes) !== 0;
    this.countAbove = exports.countAbove;
    this.listAbove = exports.listAbove;
    this.takeAbove = ({ to, log, flags, versions, floors, asked }, ...rest) =>
      exports.takeAbove(to, log, flags, versions, floors, asked, ...rest);
  }
}
