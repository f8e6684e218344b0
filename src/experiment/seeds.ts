/**
 * The seed of a run. The cell is not part of it: replicate r of every cell has the same luck (common random numbers), so
 * cells are compared in pairs and adding a cell or a replicate changes no other run.
 */
export const replicateSeed = (masterSeed: string, replicate: number): string =>
  `${masterSeed}/${replicate}`;
