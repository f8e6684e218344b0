import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ClaimRow } from '../../src/experiment/claims-table.ts';
import type { Finding } from '../../src/experiment/model.ts';
import { claimsTable, readmeClaims, resultsClaims } from '../../src/report/claims-table.ts';
import { findingsTable } from '../../src/report/findings-table.ts';

const finding: Finding = {
  quantity: 'residue',
  at: 'push, feedback, counter, k = 2',
  ours: 0.03712,
  se: 0.0002,
  ciLow: 0.0367,
  ciHigh: 0.0375,
  expected: 0.037,
  tolerance: 0.0005,
  z: 0.6,
  basis: 'published',
  source: 'Demers et al. 1987, table 1',
  verdict: 'reproduced',
};

const findings: Finding[] = [
  finding,
  {
    ...finding,
    quantity: 'rounds to all nodes',
    at: 'n = 16,384',
    ours: 24.52,
    ciLow: 24.4,
    ciHigh: 24.64,
    expected: 23.704,
    tolerance: 0,
    z: 13.6,
    basis: 'theory',
    source: 'Pittel 1987',
    verdict: 'not reproduced',
    note: `The theorem leaves a constant open; ${'we compare differences of means in n instead. '.repeat(3)}`,
  },
  {
    ...finding,
    ours: 1,
    ciLow: 1,
    ciHigh: 1,
    expected: 1,
    z: Number.NaN,
    verdict: 'inconclusive',
    note: 'All runs gave the same.',
  },
  { ...finding, note: 'All runs gave the same.' },
];

const quantity = {
  quantity: 'rounds to all',
  basis: 'theory',
  source: 'Pittel, SIAM J. Appl. Math. 47, 1987',
  verdict: 'reproduced',
  findings: 4,
  reproduced: 4,
  notReproduced: 0,
  inconclusive: 0,
} as const;
const claims: ClaimRow[] = [
  {
    experiment: 'push-rounds',
    question: 'How many | rounds?',
    claim: 'c',
    source: 's',
    seed: 's',
    verdict: 'not reproduced',
    quantities: [
      quantity,
      {
        ...quantity,
        quantity: 't_ave | push',
        verdict: 'not reproduced',
        reproduced: 1,
        notReproduced: 3,
      },
    ],
  },
  {
    experiment: 'fanout',
    question: 'How many partners?',
    claim: 'c',
    source: 's',
    seed: 's',
    verdict: 'inconclusive',
    quantities: [{ ...quantity, verdict: 'inconclusive', reproduced: 3, inconclusive: 1 }],
  },
];

const golden = (name: string) => `../golden/tables/${name}.txt`;
const ESCAPE = String.fromCharCode(27);
const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

afterEach(() => vi.unstubAllEnvs());

describe('findingsTable', () => {
  it('shows ours beside the expected value, with notes below', async () => {
    const text = findingsTable(findings, { colour: false });
    await expect(text).toMatchFileSnapshot(golden('findings'));
  });

  it('fits into 110 characters, or as many as asked, and loses no word', () => {
    expect(widest(findingsTable(findings, { colour: false }))).toBeLessThanOrEqual(110);
    const narrow = findingsTable(findings, { colour: false, width: 100 });
    expect(widest(narrow)).toBeLessThanOrEqual(100);
    for (const word of ['feedback,', 'counter,', 'Demers', 'table']) expect(narrow).toContain(word);
    expect(narrow).not.toContain('…');
  });

  it('colours verdicts without moving a column', () => {
    const coloured = findingsTable(findings, { colour: true });
    expect(coloured).toContain(`${ESCAPE}[32mreproduced${ESCAPE}[39m`);
    expect(coloured).toContain(`${ESCAPE}[31mnot reproduced${ESCAPE}[39m`);
    const plain = coloured.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '');
    expect(plain).toBe(findingsTable(findings, { colour: false }));
  });

  it('has no colour in a pipe, and none in a terminal with NO_COLOR', () => {
    const before = process.stdout.isTTY;
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    process.stdout.isTTY = false;
    expect(findingsTable(findings)).not.toContain(ESCAPE);
    process.stdout.isTTY = true;
    expect(findingsTable(findings)).toContain(ESCAPE);
    vi.stubEnv('NO_COLOR', '1');
    expect(findingsTable(findings)).not.toContain(ESCAPE);
    process.stdout.isTTY = before;
  });

  it('says nothing but its heading where there is no finding', () => {
    expect(findingsTable([], { colour: false }).split('\n')).toHaveLength(2);
  });
});

describe('claimsTable', () => {
  it('has a row for each experiment and quantity with its verdict', async () => {
    await expect(claimsTable(claims, { colour: false })).toMatchFileSnapshot(golden('claims'));
  });
});

describe('tables of claims in Markdown', () => {
  it('have a row for each experiment, with what was not reproduced, in the README', async () => {
    await expect(readmeClaims(claims)).toMatchFileSnapshot('../golden/tables/claims-readme.md');
  });

  it('have a row for each quantity beside the results', async () => {
    await expect(resultsClaims(claims)).toMatchFileSnapshot('../golden/tables/claims-results.md');
  });
});
