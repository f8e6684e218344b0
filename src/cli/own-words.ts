/** Scenario files are read by parts of `simulate` and `sweep`: what they refuse is told in the name of the verb that asks. */
import { UserError } from '../base/errors.ts';

const OTHERS = /^(simulate|sweep): /;

export async function inOwnWords<T>(verb: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replace(OTHERS, `${verb}: `));
  }
}
