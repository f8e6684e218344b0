/** The replay page. */
import type { ReplayData } from '../../report/replay/model.ts';
import { dataOf } from '../shared/data.ts';
import { themeButton } from '../shared/theme.ts';
import { App } from './app.ts';
import { listenForChanges } from './live.ts';

const button = document.querySelector<HTMLButtonElement>('#theme');
if (button !== null) themeButton(button);
// A page without a stage has nothing to play.
if (document.getElementById('stage') !== null) {
  const data = dataOf<ReplayData>();
  new App(data).start();
  if (data.live) listenForChanges();
}
