/** What must hold in any run: for tests of protocols, those here and your own. */
export {
  cassandraSources,
  memberlistSources,
  scuttlebuttSources,
  swimSources,
} from './families.ts';
export { heartbeats } from './heartbeats.ts';
export type { Invariant, Tell, Violation, Watch } from './model.ts';
export { type Claim, type Reader, sourced } from './sourced.ts';
export { type Guard, guard, INVARIANTS, repeats, violations } from './violations.ts';
