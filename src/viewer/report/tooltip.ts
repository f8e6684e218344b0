/** What stands at the pointer: the series, where, and the value with its interval. */
import { significant } from '../../report/numbers.ts';

/** A row of a figure's data (`row` of src/report/figure-spec.ts). */
export interface Datum {
  readonly mark?: string;
  readonly label?: string;
  readonly published?: string;
  readonly color?: string | null;
  readonly facet?: string;
  readonly detail?: string;
  readonly x?: number | string;
  readonly y?: number;
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface Names {
  readonly x: string;
  readonly y: string;
}

let box: HTMLElement | undefined;

export function showTip(event: MouseEvent, datum: Datum, names: Names): void {
  box ??= document.body.appendChild(document.createElement('div'));
  box.className = 'tip';
  box.setAttribute('aria-hidden', 'true'); // the table has the numbers
  box.replaceChildren(...linesOf(datum, names).map(line));
  box.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.min(event.clientX + 14, innerWidth - width - 8);
  const above = event.clientY - height - 14;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${above > 8 ? above : event.clientY + 18}px`;
}

export function hideTip(): void {
  if (box !== undefined) box.hidden = true;
}

type Line = readonly [name: string, value: string];

function linesOf(datum: Datum, names: Names): Line[] {
  const { color, facet, detail, x, y, low, high } = datum;
  const label = datum.published ?? datum.label ?? '';
  const interval =
    typeof low === 'number' && typeof high === 'number' && low !== high
      ? ` [${number(low)}, ${number(high)}]`
      : '';
  return [
    ['', [color, facet, detail].filter(Boolean).join(', ')],
    [names.x, typeof x === 'number' ? number(x) : String(x)],
    [names.y, `${number(y ?? Number.NaN)}${interval}`],
    ['', label],
  ].filter(([, value]) => value !== '') as unknown as Line[];
}

const number = (value: number): string => significant(value, 4).replace('-', '−');

function line([name, value]: Line): HTMLElement {
  const element = document.createElement('p');
  if (name !== '') element.append(`${name}: `);
  const strong = document.createElement('b');
  strong.textContent = value;
  element.append(name === '' ? value : strong);
  return element;
}
