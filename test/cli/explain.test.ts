/** Why something happened, at the door. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, hearsay } from './hearsay.ts';

const example = (name: string) =>
  fileURLToPath(new URL(`../../experiments/scenarios/${name}.yaml`, import.meta.url));

test.concurrent('an answer with a diagram, and the command that gives it again', async () => {
  const cwd = emptyFolder();
  const pause = example('pause');
  const words = ['explain', pause, '--what', 'suspected 5', '--out', 'why.svg'];
  const { code, stdout, stderr } = await hearsay(words, { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^A mistake: at 11\.36 s 2 suspects 5, but 5 was alive, and paused/);
  expect(stderr).toBe(
    `seed hearsay, replicate 0\ndrawn: why.svg\nagain: npx hearsay explain ${pause} --what 'suspected 5' --replicate 0 --out why.svg --seed hearsay\n`,
  );
  expect(readdirSync(cwd)).toEqual(['why.svg']);
  expect(readFileSync(join(cwd, 'why.svg'), 'utf8')).toMatch(/^<svg role="img" .*<\/svg>\n$/);
});

test.concurrent('--search finds a run in which it happens; json has the happenings', async () => {
  const words = ['explain', example('infect-and-die'), '--set', 'protocol.fanout=3'];
  const asked = ['--what', 'unreached 30', '--search', '60', '--format', 'json'];
  const { code, stdout, stderr } = await hearsay([...words, ...asked]);
  const { happened, replicate, steps, nodes } = JSON.parse(stdout);
  expect([code, happened]).toEqual([0, true]);
  expect(replicate).toBeGreaterThan(0);
  expect(stderr).toContain(`--replicate ${replicate} `);
  expect(steps[0].of[0]).toMatchObject({ what: 'fact', fact: 'DELIVERED', node: 0, at_s: 0 });
  expect(nodes).toContain(30);
});

test.concurrent('what did not happen has exit code 1, and no diagram', async () => {
  const cwd = emptyFolder();
  const words = ['explain', example('cassandra-pause'), '--what', 'dead 7', '--out', 'why.png'];
  const { code, stdout } = await hearsay(words, { cwd });
  expect([code, readdirSync(cwd)]).toEqual([1, []]);
  expect(stdout).toMatch(/^Nobody convicts 7, marking it DOWN in this run\./);
});
