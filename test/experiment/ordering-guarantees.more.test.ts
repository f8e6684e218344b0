import { describe } from 'vitest';
import { guarantees } from './support/ordering-guarantees.ts';

describe('in every run', () => guarantees({ seed: 53, numRuns: 60 }));
