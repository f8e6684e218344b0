/** Why something happened in a run of a scenario. */
export { type Explained, explain } from './explain.ts';
export type { Ground } from './ground.ts';
export type { Asked, Explanation, Question, Span, Step } from './model.ts';
export { QUESTIONS, questionOf, textOf } from './question.ts';
export { speechFor } from './speech.ts';
