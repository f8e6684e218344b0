/** Runs written down, happening by happening. */
export { type Chronicled, type ChronicleOptions, chronicle } from './chronicle.ts';
export { Conditions, type Spell } from './conditions.ts';
export { causesOf, Effects, precedes } from './cone.ts';
export { type Fate, Fates } from './fates.ts';
export * from './model.ts';
