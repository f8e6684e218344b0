/** The button that goes from the system's colours to light, to dark, and back. What was chosen is kept, where it can be. */
const ORDER = ['', 'light', 'dark'] as const;
const NAMES = { '': 'as the system', light: 'light', dark: 'dark' } as const;
const KEY = 'hearsay-theme';

type Theme = (typeof ORDER)[number];

export function themeButton(button: HTMLButtonElement): void {
  let theme = kept();
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.textContent = `Colours: ${NAMES[theme]}`;
  };
  button.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    keep(theme);
    show();
    document.dispatchEvent(new CustomEvent('theme'));
  });
  show();
}

/** Some browsers refuse storage to a file. */
function kept(): Theme {
  try {
    const found = localStorage.getItem(KEY) ?? '';
    return ORDER.find((theme) => theme === found) ?? '';
  } catch {
    return '';
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // it holds until the page is closed
  }
}
