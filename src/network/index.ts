/** All links and overlays, in one place. */
export * from './bandwidth.ts';
export * from './barabasi-albert.ts';
export * from './components.ts';
export { csr, Edges } from './csr.ts';
export * from './datacentres.ts';
export * from './duplication.ts';
export * from './edge-list.ts';
export * from './erdos-renyi.ts';
export * from './gilbert-elliott.ts';
export * from './latency.ts';
export * from './lattices.ts';
export * from './loss.ts';
export { perPair, type Zones, zones } from './matrix.ts';
export * from './overlay.ts';
export * from './partition.ts';
export * from './random-regular.ts';
export * from './samples.ts';
export * from './watts-strogatz.ts';
