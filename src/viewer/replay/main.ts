/** The replay page: what belongs to which button, field and key. */
import type { ReplayData } from '../../report/replay/model.ts';
import { SPEEDS } from '../../report/replay/speeds.ts';
import { dataOf } from '../shared/data.ts';
import { themeButton } from '../shared/theme.ts';
import { timeIn } from './clock.ts';
import { found } from './dom.ts';
import { listen } from './keys.ts';
import { listenForChanges } from './live.ts';
import { momentsOf, neighbour } from './moments.ts';
import { Player } from './player.ts';
import { replayOf } from './run.ts';
import { State } from './state.ts';
import { timeAt } from './strip.ts';
import { SLIDER_STEPS, View } from './view.ts';

const data = dataOf<ReplayData>();
const state = new State(replayOf(data));
const { replay } = state;
const view = new View(state);
const player = new Player(replay.end, momentsOf(replay), {
  show(time, isJump) {
    view.show(time, isJump);
    const button = found('play');
    button.textContent = player.isPlaying ? '⏸ Pause' : '▶ Play';
  },
});
const marks = Float64Array.from(
  new Set([0, ...replay.marks.map(({ at }) => at), replay.end]),
).sort();
const speed = found<HTMLSelectElement>('speed');
const help = found<HTMLDialogElement>('help');
const nodeField = found<HTMLInputElement>('node');
const otherField = found<HTMLInputElement>('other');

const toggle = () => (player.isPlaying ? player.pause() : player.play());
const again = () => view.show(state.time, true);

function setSpeed(value: number): void {
  player.speed = view.speed = value;
  speed.value = String(value);
  view.draw();
}

function toMark(direction: 1 | -1): void {
  player.isPlaying = false;
  player.jump(neighbour(marks, state.time, direction));
}

/** -1: none. */
function choose(node: number, other = -1): void {
  state.node = node;
  state.other = node < 0 ? -1 : other;
  nodeField.value = node < 0 ? '' : String(node);
  otherField.value = state.other < 0 ? '' : String(other);
  again();
}

const nodeIn = (field: HTMLInputElement): number => {
  const node = field.value.trim() === '' ? -1 : Number(field.value);
  const isOne = Number.isInteger(node) && node >= -1 && node < replay.n;
  field.setAttribute('aria-invalid', String(!isOne));
  return isOne ? node : -1;
};

function setMatrix(is: boolean): void {
  if (state.scene === 'beliefs') view.showMatrix(is);
}

function onClick(id: string, act: () => void): void {
  found(id).addEventListener('click', act);
}

onClick('play', toggle);
onClick('back', () => player.step(-1));
onClick('forward', () => player.step(1));
onClick('mark-back', () => toMark(-1));
onClick('mark-forward', () => toMark(1));
onClick('matrix-button', () => setMatrix(!view.isMatrix));
onClick('help-button', () => help.showModal());
onClick('help-close', () => help.close());
speed.addEventListener('change', () => setSpeed(Number(speed.value)));
nodeField.addEventListener('input', () => {
  state.node = nodeIn(nodeField);
  again();
});
otherField.addEventListener('input', () => {
  state.other = nodeIn(otherField);
  again();
});

found('slider').addEventListener('input', (event) => {
  player.isPlaying = false;
  const share = Number((event.target as HTMLInputElement).value) / SLIDER_STEPS;
  player.jump(Math.round(share * replay.end));
});
const strip = found<HTMLCanvasElement>('strip');
strip.addEventListener('click', (event) => {
  player.isPlaying = false;
  player.jump(timeAt(replay, event.offsetX, strip.clientWidth));
});
found('picture').addEventListener('click', ({ offsetX, offsetY }) => {
  const node = view.nodeAt(offsetX, offsetY);
  if (node >= 0 && state.node >= 0 && node !== state.node && state.scene === 'beliefs')
    choose(state.node, node);
  else choose(node);
});
found('matrix').addEventListener('click', ({ offsetX, offsetY }) => {
  const pair = view.pairAt(offsetX, offsetY);
  if (pair === undefined) choose(-1);
  else choose(...pair);
});

const topic = document.querySelector<HTMLSelectElement>('#topic');
topic?.addEventListener('change', () => {
  state.chooseTopic(Number(topic.value));
  view.charts.rebuild();
  again();
});

listen({
  toggle,
  step: (direction) => player.step(direction),
  mark: toMark,
  move(hundredths) {
    player.isPlaying = false;
    player.jump(state.time + (hundredths * replay.end) / 100);
  },
  start: () => player.jump(0),
  end: () => player.jump(replay.end),
  faster(by) {
    const next = SPEEDS[SPEEDS.indexOf(player.speed) + by];
    if (next !== undefined) setSpeed(next);
  },
  matrix: () => setMatrix(!view.isMatrix),
  leave: () => (view.isMatrix ? setMatrix(false) : choose(-1)),
  help: () => help.showModal(),
});

const fromLink = () => {
  const time = timeIn(location.hash);
  if (time === undefined) return;
  player.isPlaying = false;
  player.jump(time);
};
window.addEventListener('hashchange', fromLink);
new ResizeObserver(() => view.resize()).observe(found('stage'));
for (const query of ['(prefers-color-scheme: dark)', '(resolution: 1dppx)'])
  matchMedia(query).addEventListener('change', () => view.recolour());
document.addEventListener('theme', () => view.recolour());
themeButton(found<HTMLButtonElement>('theme'));
setSpeed(player.speed);
player.jump(timeIn(location.hash) ?? 0);
view.recolour();
if (data.live) listenForChanges();
