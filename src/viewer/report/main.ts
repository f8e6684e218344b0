/** The report page. */
import { themeButton } from '../shared/theme.ts';

const button = document.querySelector<HTMLButtonElement>('#theme');
if (button !== null) themeButton(button);
