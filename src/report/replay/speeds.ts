/** How fast a run can be played: seconds of the run in a second. */
export const SPEEDS: readonly number[] = [
  ...[0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
  ...[1, 2, 5, 10, 20, 50, 100],
];

/** '1/20', '5'. */
export const speedText = (speed: number): string =>
  speed < 1 ? `1/${Math.round(1 / speed)}` : `${speed}`;
