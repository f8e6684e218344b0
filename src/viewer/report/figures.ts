/**
 * Figures come alive one at a time, when they are near the view and the browser is idle, or at once when the reader turns
 * to one. Until then, and where that fails, their picture stands.
 */
import { dataOf } from '../shared/data.ts';
import type { Plot } from './plot.ts';
import { draw } from './plot.ts';
import type { Json } from './spec.ts';

const NEAR = '300px'; // beyond the view
const STEP = 1.5; // of the zoom buttons

interface Live {
  readonly plot: Plot;
  readonly hidden: Set<string>;
}

const lives = new WeakMap<Element, Promise<Live | undefined>>();

export function wakeFigures(): void {
  const { config } = dataOf<{ config: Json }>();
  const waiting = new Set<Element>();
  let busy = false;
  const next = () => {
    const [figure] = waiting;
    if (busy || figure === undefined) return;
    busy = true;
    whenIdle(async () => {
      waiting.delete(figure);
      await wake(figure, config);
      busy = false;
      next();
    });
  };
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting && !lives.has(target)) waiting.add(target);
        else waiting.delete(target);
      }
      next();
    },
    { rootMargin: NEAR },
  );
  for (const figure of document.querySelectorAll('figure')) {
    if (specOf(figure) === null) continue;
    observer.observe(figure);
    figure.addEventListener('pointerenter', () => void wake(figure, config), { once: true });
    figure.addEventListener('click', (event) => void onClick(event, figure, config));
  }
}

const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 60);
};

const specOf = (figure: Element) => figure.querySelector('script[type="application/json"]');

/** Once; resolves to nothing where the figure stays a picture. */
function wake(figure: Element, config: Json): Promise<Live | undefined> {
  if (!lives.has(figure)) lives.set(figure, live(figure, config));
  return lives.get(figure)!;
}

async function live(figure: Element, config: Json): Promise<Live | undefined> {
  const box = figure.querySelector<HTMLElement>('.plot')!;
  const image = box.querySelector('img')!;
  const place = document.createElement('div');
  place.className = 'drawn';
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', image.alt);
  const drawing = place.appendChild(document.createElement('div'));
  drawing.setAttribute('aria-hidden', 'true'); // the label says it, and the tables have the numbers
  try {
    const spec = JSON.parse(specOf(figure)!.textContent ?? '') as Json;
    const size = { px: box.clientWidth, picturePx: Number(image.getAttribute('width')) };
    box.append(place); // beside the picture: unseen until it is drawn
    const plot = await draw(drawing, spec, config, size);
    image.hidden = true;
    place.classList.add('shown');
    const hidden = new Set<string>();
    plot.onSeries = (name) => toggle(figure, { plot, hidden }, name);
    figure.classList.add('live');
    return { plot, hidden };
  } catch (error) {
    place.remove();
    console.error(
      `${figure.id} stays a picture: ${error instanceof Error ? error.message : error}`,
    );
    return undefined;
  }
}

async function onClick(event: Event, figure: Element, config: Json): Promise<void> {
  const button = (event.target as Element).closest<HTMLButtonElement>('.tools button');
  if (button === null) return;
  const found = await wake(figure, config);
  if (found === undefined) return;
  const { do: what } = button.dataset;
  if (what === undefined) toggle(figure, found, button.textContent ?? '');
  else if (what === 'svg' || what === 'png') await save(figure, found.plot, what);
  else found.plot.zoom({ in: STEP, out: 1 / STEP, reset: 0 }[what]!);
}

function toggle(figure: Element, { plot, hidden }: Live, name: string): void {
  const buttons = [...figure.querySelectorAll<HTMLButtonElement>('.series button')];
  const button = buttons.find(({ textContent }) => textContent === name);
  if (button === undefined) return;
  if (!hidden.delete(name)) hidden.add(name);
  button.ariaPressed = hidden.has(name) ? 'false' : 'true';
  plot.hide([...hidden]);
}

/** As it is shown now. */
async function save(figure: Element, { view }: Plot, kind: 'svg' | 'png'): Promise<void> {
  const link = document.createElement('a');
  link.href = await view.toImageURL(kind, kind === 'png' ? 2 : 1);
  link.download = `${figure.id.replace('--', '-')}.${kind}`;
  link.click();
}
