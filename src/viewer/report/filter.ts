/** Which experiments are shown: those with all words of the search and one of the verdicts. A link to one shows it anyway. */
interface Entry {
  readonly id: string;
  readonly article: HTMLElement;
  readonly verdict: string;
  /** What is searched, in lower case: all but tables of single findings, figures and provenance. */
  readonly words: string;
}

const SEARCHED =
  'header, .answer, .claim, .remarks, figcaption, .quantities th, .findings th[scope="rowgroup"]';

export function filter(): void {
  const search = document.querySelector<HTMLInputElement>('#search');
  if (search === null) return;
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.filter button[data-verdict]')];
  let entries: Entry[] | undefined; // read at the first search
  const apply = () => {
    entries ??= readEntries();
    show(entries, search.value, verdictsOf(buttons));
  };
  search.addEventListener('input', apply);
  for (const button of buttons)
    button.addEventListener('click', () => {
      button.ariaPressed = button.ariaPressed === 'true' ? 'false' : 'true';
      apply();
    });
  document.addEventListener('keydown', (event) => onKey(event, search, apply));
  addEventListener('hashchange', () => reveal(search, buttons, apply));
}

const verdictsOf = (buttons: readonly HTMLButtonElement[]): ReadonlySet<string> =>
  new Set(buttons.filter((of) => of.ariaPressed === 'true').map((of) => of.dataset.verdict!));

function readEntries(): Entry[] {
  return [...document.querySelectorAll<HTMLElement>('article')].map((article) => ({
    id: article.id,
    article,
    verdict: article.dataset.verdict ?? 'none',
    words: [...article.querySelectorAll(SEARCHED)]
      .map(({ textContent }) => textContent)
      .join(' ')
      .toLowerCase(),
  }));
}

function show(entries: readonly Entry[], query: string, verdicts: ReadonlySet<string>): void {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Set(
    entries
      .filter(
        ({ verdict, words: text }) =>
          (verdicts.has(verdict) || verdict === 'none') &&
          words.every((word) => text.includes(word)),
      )
      .map(({ id }) => id),
  );
  for (const { id, article } of entries) article.hidden = !found.has(id);
  for (const item of document.querySelectorAll<HTMLElement>('[data-of]'))
    item.hidden = !found.has(item.dataset.of!);
  for (const group of document.querySelectorAll<HTMLElement>('.map section'))
    group.hidden = group.querySelector('li:not([hidden])') === null;
  for (const area of document.querySelectorAll<HTMLElement>('.area'))
    area.hidden = area.querySelector('article:not([hidden])') === null;
  const all = found.size === entries.length;
  document.querySelector('#found')!.textContent = all
    ? ''
    : `${found.size} of ${entries.length} experiments`;
}

/** `/` goes to the search, Escape empties it. */
function onKey(event: KeyboardEvent, search: HTMLInputElement, apply: () => void): void {
  const typing = (event.target as Element).closest?.('input, textarea, select') !== null;
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === 'Escape' && event.target === search && search.value !== '') {
    search.value = '';
    apply();
  }
}

/** Whoever follows a link to what is hidden wants to see it. */
function reveal(
  search: HTMLInputElement,
  buttons: readonly HTMLButtonElement[],
  apply: () => void,
): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest('[hidden]') == null) return;
  search.value = '';
  for (const button of buttons) button.ariaPressed = 'true';
  apply();
  target.scrollIntoView();
}
