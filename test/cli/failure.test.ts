/** What is our own mistake says so, and how to repeat it. */
import { beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { explain } from '../../src/cli/failure.ts';

let said = '';
beforeEach(() => {
  said = '';
  vi.unstubAllEnvs();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});

const WORDS = ['run', 'fanout', '--seed', "it's mine"];

test('a wrong input is its sentence and 2', () => {
  expect(explain(new UserError('push: fanout must be\n at least 1'), WORDS)).toBe(2);
  expect(said).toBe('push: fanout must be at least 1\n');
});

test('a refusal of the system is its sentence and 1', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
  expect(explain(full, WORDS)).toBe(1);
  expect(said).toBe('hearsay: ENOSPC: no space left on device, write\n');
});

test('anything else is a bug, with the command that repeats it and no stack', () => {
  expect(explain(new Error('BUG: time went back'), WORDS)).toBe(1);
  expect(said).toMatch(/^BUG: time went back; this repeats it, .*\n$/);
  expect(said).toContain("npx hearsay run fanout --seed 'it'\\''s mine'\n");
  expect(said).not.toContain('    at ');
});

test('HEARSAY_DEBUG=1 shows the stack', () => {
  vi.stubEnv('HEARSAY_DEBUG', '1');
  explain(new Error('no idea'), WORDS);
  expect(said).toMatch(/^Error: no idea\n +at /);
});
