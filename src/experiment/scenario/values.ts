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

/** What `make` refuses is told with the place in the file. */
export function located<T>({ at }: Group, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof UserError) || error.message.startsWith(at)) throw error;
    throw new UserError(`${at}: ${error.message}`);
  }
}
