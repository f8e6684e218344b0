/** Heartbeat tables and their merge kernels. */

export { HeartbeatTable } from './heartbeat-table.ts';
export { type KernelName, preferKernel, type Width } from './kernel.ts';
export { bytesOf } from './layout.ts';
export { pathsTaken, takePath } from './paths.ts';
export { makeRowKernel, type RowKernel } from './row-kernel.ts';
export type { TableOptions } from './table-options.ts';
export type { Told } from './telling.ts';
