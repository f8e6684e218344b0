/** Runs written down, happening by happening. */
export { type Chronicled, type ChronicleOptions, chronicle } from './chronicle.ts';
export * from './model.ts';
