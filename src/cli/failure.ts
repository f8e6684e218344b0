/** Any error -> what stderr says, and the exit code. */
import { RunFailed, UserError } from '../base/errors.ts';
import { say } from './terminal.ts';
import { FAILED, WRONG_INPUT } from './verb.ts';
import { commandLine } from './wording.ts';

/** Says what went wrong in one sentence; resolves to the exit code. HEARSAY_DEBUG=1 adds the stack. */
export function explain(error: unknown, words: readonly string[]): number {
  const known = error instanceof Error ? error : new Error(String(error));
  if (process.env.HEARSAY_DEBUG) say(known.stack ?? known.message);
  if (known instanceof UserError) {
    say(oneLine(known.message));
    return WRONG_INPUT;
  }
  if (known instanceof RunFailed || isSystem(known)) {
    say(oneLine(`hearsay: ${known.message}`));
    return FAILED;
  }
  say(
    oneLine(
      `BUG: ${known.message.replace(/^BUG: /, '')}; this repeats it, and shows where with HEARSAY_DEBUG=1: ${commandLine(words)}`,
    ),
  );
  return FAILED;
}

/** Errors of the operating system carry a code such as ENOSPC and a `syscall`. */
const isSystem = (error: Error): boolean => 'syscall' in error;

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');
