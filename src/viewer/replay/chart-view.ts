/** The curves as pictures, with a line at the present time and the values there. */
import { grouped } from '../../report/numbers.ts';
import { type Chart, chartsOf, highest, type Line, pathOf, valueAt } from './curves.ts';
import { element, moveAlong, svg } from './dom.ts';
import type { State } from './state.ts';

const [W, H] = [320, 96];

interface Shown {
  readonly cursor: HTMLElement;
  readonly lines: readonly { readonly line: Line; readonly value: HTMLElement }[];
}

export class ChartView {
  readonly #host: HTMLElement;
  readonly #state: State;
  #shown: readonly Shown[] = [];

  constructor(host: HTMLElement, state: State) {
    this.#host = host;
    this.#state = state;
    this.rebuild();
  }

  /** After another rumour has been chosen. */
  rebuild(): void {
    const charts = chartsOf(this.#state);
    this.#host.replaceChildren();
    this.#shown = charts.map((chart) => this.#chart(chart));
    this.show();
  }

  /** At the time of the state. */
  show(): void {
    const { time, replay } = this.#state;
    for (const { cursor, lines } of this.#shown) {
      moveAlong(cursor, time / Math.max(1, replay.end));
      for (const { line, value } of lines) value.textContent = said(valueAt(line.steps, time));
    }
  }

  #chart(chart: Chart): Shown {
    const most = highest(chart);
    const cursor = element('div', { class: 'cursor' });
    const paths = chart.lines.map(({ steps, tone, dash }) =>
      svg('path', {
        d: pathOf(steps, this.#state.replay.end, most, W, H),
        class: 'curve',
        style: `stroke: var(--${tone})`,
        'stroke-dasharray': dash ? '5 3' : 'none',
      }),
    );
    const box = { viewBox: `0 -4 ${W} ${H + 8}`, class: 'chart', 'aria-hidden': 'true' };
    const picture = svg('svg', { ...box, preserveAspectRatio: 'none' });
    picture.append(
      svg('line', { class: 'floor', x1: '0', x2: String(W), y1: String(H), y2: String(H) }),
    );
    picture.append(...paths);
    const lines = chart.lines.map((line) => ({ line, value: element('b') }));
    const keys = lines.map(({ line, value }) => {
      const swatch = element('span', { class: line.dash ? 'swatch dashed' : 'swatch' });
      swatch.style.borderColor = `var(--${line.tone})`;
      return element('span', { class: 'key' }, swatch, `${line.label} `, value);
    });
    const title = element('h3', {}, chart.title, element('span', {}, `highest ${said(most)}`));
    const caption = element('figcaption', {}, ...keys);
    this.#host.append(
      element('figure', {}, title, element('div', { class: 'box' }, picture, cursor), caption),
    );
    return { cursor, lines };
  }
}

const said = (value: number): string => grouped(String(Math.round(value)));
