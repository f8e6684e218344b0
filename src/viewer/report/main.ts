/** The report page: without this code it is all there to read; with it, it answers. */
import { themeButton } from '../shared/theme.ts';
import { copyButtons } from './copy.ts';
import { wakeFigures } from './figures.ts';
import { filter } from './filter.ts';
import { openForPrint } from './print.ts';
import { sortableTables } from './sort.ts';

document.documentElement.classList.add('has-js');
const button = document.querySelector<HTMLButtonElement>('#theme');
if (button !== null) themeButton(button);
filter();
sortableTables();
copyButtons();
openForPrint();
wakeFigures();
