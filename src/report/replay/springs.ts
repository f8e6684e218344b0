/**
 * A graph laid out by springs along its edges and repulsion between all nodes. Source: Fruchterman, Reingold, "Graph drawing
 * by force-directed placement", Software: Practice and Experience 21(11), 1991. It cools linearly over a fixed number of steps.
 */
export interface Points {
  readonly x: Float64Array; // [node] from -1 to 1
  readonly y: Float64Array;
}

const STEPS = 120;

/** @param start where nodes stand at first: the result hangs on it, and on nothing else. */
export function sprung(start: Points, edges: readonly (readonly [number, number])[]): Points {
  const [x, y] = [start.x.slice(), start.y.slice()];
  const n = x.length;
  const ideal = Math.sqrt(4 / n);
  const [dx, dy] = [new Float64Array(n), new Float64Array(n)];
  const pull = (a: number, b: number, force: number) => {
    dx[a] += (x[b] - x[a]) * force;
    dy[a] += (y[b] - y[a]) * force;
    dx[b] -= (x[b] - x[a]) * force;
    dy[b] -= (y[b] - y[a]) * force;
  };
  const distance = (a: number, b: number) =>
    Math.max(1e-3, Math.sqrt((x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2));
  for (let step = 0; step < STEPS; step++) {
    dx.fill(0);
    dy.fill(0);
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) pull(a, b, -((ideal / distance(a, b)) ** 2));
    }
    for (const [a, b] of edges) pull(a, b, distance(a, b) / ideal);
    const heat = 0.2 * (1 - step / STEPS);
    for (let node = 0; node < n; node++) {
      const length = Math.max(1e-9, Math.sqrt(dx[node] ** 2 + dy[node] ** 2));
      const move = Math.min(length, heat) / length;
      x[node] += dx[node] * move;
      y[node] += dy[node] * move;
    }
  }
  return { x: filling(x), y: filling(y) };
}

/** Moved and stretched to what there is room for. */
function filling(values: Float64Array): Float64Array {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return values.map((value) => (high > low ? (1.84 * (value - low)) / (high - low) - 0.92 : 0));
}
