import { describe, expect, test } from 'vitest';
import { childrensSeconds, interleaved, measured, reportIn } from '../../../bench/peers/measure.ts';

const shell = (script: string) => ['sh', '-c', script];
const REPORT = '{"cpu_s":0.5,"units":10,"peak_mb":3,"check":{"events":7}}';

test('programs run in turn, round after round', () => {
  const order = [...interleaved(['A', 'B', 'C'], (it) => (it === 'B' ? 1 : 2))].map(
    ({ round, thing }) => `${thing}${round}`,
  );
  expect(order).toEqual(['A0', 'B0', 'C0', 'A1', 'C1']);
});

test('the CPU time of children that ended is found, also behind a name with blanks and brackets', () => {
  const stat = '7 (a (odd) name) S 1 7 7 0 -1 4194304 5 6 7 8 1001 1002 250 50 20 0 1 0 99';
  expect(childrensSeconds(stat)).toBe(3);
});

describe('a report', () => {
  test('is the last line that is an object', () => {
    const output = `starting {\n${REPORT}\nbye\n`;
    expect(reportIn(output)).toEqual({ cpu_s: 0.5, units: 10, peak_mb: 3, check: { events: 7 } });
  });

  test.each([
    ['hello', 'it printed no report, but "hello"'],
    ['{"cpu_s":0.5,"units":10,"peak_mb":3}', 'its report lacks a number: {"cpu_s":0.5'],
    ['{"cpu_s":0.5,"units":null,"peak_mb":3,"check":{}}', 'its report lacks a number'],
    ['{"cpu_s":0.', 'its report is no JSON: {"cpu_s":0.'],
  ])('%s is refused', (output, sentence) => {
    expect(() => reportIn(output)).toThrow(sentence);
  });
});

describe('a program that is measured', () => {
  test('reports, and its process is charged', async () => {
    const run = await measured(['echo', REPORT]);
    expect(run).toMatchObject({ cpu_s: 0.5, check: { events: 7 } });
    expect(run.process_s).toBeGreaterThanOrEqual(0);
  });

  test.each([
    [shell('echo out of luck >&2; exit 3'), 'it ended with code 3: out of luck'],
    [
      shell('echo RangeError: too much >&2; echo >&2; echo Node.js >&2; exit 1'),
      'code 1: RangeError: too much',
    ],
    [shell('kill -9 $$'), 'it ended with SIGKILL: it said nothing'],
    [['no-such-program'], 'it could not be started: spawn no-such-program ENOENT'],
  ])('and fails, says how: %#', async (command, sentence) => {
    await expect(measured(command)).rejects.toThrow(sentence);
  });
});
