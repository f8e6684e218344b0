import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

test('the committed modules are what the kernels compile to', () => {
  execFileSync(process.execPath, ['scripts/build-kernel.mjs', '--check']);
});
