/** The page at a time: picture or matrix, strip, slider, curves, panel and words, each as often as it needs. */
import { ChartView } from './chart-view.ts';
import { glowAt, hashOf } from './clock.ts';
import { found, moveAlong } from './dom.ts';
import { showLegend } from './legend.ts';
import { Matrix } from './matrix.ts';
import { paletteNow } from './palette.ts';
import { showPanel } from './panel.ts';
import { Picture } from './picture.ts';
import type { Screen } from './player.ts';
import { summary } from './say.ts';
import type { State } from './state.ts';
import { drawShape, drawStrip, SLIDER_INSET } from './strip.ts';

const PANEL_EVERY = 200; // ms, while it is played
export const SLIDER_STEPS = 100_000;

export class View implements Screen {
  readonly state: State;
  readonly charts: ChartView;
  readonly #picture: Picture;
  readonly #matrix: Matrix;
  readonly #canvas = found<HTMLCanvasElement>('picture');
  readonly #matrixCanvas = found<HTMLCanvasElement>('matrix');
  readonly #strip = found<HTMLCanvasElement>('strip');
  readonly #stripCursor = found('strip-cursor');
  readonly #slider = found<HTMLInputElement>('slider');
  readonly #now = found('now');
  #palette = paletteNow();
  #panelAt = 0;
  #spoken: ReturnType<typeof setTimeout> | undefined;
  speed = 1;
  isMatrix = false;

  constructor(state: State) {
    this.state = state;
    const [ground, flights] = ['ground', 'flights'].map((id) => found<HTMLCanvasElement>(id));
    this.#picture = new Picture({ ground, flights, nodes: this.#canvas }, state, this.#palette);
    this.#matrix = new Matrix(this.#matrixCanvas, state, this.#palette);
    this.charts = new ChartView(found('curves'), state);
    this.#slider.max = String(SLIDER_STEPS);
    this.#legend();
  }

  show(time: number, isJump: boolean): void {
    this.state.seek(time);
    this.draw();
    const now = performance.now();
    if (isJump || now - this.#panelAt > PANEL_EVERY) {
      this.#panelAt = now;
      this.#words();
    }
    if (isJump) this.#settle();
  }

  /** What moves. */
  draw(): void {
    const { state } = this;
    if (this.isMatrix) this.#matrix.draw();
    else this.#picture.draw(glowAt(this.speed));
    const share = state.time / Math.max(1, state.replay.end);
    this.#slider.value = String(Math.round(share * SLIDER_STEPS));
    moveAlong(this.#stripCursor, share, SLIDER_INSET);
    this.charts.show();
  }

  showMatrix(is: boolean): void {
    this.isMatrix = is;
    found('stage').classList.toggle('is-matrix', is);
    this.#canvas.hidden = is;
    this.#matrixCanvas.hidden = !is;
    found('matrix-button').setAttribute('aria-pressed', String(is));
    this.#legend();
    this.draw();
  }

  /** Another size of the window. */
  resize(): void {
    drawStrip(this.#strip, this.state.replay, this.#palette);
    this.draw();
  }

  recolour(): void {
    this.#palette = paletteNow();
    this.#picture.recolour(this.#palette);
    this.#matrix.recolour(this.#palette);
    this.#legend();
    this.resize();
  }

  nodeAt(x: number, y: number): number {
    return this.#picture.nodeAt(x, y);
  }

  pairAt(x: number, y: number): readonly [number, number] | undefined {
    return this.#matrix.pairAt(x, y);
  }

  #words(): void {
    const said = summary(this.state);
    this.#now.textContent = said;
    this.#slider.setAttribute('aria-valuetext', said);
    this.#canvas.setAttribute('aria-label', `The nodes at ${said}`);
    this.#matrixCanvas.setAttribute('aria-label', `Who believes what of whom at ${said}`);
    showPanel(this.state);
  }

  /** When time stands: for links, and for who listens. */
  #settle(): void {
    clearTimeout(this.#spoken);
    this.#spoken = setTimeout(() => {
      found('spoken').textContent = this.#now.textContent;
      history.replaceState(null, '', hashOf(this.state.time));
    }, 250);
  }

  #legend(): void {
    showLegend(found('legend'), this.state, this.#palette, this.isMatrix);
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('#marks canvas')) {
      [canvas.width, canvas.height] = [28, 28];
      const context = canvas.getContext('2d')!;
      context.scale(2, 2);
      drawShape(context, canvas.dataset.kind as 'input', 7, 7, this.#palette);
    }
  }
}
