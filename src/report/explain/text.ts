/** An explanation as text: the answer, then the steps with their times. */
import type { Explanation } from '../../experiment/scenario/explain/index.ts';
import { filled } from '../columns.ts';

const GAP = '  ';

export function explanationText({ answer, steps }: Explanation, width: number): string {
  const lead = answer.flatMap((sentence) => filled(sentence, width));
  if (steps.length === 0) return lead.join('\n');
  const times = steps.map(({ at }) => `${(at / 1e6).toFixed(3)} s`);
  const room = Math.max(...times.map((time) => time.length));
  const indent = ' '.repeat(room + GAP.length);
  const told = steps.flatMap(({ text }, i) =>
    filled(text, Math.max(30, width - indent.length)).map((line, k) =>
      k === 0 ? times[i].padStart(room) + GAP + line : indent + line,
    ),
  );
  return [...lead, '', ...told].join('\n');
}
