/**
 * The version of what a run measures. Raise it by one with every change of the engine, the protocols, the network or the
 * metrics that changes any result: rows computed before are then computed again instead of being reused.
 */
export const RESULTS_VERSION = 1;
