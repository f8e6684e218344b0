/** A sweep at the door: its table, its data, its files, and what is refused. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { emptyFolder, hearsay, type Outcome } from './hearsay.ts';

const FILE = `about: "push in a small group"
nodes: 10
duration: 8s
protocol: push
latency: 10ms
`;
const WORDS = ['sweep', 'cluster.yaml', '--over', 'protocol.fanout=1..3', '--over', 'loss=0,20%'];

function folder(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'cluster.yaml'), FILE);
  return cwd;
}

let cwd: string;
let table: Outcome;
beforeAll(async () => {
  cwd = folder();
  table = await hearsay([...WORDS, '--replicates', '5'], { cwd });
});

test('the table', async () => {
  expect(table.code).toBe(0);
  await expect(table.stdout).toMatchFileSnapshot('../golden/cli/sweep.txt');
});

test('the same as data; what is finished is not run again', async () => {
  const again = await hearsay([...WORDS, '--replicates', '5', '--format', 'json'], { cwd });
  expect(again.stderr).toContain('30 runs: all finished before');
  const { cells, axes, folder } = JSON.parse(again.stdout);
  expect([axes, folder]).toEqual([
    { protocol_fanout: [1, 2, 3], loss: [0, 0.2] },
    'results/sweeps/cluster-sweep',
  ]);
  expect(cells).toHaveLength(6);
  expect(cells[5]).toMatchObject({ cell: { protocol_fanout: 3, loss: 0.2 }, replicates: 5 });
});

test('the line that repeats it has the seed and the folder that were given', async () => {
  const given = ['--seed', 'mine', '--out', 'my results'];
  const own = ['sweep', 'cluster.yaml', '--over', 'loss=0', '--replicates', '1', ...given];
  const { stdout } = await hearsay(own, { cwd: folder() });
  expect(stdout).toMatch(
    /\nRun again: npx hearsay sweep cluster\.yaml --over loss=0 --replicates 1 --seed mine --out 'my results'\n$/,
  );
});

test('reproduce finds the same bytes, also after the scenario file has changed', async () => {
  writeFileSync(join(cwd, 'cluster.yaml'), FILE.replace('10\n', '11\n'));
  const { code, stdout } = await hearsay(['reproduce', 'results/sweeps/cluster-sweep'], { cwd });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/all the same\n$/)]);
});

test('figures say what is drawn, with units', () => {
  const figure = (name: string) =>
    readFileSync(join(cwd, 'results/sweeps/cluster-sweep/figures', `${name}.vl.json`), 'utf8');
  expect(figure('to-99-ms')).toContain('"time to 99 % of the nodes (ms)"');
  expect(figure('to-99-ms')).toContain('"Time to 99 % of the nodes against protocol.fanout"');
});

test('--precision adds replicates where it takes more, and says where it did not', async () => {
  const own = folder();
  const precise = ['--precision', '15%', '--min-replicates', '5', '--max-replicates', '20'];
  const words = [...WORDS, ...precise, '--measure', 'to_99_ms', '--format', 'json'];
  const { code, stdout, stderr } = await hearsay(words, { cwd: own });
  expect([code, stderr.split('\n')[1]]).toEqual([0, expect.stringContaining('at least 30 runs')]);
  const { cells, precision } = JSON.parse(stdout);
  for (const { replicates, measures } of cells) {
    const { mean, ciHigh } = measures.to_99_ms;
    expect(replicates === 20 || (ciHigh - mean) / mean <= 0.15).toBe(true);
  }
  expect(precision.reached).toBe(precision.unreached.length === 0);
});

test.concurrent.each([
  [['sweep', 'cluster.yaml'], 'sweep: say what is varied'],
  [['sweep', 'none.yaml', '--over', 'loss=0'], 'sweep: there is no file none.yaml'],
  [['sweep', 'cluster.yaml', '--over', 'loss=0,2'], 'loss must be a share from 0 to 1; got 2'],
])('%j is refused in a sentence', async (words, sentence) => {
  const own = folder();
  const { code, stdout, stderr } = await hearsay(words, { cwd: own });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
  expect(existsSync(join(own, 'results'))).toBe(false);
});
