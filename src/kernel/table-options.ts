/** How a heartbeat table goes about it. Results are the same. */

import type { KernelName, Width } from './kernel.ts';
import type { Told } from './telling.ts';

export interface TableOptions {
  /** Default: WebAssembly SIMD where it runs. */
  readonly kernel?: KernelName | undefined;
  /** Bytes per lane at first; default 1. It grows when needed. */
  readonly width?: Width;
  /** Puts off merges whose outcome nobody waits for (`mergeLater`), and tells of them here. */
  readonly later?: Told | undefined;
}
