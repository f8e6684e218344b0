/** The page that plays a run: what belongs to which button, field and key. */
import type { ReplayData } from '../../report/replay/model.ts';
import { SPEEDS } from '../../report/replay/speeds.ts';
import { timeIn } from './clock.ts';
import { found } from './dom.ts';
import { listen } from './keys.ts';
import { momentsOf, neighbour } from './moments.ts';
import { Player } from './player.ts';
import { type Replay, replayOf } from './run.ts';
import { State } from './state.ts';
import { timeAt } from './strip.ts';
import { SLIDER_STEPS, View } from './view.ts';

export class App {
  readonly #replay: Replay;
  readonly #state: State;
  readonly #view: View;
  readonly #player: Player;
  readonly #marks: Float64Array;
  readonly #speed = found<HTMLSelectElement>('speed');
  readonly #help = found<HTMLDialogElement>('help');
  readonly #node = found<HTMLInputElement>('node');
  readonly #other = found<HTMLInputElement>('other');

  constructor(data: ReplayData) {
    const replay = replayOf(data);
    this.#replay = replay;
    this.#state = new State(replay);
    this.#view = new View(this.#state);
    this.#player = new Player(replay.end, momentsOf(replay), {
      show: (time, isJump) => {
        this.#view.show(time, isJump);
        found('play').textContent = this.#player.isPlaying ? '⏸ Pause' : '▶ Play';
      },
    });
    const times = [0, ...replay.marks.map(({ at }) => at), replay.end];
    this.#marks = Float64Array.from(new Set(times)).sort();
  }

  start(): void {
    this.#buttons();
    this.#fields();
    this.#places();
    this.#keys();
    this.#surroundings();
    this.#setSpeed(this.#player.speed);
    this.#player.jump(timeIn(location.hash) ?? 0);
    this.#view.recolour();
  }

  #buttons(): void {
    const onClick = (id: string, act: () => void) => found(id).addEventListener('click', act);
    onClick('play', () => this.#player.toggle());
    onClick('back', () => this.#player.step(-1));
    onClick('forward', () => this.#player.step(1));
    onClick('mark-back', () => this.#toMark(-1));
    onClick('mark-forward', () => this.#toMark(1));
    onClick('matrix-button', () => this.#setMatrix(!this.#view.isMatrix));
    onClick('help-button', () => this.#help.showModal());
    onClick('help-close', () => this.#help.close());
  }

  #fields(): void {
    this.#speed.addEventListener('change', () => this.#setSpeed(Number(this.#speed.value)));
    const chosen = () => {
      [this.#state.node, this.#state.other] = [this.#nodeIn(this.#node), this.#nodeIn(this.#other)];
      this.#again();
    };
    this.#node.addEventListener('input', chosen);
    this.#other.addEventListener('input', chosen);
    const slider = found<HTMLInputElement>('slider');
    slider.addEventListener('input', () => {
      const share = Number(slider.value) / SLIDER_STEPS;
      this.#player.jump(Math.round(share * this.#replay.end));
    });
    const topic = document.querySelector<HTMLSelectElement>('#topic');
    topic?.addEventListener('change', () => {
      this.#state.chooseTopic(Number(topic.value));
      this.#view.charts.rebuild();
      this.#again();
    });
  }

  /** Clicks on what is drawn. */
  #places(): void {
    const strip = found('strip');
    strip.addEventListener('click', ({ offsetX }) =>
      this.#player.jump(timeAt(this.#replay, offsetX, strip.clientWidth)),
    );
    found('picture').addEventListener('click', ({ offsetX, offsetY }) => {
      const node = this.#view.nodeAt(offsetX, offsetY);
      const { node: chosen, scene } = this.#state;
      const isAsked = scene === 'beliefs' && node >= 0 && chosen >= 0 && node !== chosen;
      if (isAsked) this.#choose(chosen, node);
      else this.#choose(node);
    });
    found('matrix').addEventListener('click', ({ offsetX, offsetY }) => {
      const [observer, subject] = this.#view.pairAt(offsetX, offsetY) ?? [-1, -1];
      this.#choose(observer, subject);
    });
  }

  #keys(): void {
    listen({
      toggle: () => this.#player.toggle(),
      step: (direction) => this.#player.step(direction),
      mark: (direction) => this.#toMark(direction),
      move: (hundredths) =>
        this.#player.jump(this.#state.time + (hundredths * this.#replay.end) / 100),
      start: () => this.#player.jump(0),
      end: () => this.#player.jump(this.#replay.end),
      faster: (by) => {
        const next = SPEEDS[SPEEDS.indexOf(this.#player.speed) + by];
        if (next !== undefined) this.#setSpeed(next);
      },
      matrix: () => this.#setMatrix(!this.#view.isMatrix),
      leave: () => (this.#view.isMatrix ? this.#setMatrix(false) : this.#choose(-1)),
      help: () => this.#help.showModal(),
    });
  }

  /** The address, the window, and light or dark. */
  #surroundings(): void {
    window.addEventListener('hashchange', ({ newURL }) => {
      const time = timeIn(new URL(newURL).hash); // the address itself may be that of the time shown again
      if (time !== undefined) this.#player.jump(time);
    });
    new ResizeObserver(() => this.#view.resize()).observe(found('stage'));
    for (const query of ['(prefers-color-scheme: dark)', '(resolution: 1dppx)'])
      matchMedia(query).addEventListener('change', () => this.#view.recolour());
    document.addEventListener('theme', () => this.#view.recolour());
  }

  #again(): void {
    this.#view.show(this.#state.time, true);
  }

  #setSpeed(speed: number): void {
    this.#player.speed = this.#view.speed = speed;
    this.#speed.value = String(speed);
    this.#view.draw();
  }

  #setMatrix(is: boolean): void {
    if (this.#state.scene === 'beliefs') this.#view.showMatrix(is);
  }

  #toMark(direction: 1 | -1): void {
    this.#player.jump(neighbour(this.#marks, this.#state.time, direction));
  }

  /** -1: none. */
  #choose(node: number, asked = -1): void {
    const other = node < 0 || asked === node ? -1 : asked;
    this.#node.value = node < 0 ? '' : String(node);
    this.#other.value = other < 0 ? '' : String(other);
    [this.#state.node, this.#state.other] = [node, other];
    for (const field of [this.#node, this.#other]) field.setAttribute('aria-invalid', 'false');
    this.#again();
  }

  /** -1: none, or none that there is. */
  #nodeIn(field: HTMLInputElement): number {
    const node = field.value.trim() === '' ? -1 : Number(field.value);
    const isOne = !field.validity.badInput && Number.isInteger(node) && node < this.#replay.n;
    field.setAttribute('aria-invalid', String(!isOne || node < -1));
    return isOne && node >= 0 ? node : -1;
  }
}
