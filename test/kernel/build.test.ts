import { execFileSync } from 'node:child_process';
import { test } from 'vitest';

test('the committed module is what kernel.as compiles to', () => {
  execFileSync(process.execPath, ['scripts/build-kernel.mjs', '--check']);
});
