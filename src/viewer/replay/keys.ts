/** What the keys do; the page lists them, too (src/report/replay/page.ts). */
export interface Actions {
  readonly toggle: () => void;
  readonly step: (direction: 1 | -1) => void;
  readonly mark: (direction: 1 | -1) => void;
  /** By a hundredth of the run. */
  readonly move: (hundredths: number) => void;
  readonly start: () => void;
  readonly end: () => void;
  readonly faster: (by: 1 | -1) => void;
  readonly matrix: () => void;
  readonly leave: () => void;
  readonly help: () => void;
}

function actionOf(event: KeyboardEvent, actions: Actions): (() => void) | undefined {
  const { key, shiftKey } = event;
  switch (key) {
    case ' ':
      return actions.toggle;
    case 'ArrowRight':
      return () => (shiftKey ? actions.move(1) : actions.step(1));
    case 'ArrowLeft':
      return () => (shiftKey ? actions.move(-1) : actions.step(-1));
    case 'PageDown':
    case 'n':
      return () => actions.mark(1);
    case 'PageUp':
    case 'p':
      return () => actions.mark(-1);
    case 'Home':
      return actions.start;
    case 'End':
      return actions.end;
    case '+':
      return () => actions.faster(1);
    case '-':
      return () => actions.faster(-1);
    case 'm':
    case 'M':
      return actions.matrix;
    case 'Escape':
      return actions.leave;
    case '?':
      return actions.help;
    default:
      return undefined;
  }
}

/** Keys that fields, lists and buttons need are left to them. */
function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'range';
  if (target instanceof HTMLSelectElement) return true;
  return key === ' ' && target.closest('button, a, summary') !== null;
}

export function listen(actions: Actions): void {
  document.addEventListener('keydown', (event) => {
    if (isTaken(event)) return;
    const action = actionOf(event, actions);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
