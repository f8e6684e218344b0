/** What a replay found, in the columns that `qualityOfRecording` reads. */
import type { Transitions } from '../detectors/replay.ts';
import type { Recording } from './qos.ts';

/** The transitions of pairs observer * n + subject. */
export const recordingOf = ({ times, pairs, facts }: Transitions, n: number): Recording => ({
  length: times.length,
  time: times,
  fact: facts,
  observer: pairs.map((pair) => Math.floor(pair / n)),
  subject: pairs.map((pair) => pair % n),
});
