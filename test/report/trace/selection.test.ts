/** What of a run is shown. */
import { describe, expect, it } from 'vitest';
import { DIED, SUSPECTED } from '../../../src/engine/model.ts';
import { FACT, FAULT, HEARD, MISSED, SENT } from '../../../src/metrics/chronicle/index.ts';
import type { TraceOptions } from '../../../src/report/trace/index.ts';
import { traceOf } from '../../../src/report/trace/model.ts';
import { chronicleFrom, SWIM } from './runs.ts';

const chronicle = chronicleFrom(SWIM);
const { at, what, node, other, word, length } = chronicle;
const shownBy = (options: TraceOptions) => [...traceOf(chronicle, options).shown];
const where = (holds: (i: number) => boolean) => Array.from({ length }, (_, i) => i).filter(holds);

describe('shown is', () => {
  it('everything, unless something is chosen', () => {
    expect(shownBy({})).toEqual(where(() => true));
  });

  it('a time, ends included', () => {
    const shown = shownBy({ fromMs: 10_000, untilMs: at[1000] / 1000 });
    expect(shown).toEqual(where((i) => at[i] >= 10_000_000 && at[i] <= at[1000]));
    expect([shown.length > 10, shown.includes(1000)]).toEqual([true, true]);
  });

  it('facts, messages, faults', () => {
    expect(shownBy({ only: new Set(['faults']) })).toEqual(where((i) => what[i] === FAULT));
    expect(shownBy({ only: new Set(['facts', 'messages']) })).toEqual(
      where((i) => [FACT, SENT, HEARD, MISSED].includes(what[i])),
    );
  });

  it('what nodes do, what they are sent, and what is said of them', () => {
    const shown = shownBy({ nodes: new Set([3]) });
    expect(shown).toEqual(where((i) => node[i] === 3 || other[i] === 3)); // of swim, all facts are about nodes
    const said = shown.filter((i) => what[i] === FACT && node[i] !== 3);
    expect(said.length).toBeGreaterThan(0);
    expect(said.every((i) => word[i] === SUSPECTED || word[i] === DIED || other[i] === 3)).toBe(
      true,
    );
  });

  it('not what is said of a rumour that has the number of the node', () => {
    const push = chronicleFrom('nodes: 3\nduration: 3s\nprotocol: push\n');
    const facts = [...traceOf(push, { nodes: new Set([0]), only: new Set(['facts']) }).shown];
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.every((i) => push.node[i] === 0)).toBe(true);
  });
});
