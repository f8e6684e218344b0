/** Before printing all folds open; afterwards those that the reader had closed close again. */
export function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const fold of opened) fold.open = true;
    for (const image of document.querySelectorAll('img')) image.loading = 'eager';
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
  });
}
