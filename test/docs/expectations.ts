/** What the tests of the documentation expect of commands that ran. */
import { expect } from 'vitest';
import { firstMissing, promised, type Ran } from './documents.ts';

export function expectRan(ran: readonly Ran[]): void {
  for (const { at, command, code, stderr } of ran)
    expect(code, `${at}: ${command}\n${stderr}`).toBe(0);
}

/** Each text block that follows commands which ran shows lines of what they printed. */
export function expectPromised(file: string, ran: readonly Ran[]): void {
  for (const { at, by, lines } of promised(file)) {
    const output = ran.filter((one) => one.at === by).map(({ stdout }) => stdout);
    if (output.length === 0) continue;
    expect(firstMissing(lines, output.join('\n')), `${at} is not what it prints`).toBeUndefined();
  }
}
