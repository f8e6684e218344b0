/** Values of a group that was read, by what they are; and errors that say where the group stands. */
import { UserError } from '../../base/errors.ts';
import type { Group } from './read.ts';

export const numberAt = (group: Group, key: string): number => group.values[key] as number;
export const maybeNumber = (group: Group, key: string): number | undefined =>
  group.values[key] as number | undefined;
export const textAt = (group: Group, key: string): string => group.values[key] as string;
export const flagAt = (group: Group, key: string): boolean => group.values[key] as boolean;
export const groupAt = (group: Group, key: string): Group => group.values[key] as Group;
export const maybeGroup = (group: Group, key: string): Group | undefined =>
  group.values[key] as Group | undefined;
export const groupsAt = (group: Group, key: string): readonly Group[] =>
  group.values[key] as readonly Group[];

/** An error that says where in the file. */
class Located extends UserError {}

export const refusal = (at: string, sentence: string): UserError =>
  new Located(`${at}: ${sentence}`);

/** What `make` refuses is told with its place in the file: that of the key which the library names, or of the group. */
export function located<T>(group: Group, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof Located) throw error;
    throw inTheFile(group, error.message);
  }
}

/** The library has heal as healMs. */
function inTheFile({ at, places }: Group, message: string): UserError {
  const [, name = ''] = /: (\w+)(?:\[\d+\]|\.\d+)? must /.exec(message) ?? [];
  const key = [name, name.replace(/Ms$/, '')].find((known) => Object.hasOwn(places, known));
  if (key === undefined) return refusal(at, message);
  if (key === name) return refusal(places[key], message);
  return refusal(places[key], `${message.replace(`: ${name}`, `: ${key}`)} (in ms)`);
}
