/**
 * The colours of pictures: those of Okabe and Ito ("Color universal design", 2008), darker or lighter until they stand out from
 * the page. Read from the style sheet, where light and dark have each their own.
 */
const NAMES = [
  ...['page', 'ink', 'soft', 'line', 'accent', 'node', 'known', 'wrong', 'right', 'old', 'load'],
  ...['news', 'lost', 'cut', 'unknown'],
] as const;

export type Palette = Readonly<Record<(typeof NAMES)[number], string>>;

/** As they are now: `light-dark()` is resolved by asking an element for its colour. */
export function paletteNow(): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Palette;
}
