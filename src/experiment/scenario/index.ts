/** Scenario files: users' own questions. */
export { jsonSchema } from './json-schema.ts';
export { configText, type Loaded, loadScenario } from './load.ts';
export { ABOUT, type Measure } from './measures.ts';
export type { Group } from './read.ts';
export { type Estimate, estimatesOf, type Replicate, runReplicate } from './run.ts';
