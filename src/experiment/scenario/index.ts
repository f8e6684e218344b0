/** Scenario files: users' own questions. */

export { ABOUT } from './about.ts';
export { chronicleOf, type ScenarioChronicle } from './chronicle.ts';
export { type Estimate, estimatesOf, type Replicate, replicatesOf } from './estimates.ts';
export { jsonSchema } from './json-schema.ts';
export { configText, type Loaded, loadScenario } from './load.ts';
export type { Measure } from './meter.ts';
export { type CutOff, type Graph, type Place, placeOf } from './place.ts';
export type { Group } from './read.ts';
export { type Run, runReplicate } from './run.ts';
export { textIn } from './text.ts';
