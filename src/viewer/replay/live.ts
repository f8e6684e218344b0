/** A page that is served is told when its scenario has changed (src/cli/serve.ts), and loads itself again; the time is in its address. */
export function listenForChanges(): void {
  const events = new EventSource('/changes');
  events.addEventListener('changed', () => location.reload());
  // A server that was started again has a page of its own.
  events.addEventListener('open', () => {
    if (wasLost) location.reload();
  });
  let wasLost = false;
  events.addEventListener('error', () => {
    wasLost = true;
  });
}
