/** The directions of a call: the caller tells, the caller is told, or both. */
export const DIRECTIONS = ['push', 'pull', 'push-pull'] as const;
export type Direction = (typeof DIRECTIONS)[number];
