/** A healthy cluster at rest against the numbers of an independent prototype, as a conformance case. */
import { expect, it } from 'vitest';
import { parseFile } from '../../conformance/format.ts';
import { type GroupReport, runFile } from '../../conformance/run.ts';

// Mean of the intervals, that of those up to 2 s, and the share above: of a prototype of its own, zero latency.
const CASES = [
  [10, 2, 1.2214, 0.05, 1.1096, 0.03, 0.0833, 0.02],
  [100, 3, 1.4846, 0.02, 1.1505, 0.01, 0.1978, 0.01],
  [500, 3, 1.511, 0.02, 1.15, 0.01, 0.2055, 0.01],
] as const;

it.each(CASES)(
  '%i nodes hear of each other as often as they should',
  (nodes, seeds, ...numbers) => {
    const [meanS, meanTol, meanOfThoseUpTo2S, meanOfThoseTol, shareOver2S, shareTol] = numbers;
    const expected = { meanS, meanTol, meanOfThoseUpTo2S, meanOfThoseTol, shareOver2S, shareTol };
    const item = { id: 'x', nodes, seeds, expect: expected };
    const groups = [{ group: 'steady-state-reference', cases: [item] }];
    const reports: GroupReport[] = [];
    runFile(parseFile(JSON.stringify({ format: 1, groups }), 'test.json'), (one) =>
      reports.push(one),
    );
    expect(reports[0]).toMatchObject({ runs: 1, failures: [], notUnderstood: [] });
  },
);
