/** Scripts for clusters are goldens: they are read before they are run. */
import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kubernetes } from '../../src/cli/cluster/kubernetes.ts';
import { parallel } from '../../src/cli/cluster/parallel.ts';
import { type Shared, sharedOf } from '../../src/cli/cluster/shared.ts';
import { slurm } from '../../src/cli/cluster/slurm.ts';
import { hearsay } from './hearsay.ts';

const TINY = ['run', 'test/cli/fixtures/tiny.mjs', '--seed', "it's mine", '--out', 'out'];

let tiny: Shared;
let wide: Shared;
beforeAll(async () => {
  tiny = await sharedOf(TINY, 8);
  wide = await sharedOf([...TINY, '--jobs', '4'], 8);
});

const golden = (name: string) => `../golden/cli/cluster-${name}`;

/** Throws if a shell cannot read it. */
const readable = (script: string) => execFileSync('sh', ['-n'], { input: script });

test('Slurm: a job array, and a job that collects after it', async () => {
  const script = slurm(tiny);
  readable(script);
  await expect(`${script}\n`).toMatchFileSnapshot(golden('slurm.sh'));
  expect(slurm(wide, 90)).toContain('#SBATCH --cpus-per-task=4\n');
  expect(slurm(wide, 90)).toContain('#SBATCH --time=90\n');
  expect(slurm({ ...tiny, seconds: 3600 })).toContain('#SBATCH --time=245\n');
});

test('GNU parallel: as many shards at once as the cores allow', async () => {
  const script = parallel(tiny);
  readable(script);
  await expect(`${script}\n`).toMatchFileSnapshot(golden('parallel.sh'));
  expect(parallel(wide)).toContain('--jobs 25% ');
});

test('Kubernetes: a volume, an indexed Job, and a Job that waits to collect', async () => {
  const text = kubernetes(tiny, 'registry.example/hearsay:1');
  await expect(`${text}\n`).toMatchFileSnapshot(golden('kubernetes.yaml'));
  const documents = parseAllDocuments(text).map((of) => of.toJS());
  expect(documents.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim', 'Job', 'Job']);
  const [claim, job] = documents;
  const { volumes, containers } = job.spec.template.spec;
  expect(job.spec).toMatchObject({ completionMode: 'Indexed', completions: 8 });
  expect(volumes[0].persistentVolumeClaim.claimName).toBe(claim.metadata.name);
  // What the shell in the pod makes of it: the index begins with 0, shards with 1.
  const [sh, c, command] = containers[0].command;
  const echoed = execFileSync(sh, [c, command.replace('exec npx', 'echo')], {
    env: { ...process.env, JOB_COMPLETION_INDEX: '7' },
    encoding: 'utf8',
  });
  expect(echoed).toBe(
    "hearsay run test/cli/fixtures/tiny.mjs --seed it's mine --out /hearsay/out --jobs 1 --shard 8/8\n",
  );
});

test('a shard takes what its runs declare and are estimated to take', async () => {
  const quick = await sharedOf([...TINY, '--replicates', '4000'], 2);
  expect(quick.seconds).toBeCloseTo((((4000 * 240) / 2) * 9 * 200e-9) / 8, 3);
  expect(quick.bytes).toBe(1.5 * (100e6 + 40e6 + 1600));
  expect(wide.bytes).toBe(1.5 * (100e6 + 4 * (40e6 + 1600)));
});

test.concurrent.each([
  [[], 'cluster: name a kind of cluster and the command to be shared, as in '],
  [['slrm', '--shards', '2', '--', 'run', 'fanout'], 'cluster: the kind of cluster must be '],
  [['slurm', '--', 'run', 'fanout'], 'cluster: say over how many shards, as in --shards 20\n'],
  [
    ['slurm', '--shards', '2', '--', 'list'],
    'cluster: after -- comes the command to be shared, run or sweep, as in -- run fanout; found list\n',
  ],
  [
    ['slurm', '--shards', '2', '--', 'run', 'fanout', '--shard', '1/2'],
    'cluster: leave --shard out of the command to be shared\n',
  ],
  [
    [
      'slurm',
      '--shards',
      '9',
      '--',
      'run',
      'fanout',
      '--quick',
      '--set',
      'n=8',
      '--replicates',
      '0',
    ],
    'run: --replicates must be a whole number in 1..1000000000; got 0\n',
  ],
] as const)('%j is refused', async (words, sentence) => {
  const { code, stdout, stderr } = await hearsay(['cluster', ...words]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.slice(0, sentence.length)).toBe(sentence);
});
