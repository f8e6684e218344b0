/** The page that plays a run: what stands in it before its code (src/viewer/replay) runs. */
import { escaped, pageText } from '../page/page.ts';
import type { Mark, ReplayData } from './model.ts';
import { SPEEDS, speedText } from './speeds.ts';
import { digitsFor, timeText } from './words.ts';

export interface ReplayPage {
  readonly data: ReplayData;
  /** Protocol, size and seed, as one line. */
  readonly subtitle: string;
  /** The command that writes this page again. */
  readonly command: string;
}

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Space', 'play or pause'],
  ['← →', 'step to what happened before, or happens next'],
  ['Shift + ← →', 'go by a hundredth of the run'],
  ['Page Up, Page Down', 'to the moment before, or the next one, of the list'],
  ['Home, End', 'to the start, to the end'],
  ['+ −', 'faster, slower'],
  ['M', 'matrix: who believes what of whom'],
  ['Escape', 'leave the matrix, or the chosen node'],
  ['?', 'this list'],
];

export function replayPage({ data, subtitle, command }: ReplayPage): string {
  const body = `
<header class="top">
<div>
<h1>${escaped(data.title)}</h1>
<p class="sub">${escaped(subtitle)}</p>
</div>
<button id="theme" type="button">Colours</button>
</header>
<main>
<div class="stage-side">
${topicField(data)}<div id="stage">
<canvas id="ground" aria-hidden="true"></canvas>
<canvas id="flights" aria-hidden="true"></canvas>
<canvas id="picture" role="img" aria-label="The nodes"></canvas>
<canvas id="matrix" role="img" aria-label="Who believes what of whom" hidden></canvas>
</div>
<p id="now"></p>
<p id="spoken" class="spoken" role="status"></p>
<div class="time">
<div class="strip"><canvas id="strip" aria-hidden="true"></canvas><div id="strip-cursor" class="cursor"></div></div>
<input id="slider" type="range" min="0" max="1" step="1" value="0" aria-label="Time">
</div>
${controls(data)}
<p class="hint">Click a node for its table${data.family === 'detection' ? ', then another for its view of that one' : ''}. <kbd>?</kbd> shows the keys.</p>
${data.leftOut.map((sentence) => `<p class="note">${escaped(sentence)}</p>\n`).join('')}</div>
<aside>
<section aria-labelledby="legend-title"><h2 id="legend-title">What is shown</h2><ul id="legend"></ul></section>
<section aria-labelledby="curves-title"><h2 id="curves-title">Curves</h2><div id="curves"></div></section>
${nodePanel(data)}
${moments(data)}
</aside>
</main>
<footer><p>Written by hearsay. Again: <code>${escaped(command)}</code></p></footer>
${help()}
<noscript><p class="note">The picture needs JavaScript; the list of moments above does not.</p></noscript>`;
  return pageText({ title: data.title, viewer: 'replay', body, data, live: data.live });
}

function topicField({ topics, family }: ReplayData): string {
  if (topics.length < 2) return '';
  const what = family === 'ordering' ? 'Write' : 'Rumour';
  const options = topics.map(
    ({ id, node, at }) =>
      `<option value="${id}">${id}, of node ${node} at ${timeText(at)}</option>`,
  );
  return `<p class="field"><label for="topic">${what}</label> <select id="topic">${options.join('')}</select></p>\n`;
}

function controls({ family }: ReplayData): string {
  const button = (id: string, label: string, text: string) =>
    `<button id="${id}" type="button" aria-label="${label}" title="${label}">${text}</button>`;
  const speeds = SPEEDS.map((speed) => `<option value="${speed}">${speedText(speed)} ×</option>`);
  return `<div class="controls" role="group" aria-label="Playing">
<button id="play" type="button">▶ Play</button>
${button('back', 'Step back', '‹')}
${button('forward', 'Step on', '›')}
${button('mark-back', 'To the moment before', '⟨•')}
${button('mark-forward', 'To the next moment', '•⟩')}
<span class="field"><label for="speed">Speed</label> <select id="speed">${speeds.join('')}</select></span>
<button id="matrix-button" type="button" aria-pressed="false"${family === 'detection' ? '' : ' hidden'}>Matrix</button>
<button id="help-button" type="button" aria-label="Keys">?</button>
</div>`;
}

const nodePanel = ({ n, family }: ReplayData): string => `<section aria-labelledby="node-title">
<h2 id="node-title">A node</h2>
<p class="field"><label for="node">Node</label> <input id="node" type="number" min="0" max="${n - 1}" inputmode="numeric">
<span id="other-field"${family === 'detection' ? '' : ' hidden'}><label for="other">its view of</label> <input id="other" type="number" min="0" max="${n - 1}" inputmode="numeric"></span></p>
<p id="node-none" class="hint">None is chosen: type its number, or click it in the picture.</p>
<div id="node-body"></div>
</section>`;

function moments({ marks, end }: ReplayData): string {
  const item = ({ at, kind, text }: Mark) =>
    `<li><canvas data-kind="${kind}" aria-hidden="true"></canvas><a href="#t=${at / 1e6}s">${timeText(at, digitsFor(end))}</a> ${escaped(text)}</li>`;
  const list =
    marks.length === 0
      ? '<p class="hint">Nothing befalls this run.</p>'
      : `<ol id="marks">\n${marks.map(item).join('\n')}\n</ol>`;
  return `<section aria-labelledby="marks-title"><h2 id="marks-title">Moments</h2>
${list}
</section>`;
}

const help = (): string => `<dialog id="help" aria-labelledby="help-title">
<h2 id="help-title">Keys</h2>
<dl>${KEYS.map(([keys, what]) => `<dt><kbd>${keys}</kbd></dt><dd>${what}</dd>`).join('')}</dl>
<p>When a message has arrived, its line fades for half a second, so that also quick ones are seen; one that is lost ends half way.
In a partition the sides stand apart; they do so in the picture only.</p>
<button id="help-close" type="button">Close</button>
</dialog>`;
