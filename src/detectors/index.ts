/** All detectors, in one place; by name in registry.ts. */
export { bertier } from './bertier.ts';
export * from './chen-theory.ts';
export { chitchat } from './chitchat.ts';
export { exponential } from './exponential.ts';
export * from './model.ts';
export * from './monitor.ts';
export { nfdE } from './nfd-e.ts';
export { nfdS } from './nfd-s.ts';
export { phiAkka } from './phi-akka.ts';
export { PHI_FACTOR, phiExponential } from './phi-exponential.ts';
export { phiNormal } from './phi-normal.ts';
export * from './recorder.ts';
export * from './registry.ts';
export * from './replay.ts';
export { satzger } from './satzger.ts';
export { timeout } from './timeout.ts';
