/**
 * The list of seeds of a node: never itself, nobody twice. Source: Gossiper.buildSeedsList and reloadSeeds: a provider
 * that fails or has none to offer leaves the list as it is.
 */

/** The new list; undefined where the provider fails. */
export function reloadSeeds<T>(
  before: readonly T[],
  provider: () => readonly T[],
  self: T,
): readonly T[] | undefined {
  let offered: readonly T[];
  try {
    offered = provider();
  } catch {
    return undefined;
  }
  if (offered.length === 0) return before;
  return seedList(offered, self);
}

export const seedList = <T>(offered: readonly T[], self: T): readonly T[] => [
  ...new Set(offered.filter((seed) => seed !== self)),
];
