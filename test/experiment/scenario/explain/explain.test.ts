/** Answers about the examples: as goldens, and what must hold of any. */
import { describe, expect, it } from 'vitest';
import { precedes, SENT } from '../../../../src/metrics/chronicle/index.ts';
import { diagram } from '../../../../src/report/explain/diagram.ts';
import { drawnOf, happeningsOf } from '../../../../src/report/explain/drawn.ts';
import { explanationText } from '../../../../src/report/explain/text.ts';
import { asked, CASES } from './support.ts';

describe.each(CASES)('$name', (one) => {
  const { explained, question } = asked(one);
  const { explanation, ground } = explained;

  it('is answered', async () => {
    await expect(`${explanationText(explanation, 110)}\n`).toMatchFileSnapshot(
      `../../../golden/explain/${one.name}.txt`,
    );
  });

  it('tells causes before what came of them', () => {
    const { chain, steps } = explanation;
    const links = chain.slice(1).map((late, i) => precedes(ground.chronicle, chain[i], late));
    expect(links.every(Boolean)).toBe(true);
    expect(steps.every(({ at }, i) => i === 0 || at >= steps[i - 1].at)).toBe(true);
  });

  it('draws no more than it tells', () => {
    const { cause, what } = ground.chronicle;
    const told = explanation.steps.flatMap(({ of }) => of);
    const cone = new Set([...told, ...told.map((i) => cause[i]), ...explanation.chain]);
    const all = happeningsOf(explained);
    expect(all.every((i) => cone.has(i))).toBe(true);
    if (explanation.steps.length === 0) return;
    const { arrows, dots, left, nodes } = drawnOf(explained);
    expect(arrows.length + dots.length + left).toBe(all.length);
    expect(arrows.length).toBeLessThanOrEqual(all.filter((i) => what[i] === SENT).length);
    for (const { from, to } of arrows) expect(nodes).toEqual(expect.arrayContaining([from, to]));
  });

  it('is the same again', () => {
    if (explanation.steps.length === 0) return;
    expect(diagram(asked(one).explained, question)).toBe(diagram(explained, question));
  });
});

describe('the diagram', () => {
  it('of a pause', async () => {
    const { explained, question } = asked(CASES[0]);
    await expect(diagram(explained, question)).toMatchFileSnapshot(
      '../../../golden/explain/swim-pause.svg',
    );
  });
});

it('a run that ends before its duration is said to have had nothing left', () => {
  const set = ['protocol=direct-mail', 'latency=10ms', 'loss=0.9', 'duration=30s'];
  const { explanation } = asked({
    name: '',
    file: 'push',
    what: 'unreached 1 of 0',
    set,
  }).explained;
  expect(explanation.answer[0]).toMatch(
    /^1 did not hear rumour 0 by the end of the run, at 0\.01 s of 30 s, when nothing was left to happen: \d+ of 50 nodes did\.$/,
  );
});
