/**
 * Tables of findings, sorted by the column that is clicked: first the largest (of z and differences, the furthest off),
 * then the smallest, then as they were. Rows sort within their quantity, and quantities by their first row.
 */
const BY_SIZE = ['Difference', 'z'];
const VERDICTS = ['not reproduced', 'inconclusive', 'reproduced'];
const DIRECTIONS = ['descending', 'ascending', 'none'] as const;

/** A header becomes a button when its table comes to be used: there are thousands of cells. */
export function sortableTables(): void {
  for (const head of document.querySelectorAll<HTMLTableCellElement>('table.findings thead th')) {
    const title = head.textContent ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = title;
    head.replaceChildren(button);
    button.addEventListener('click', () => sortBy(head, title));
  }
}

function sortBy(head: HTMLTableCellElement, title: string): void {
  const table = head.closest('table')!;
  const before = head.ariaSort ?? 'none';
  const direction = DIRECTIONS[(DIRECTIONS.indexOf(before as 'none') + 1) % DIRECTIONS.length];
  for (const other of table.querySelectorAll('thead th')) other.ariaSort = null;
  head.ariaSort = direction;
  const sign = direction === 'descending' ? -1 : 1;
  const rank = (row: HTMLTableRowElement) =>
    direction === 'none' ? 0 : keyOf(row.cells[head.cellIndex]?.textContent ?? '', title);
  const compare = (a: HTMLTableRowElement, b: HTMLTableRowElement) =>
    sign * order(rank(a), rank(b)) || placeOf(a) - placeOf(b);
  const bodies = [...table.tBodies].map((body) => {
    const rows = [...body.rows];
    for (const row of rows) placeOf(row);
    const first = rows[0].querySelector('th[scope="rowgroup"]') === null ? [] : [rows[0]];
    const sorted = rows.slice(first.length).sort(compare);
    body.append(...first, ...sorted);
    return { body, best: sorted[0] };
  });
  bodies.sort((a, b) => compare(a.best, b.best));
  table.append(...bodies.map(({ body }) => body));
}

const places = new WeakMap<HTMLTableRowElement, number>();
let next = 0;
/** Where the row stood at first. */
function placeOf(row: HTMLTableRowElement): number {
  if (!places.has(row)) places.set(row, next++);
  return places.get(row)!;
}

function keyOf(text: string, title: string): number | string {
  const verdict = VERDICTS.findIndex((word) => text.trim().endsWith(word));
  if (title === 'Verdict') return -verdict;
  const digits = text.replace(/,/g, '').replace('−', '-').replace('±', '').trim();
  const value = Number.parseFloat(digits);
  if (title === 'At') return text;
  if (Number.isNaN(value)) return Number.NEGATIVE_INFINITY;
  return BY_SIZE.includes(title) ? Math.abs(value) : value;
}

const order = (a: number | string, b: number | string): number =>
  typeof a === 'string' || typeof b === 'string'
    ? String(a).localeCompare(String(b), 'en', { numeric: true })
    : a === b
      ? 0
      : a - b;
