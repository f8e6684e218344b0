/**
 * Time from left to right, with stretches in which nothing happens shortened: what matters of a run is milliseconds of
 * latency and seconds of silence. The order is kept, and equal gaps are equally wide.
 */
const LEAST_PX = 14;
const PER_DECADE_PX = 30;
const SHORT_US = 4000; // a gap as long as this is hardly wider than the least

/** Microseconds -> px from the left, over a width; @param times of all that is drawn. */
export function timeScale(times: readonly number[], widthPx: number): (time: number) => number {
  const instants = [...new Set(times)].sort((a, b) => a - b);
  const places = [0];
  for (let i = 1; i < instants.length; i++) {
    const gap = instants[i] - instants[i - 1];
    places.push(places[i - 1] + LEAST_PX + PER_DECADE_PX * Math.log10(1 + gap / SHORT_US));
  }
  const zoom = widthPx / Math.max(1, places[places.length - 1]);
  return (time) => {
    const next = instants.findIndex((instant) => instant >= time);
    if (next < 0) return widthPx;
    if (next === 0) return 0;
    const share = (time - instants[next - 1]) / (instants[next] - instants[next - 1]);
    return zoom * (places[next - 1] + share * (places[next] - places[next - 1]));
  };
}
