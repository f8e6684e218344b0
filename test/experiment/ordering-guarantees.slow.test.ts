import { describe } from 'vitest';
import { guarantees } from './support/ordering-guarantees.ts';

describe.each([1, 2])('in every run of seed %i', (seed) => guarantees({ seed, numRuns: 2500 }));
