import type { Explained, Question } from '../../experiment/scenario/explain/index.ts';
export const diagram = (_explained: Explained, _question: Question): string => '';
