/** A small folder of results, as a run would have written it, but for what a test spoils. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sha256 } from '../../../src/experiment/keys.ts';

export const EVIL = '</script><img src=x onerror=alert(1)>';

const FINDINGS = `quantity,at,ours,se,ci_low,ci_high,expected,tolerance,z,basis,source,verdict,note
rounds,n = 8,5.02,0.01,5,5.04,5,0.1,2,theory,Pittel 1987,reproduced,
rounds,n = 16,-7.5,0.01,-7.52,-7.48,7,0.1,-1450,published,Pittel 1987,not reproduced,our own ${EVIL}
misses,n = 8,0.5,0.4,-0.3,1.3,0,0.1,1.25,theory,,inconclusive,
misses,n = 16,0.9,0.2,0.5,1.3,0.1,0.1,4,theory,,inconclusive,
`;
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"><text>50 % #1"</text></svg>\n';
const SPEC = JSON.stringify({
  title: { text: ['Rounds'], subtitle: ['Mean', 'of all.'] },
  layer: [
    {
      mark: 'line',
      encoding: {
        x: { field: 'x', type: 'quantitative', axis: { title: ['members'] } },
        y: { field: 'y', type: 'quantitative', axis: { title: ['rounds'] } },
        color: {
          field: 'color',
          scale: { domain: ['push', 'pull'], range: ['#111111', '#222222'] },
          legend: { title: 'manner' },
        },
      },
    },
  ],
  data: { values: [{ x: 1, y: 2, color: 'push' }] },
});

export const FILES: Readonly<Record<string, string>> = {
  'findings.csv': FINDINGS,
  'figures/rounds.vl.json': SPEC,
  'figures/rounds.svg': SVG,
};

export interface Spoiled {
  readonly run?: object;
  /** Files with other contents than recorded; null: missing. */
  readonly files?: Readonly<Record<string, string | null>>;
}

/** The root of the folder `tiny`; goes when the test ends. */
export function tinyResults({ run = {}, files = {} }: Spoiled = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'hearsay-report-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const hashes = Object.fromEntries(
    Object.entries(FILES).map(([file, content]) => [file, sha256(content)]),
  );
  const record = {
    ...{ experiment: 'tiny', question: `How many? ${EVIL}`, claim: 'Few.', source: 'Pittel 1987' },
    ...{ command: 'npx hearsay run tiny', seed: 'tiny', replicates: 3, cells: 2, runs: 6 },
    ...{ request: {}, axes: { n: [8, 16] }, fixed: { period: 1 }, columns: { n: 'members' } },
    ...{ answer: ['Five.', 'Or seven.'], remarks: ['Clocks differ.'], hearsay: '0.1.0' },
    ...{ git: { commit: 'abc', dirty: true }, node: 'v20', files: hashes, ...run },
  };
  write(join(root, 'tiny', 'run.json'), JSON.stringify(record));
  for (const [file, content] of Object.entries({ ...FILES, ...files }))
    if (content !== null) write(join(root, 'tiny', file), content);
  return root;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
