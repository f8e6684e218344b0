/** Elements of the page, made and found. */
type Attributes = Readonly<Record<string, string>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function svg(name: string, attributes: Attributes): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Made by src/report/replay/page.ts. */
export function found<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`BUG: the page has no #${id}`);
  return element as T;
}

/** A table with a head; cells are text. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLTableElement {
  const line = (cells: readonly string[], of: 'th' | 'td') =>
    element(
      'tr',
      {},
      ...cells.map((cell) => element(of, of === 'th' ? { scope: 'col' } : {}, cell)),
    );
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, line(head, 'th')),
    element('tbody', {}, ...rows.map((row) => line(row, 'td'))),
  );
}

/** Moves a cursor in a box along its width, but for so many pixels at each end: nothing is drawn again for it. */
export function moveAlong(cursor: HTMLElement, share: number, inset = 0): void {
  const width = (cursor.parentElement?.clientWidth ?? 0) - 2 * inset;
  cursor.style.transform = `translateX(${Math.round(10 * (inset + share * width - 1)) / 10}px)`;
}
