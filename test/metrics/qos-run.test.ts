import { describe, expect, it } from 'vitest';
import {
  type Fact,
  type FaultKind,
  JOINED,
  type Observer,
  type ProtocolFactory,
  type Scenario,
  SUSPECTED,
  TRUSTED,
} from '../../src/engine/model.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { qos, qualityOfRecording } from '../../src/metrics/index.ts';
import { complete, constant } from '../../src/network/index.ts';

/** A pinging detector: who has not heard of a node in three of its rounds suspects it. */
const pings: ProtocolFactory<number> = (env) => {
  const { n } = env;
  const missed = new Int32Array(n * n); // [pair] rounds since the last ping
  const known = new Uint8Array(n * n); // [pair]
  return {
    onStart(node) {
      missed.fill(0, node * n, (node + 1) * n);
      known.fill(0, node * n, (node + 1) * n);
    },
    onRound(node) {
      for (let other = 0; other < n; other++) {
        if (other === node) continue;
        if (env.draw(node) > 0.3) env.send(node, other, 0);
        const pair = node * n + other;
        if (known[pair] === 1 && ++missed[pair] === 3) env.emit(SUSPECTED, node, other);
      }
    },
    onMessage(node, from) {
      const pair = node * n + from;
      if (known[pair] === 0) env.emit(JOINED, node, from);
      else if (missed[pair] >= 3) env.emit(TRUSTED, node, from);
      known[pair] = 1;
      missed[pair] = 0;
    },
  };
};

const scenario: Scenario<number> = {
  seed: 'qos',
  n: 8,
  protocol: pings,
  link: constant({ ms: 3 }),
  overlay: complete,
  rounds: { periodMs: 10, phase: 'random' },
  faults: [
    { atMs: 0, node: 5, kind: 'absent' },
    { atMs: 300, node: 5, kind: 'restart' },
    { atMs: 400, node: 1, kind: 'crash' },
    { atMs: 420, node: 1, kind: 'restart' },
    { atMs: 500, node: 2, kind: 'crash' },
    { atMs: 700, node: 2, kind: 'restart' },
    { atMs: 800, node: 3, kind: 'pause', untilMs: 900 },
    { atMs: 950, node: 4, kind: 'crash' },
  ],
  horizonMs: 1200,
};

/** Writes down what `qos` would see. */
function recorder() {
  const time: number[] = [];
  const fact: Fact[] = [];
  const observer: number[] = [];
  const subject: number[] = [];
  const truth: { time: number; node: number; kind: FaultKind }[] = [];
  const watch: Observer = {
    onFact(now, kind, node, about) {
      time.push(now);
      fact.push(kind);
      observer.push(node);
      subject.push(about);
    },
    onFault: (now, node, kind) => truth.push({ time: now, node, kind }),
  };
  const recording = () => ({ length: time.length, time, fact, observer, subject });
  return { watch, truth, recording };
}

describe('quality of service in a run', () => {
  const options = { n: 8, startMs: 100, endMs: 1200, members: 'joined' } as const;
  const meter = qos(options);
  const { watch, truth, recording } = recorder();
  simulate({ ...scenario, observers: [meter, watch] });
  const quality = meter.quality();

  it('is that of its recording', () => {
    expect(qualityOfRecording(recording(), truth, options)).toEqual(quality);
  });

  it('sees crashes, and not who is absent or paused', () => {
    const { crashes } = quality.detection;
    expect(crashes.map(({ subject, atMs }) => [subject, atMs])).toEqual([
      [1, 400],
      [2, 500],
      [4, 950],
    ]);
  });

  it('finds that everybody has suspected a crashed node in the third round without its ping', () => {
    // The last ping arrives 3 ms after the crash at the latest; three rounds take 30 ms.
    const [, , last] = quality.detection.crashes;
    expect(last).toMatchObject({ detected: 7, undetected: 0, cutOff: 0 });
    expect(last.lastMs).toBeLessThanOrEqual(3 + 30);
  });

  it('takes the suspicions of a paused node for mistakes', () => {
    // Of 100 ms of silence, ten rounds; its last pings arrive by 803 ms, three rounds later all seven must suspect.
    const { time, fact, subject } = recording();
    const wrong = time.filter(
      (at, i) => fact[i] === SUSPECTED && subject[i] === 3 && at > 800_000 && at <= 833_000,
    );
    expect(wrong.length).toBeGreaterThanOrEqual(5); // one or two may have suspected it before
    expect(quality.mistakes).toBeGreaterThanOrEqual(wrong.length);
    expect(quality.queryAccuracy).toBeLessThan(1);
  });
});
