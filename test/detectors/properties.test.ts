/** What holds for every detector, on random schedules with jitter, loss, silences and reordering. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Detector, NOTHING_HEARD, suspects } from '../../src/detectors/model.ts';
import { detectorKinds } from '../../src/detectors/registry.ts';

/** A heartbeat: time since the last one in us, step of its number (0: a duplicate, below: late). */
type Beat = readonly [number, number];

const beat: fc.Arbitrary<Beat> = fc.tuple(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 900_000, max: 1_100_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 3_000_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 90_000_000 }) },
  ),
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.integer({ min: -2, max: 4 }) },
  ),
);
const schedule = fc.array(beat, { minLength: 1, maxLength: 40 });

interface Heard {
  readonly detector: Detector;
  readonly now: number; // us
  readonly last: number; // us, of the last news
}

const SMALL = { window: 8 };
const optionsOf = (name: string) => {
  const { window } = detectorKinds[name].defaults;
  return window === undefined ? {} : name === 'phi-normal' ? { ...SMALL, warmUp: 2 } : SMALL;
};

function play(name: string, beats: readonly Beat[], pair = 0, pairs = 1): Heard {
  const detector = detectorKinds[name].make(optionsOf(name))(pairs);
  let now = 0;
  let last = 0;
  let newest = -Infinity;
  let sequence = 0;
  for (const [gap, step] of beats) {
    now += gap;
    sequence += step;
    detector.heard(pair, now, sequence);
    if (sequence > newest) [newest, last] = [sequence, now];
  }
  return { detector, now, last };
}

describe.each(Object.keys(detectorKinds))('%s', (name) => {
  const kind = detectorKinds[name];
  const level = fc.constantFrom(...kind.levels(1000));

  test('suspicion never decreases while nothing is heard', () => {
    const silence = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(schedule, silence, silence, (beats, a, b) => {
        const { detector, now } = play(name, beats);
        const early = detector.suspicion(0, now + Math.min(a, b));
        expect(detector.suspicion(0, now + Math.max(a, b))).toBeGreaterThanOrEqual(early);
      }),
      { seed: 11 },
    );
  });

  test('expiry is the first microsecond at which the level is enough', () => {
    fc.assert(
      fc.property(schedule, level, (beats, level) => {
        const { detector, last } = play(name, beats);
        const expiry = detector.expiry(0, level);
        const enough = (time: number) => suspects(detector, detector.suspicion(0, time), level);
        if (expiry === Infinity) {
          expect(enough(2 ** 50)).toBe(false);
          return;
        }
        expect(Number.isInteger(expiry)).toBe(true);
        expect(expiry).toBeGreaterThanOrEqual(last);
        expect(enough(expiry)).toBe(true);
        if (expiry > last) expect(enough(expiry - 1)).toBe(false);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test('a higher level expires no earlier', () => {
    fc.assert(
      fc.property(schedule, level, level, (beats, a, b) => {
        const { detector } = play(name, beats);
        const early = detector.expiry(0, Math.min(a, b));
        expect(detector.expiry(0, Math.max(a, b))).toBeGreaterThanOrEqual(early);
      }),
      { seed: 13 },
    );
  });

  test('what is not news changes nothing', () => {
    fc.assert(
      fc.property(schedule, level, fc.integer({ min: 0, max: 5 }), (beats, level, age) => {
        const { detector, now } = play(name, beats);
        const before = [detector.expiry(0, level), detector.suspicion(0, now + 5e6)];
        const newest = beats.reduce(
          ([sum, most], [, step]) => [sum + step, Math.max(most, sum + step)],
          [0, -Infinity],
        )[1];
        detector.heard(0, now + 1e6, newest - age);
        expect([detector.expiry(0, level), detector.suspicion(0, now + 5e6)]).toEqual(before);
      }),
      { seed: 14 },
    );
  });

  test('a detector that forgot is as new', () => {
    fc.assert(
      fc.property(schedule, schedule, level, (past, beats, level) => {
        const { detector } = play(name, past);
        detector.forget(0);
        expect(detector.suspicion(0, 1e9)).toBe(NOTHING_HEARD);
        expect(detector.expiry(0, level)).toBe(Infinity);
        const { detector: fresh, now } = play(name, beats);
        let time = 0;
        let sequence = 0;
        for (const [gap, step] of beats) {
          detector.heard(0, (time += gap), (sequence += step));
        }
        expect(detector.expiry(0, level)).toBe(fresh.expiry(0, level));
        expect(detector.suspicion(0, now + 12345)).toBe(fresh.suspicion(0, now + 12345));
      }),
      { seed: 15 },
    );
  });

  test('pairs do not see each other', () => {
    fc.assert(
      fc.property(schedule, level, (beats, level) => {
        const { detector: alone, now } = play(name, beats);
        const { detector } = play(name, beats, 1, 3);
        for (let i = 0; i < 20; i++) {
          detector.heard(0, now + i, i);
          detector.heard(2, now + 1000 * i, i);
        }
        expect(detector.expiry(1, level)).toBe(alone.expiry(0, level));
        expect(detector.suspicion(1, now + 777)).toBe(alone.suspicion(0, now + 777));
      }),
      { seed: 16, numRuns: 50 },
    );
  });

  test('a clock that was set back does not break it', () => {
    const { detector } = play(name, [
      [5_000_000, 1],
      [1_000_000, 1],
      [-4_000_000, 1],
      [1_000_000, 1],
      [0, 1],
    ]);
    const expiry = detector.expiry(0, kind.levels(1000)[8]);
    expect(expiry).toBeGreaterThanOrEqual(3_000_000);
    expect(expiry).toBeLessThan(200_000_000);
  });
});

describe.each(['timeout', 'phi-exponential', 'satzger', 'ed', 'phi-normal', 'phi-akka'])(
  '%s',
  (name) => {
    test('news takes the suspicion down to what it is without silence', () => {
      fc.assert(
        fc.property(schedule, fc.integer({ min: 0, max: 10_000_000 }), (beats, silence) => {
          const { detector, now } = play(name, beats);
          detector.heard(0, now + silence, 1000);
          const reset = detector.suspicion(0, now + silence);
          expect(reset).toBeLessThanOrEqual(0.302); // phi of the mean, at most; the others are 0
        }),
        { seed: 17 },
      );
    });
  },
);
