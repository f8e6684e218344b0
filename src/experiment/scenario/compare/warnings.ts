/** What makes a comparison of two scenarios another than the reader may think, in sentences. */
import { loadScenario } from '../load.ts';
import type { Basis } from '../sweep/axes.ts';

/** What decides how much there is to measure. */
const WEIGHTY = ['nodes', 'duration', 'warmUp'] as const;

/** @param seed the one that both are run with. */
export function warnings(a: Basis, b: Basis, seed: string): string[] {
  const [one, other] = [a, b].map(
    ({ text, file, set }) =>
      loadScenario(text, file, set).written as Readonly<Record<string, unknown>>,
  );
  const sentences = WEIGHTY.filter((key) => String(one[key]) !== String(other[key])).map(
    (key) => `A has ${key} ${one[key]} and B has ${key} ${other[key]}: this, too, is compared.`,
  );
  if (one.seed !== other.seed) {
    sentences.push(`The files have different seeds; both were run with ${seed}.`);
  }
  if (
    JSON.stringify({ ...one, about: 0, seed: 0 }) ===
    JSON.stringify({ ...other, about: 0, seed: 0 })
  ) {
    sentences.push('A and B say the same: there is nothing to compare.');
  }
  return sentences;
}
