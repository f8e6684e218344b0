/**
 * Selection: the least of many, without sorting them all. Source: Hoare, "Algorithm 65: find", CACM 4(7), 1961, with the
 * median of three for the pivot.
 */

/** Reorders `items` so that the `count` of least rank come first, in any order; of equal ranks the lower item comes first. */
export function leastFirst(items: Int32Array, rank: Float64Array, count: number): void {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const pivot = median(rank, items[low], items[(low + high) >> 1], items[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (isBefore(rank, items[i], pivot)) i++;
      while (isBefore(rank, pivot, items[j])) j--;
      if (i <= j) {
        const item = items[i];
        items[i++] = items[j];
        items[j--] = item;
      }
    }
    if (count <= j) high = j;
    else if (count > i) low = i;
    else return;
  }
}

const isBefore = (rank: Float64Array, a: number, b: number): boolean =>
  rank[a] < rank[b] || (rank[a] === rank[b] && a < b);

function median(rank: Float64Array, a: number, b: number, c: number): number {
  const [low, high] = isBefore(rank, a, b) ? [a, b] : [b, a];
  if (isBefore(rank, c, low)) return low;
  return isBefore(rank, high, c) ? high : c;
}
