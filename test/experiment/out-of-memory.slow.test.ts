import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { DIST } from '../../src/experiment/package.ts';
import { fixturePath, temporary } from './support/folders.ts';

test('a worker out of memory fails its cell, and the other cells are finished', () => {
  const request = { set: { how: ['memory', 'fine'], k: ['1'] }, replicates: 2 };
  const program = `
    import { plan } from ${JSON.stringify(`${DIST}/src/experiment/plan.js`)};
    import { execute } from ${JSON.stringify(`${DIST}/src/experiment/runner.js`)};
    import { findExperiment } from ${JSON.stringify(`${DIST}/src/experiment/registry.js`)};
    const trouble = await findExperiment(${JSON.stringify(fixturePath('trouble'))});
    let done = 0;
    const onProgress = (runs) => void (done = runs);
    const options = { out: ${JSON.stringify(temporary())}, jobs: 1, onProgress };
    await execute(plan(trouble, ${JSON.stringify(request)}), options).catch(({ messages }) => {
      console.log(JSON.stringify({ done, messages }));
    });`;
  const output = execFileSync(
    process.execPath,
    ['--max-old-space-size=128', '--input-type=module', '-e', program],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const { done, messages } = JSON.parse(output);
  expect(done).toBe(2);
  expect(messages).toEqual([
    expect.stringMatching(/how = memory, k = 1, replicate 0, .* its worker died: .*memory/),
  ]);
});
