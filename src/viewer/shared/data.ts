/** What the page was made with (src/report/page/page.ts). */
export function dataOf<T>(): T {
  const element = document.getElementById('data');
  if (element === null) throw new Error('BUG: the page has no data');
  return JSON.parse(element.textContent ?? '') as T;
}
