/** What is typed behind --over: which values it means, in which column, and what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../../../src/experiment/scenario/index.ts';
import { axesOf } from '../../../../src/experiment/scenario/sweep/axes.ts';
import { settingOf } from '../../../../src/experiment/scenario/sweep/model.ts';
import { refusal } from '../../support/folders.ts';
import { PUSH } from './support.ts';

const BASIS = { text: PUSH, file: 'cluster.yaml', set: [] };
const read = (...typed: string[]) => axesOf(BASIS, typed);
const meaning = (...settings: string[]) =>
  JSON.stringify(loadScenario(PUSH, 'cluster.yaml', settings).scenario);

describe('values', () => {
  it.each([
    ['protocol.fanout=1..4', 'protocol_fanout', [1, 2, 3, 4]],
    ['protocol.fanout=4,1..2', 'protocol_fanout', [4, 1, 2]],
    ['loss=0..0.2:5', 'loss', [0, 0.05, 0.1, 0.15, 0.2]],
    ['loss=0,10%', 'loss', [0, 0.1]],
    ['nodes=10..1000:log:3', 'nodes', [10, 100, 1000]],
    ['nodes=10..50:log:3', 'nodes', [10, 22, 50]],
    ['latency=10ms..1s:log:3', 'latency_ms', [10, 100, 1000]],
    ['latency=5ms,1s,2m', 'latency_ms', [5, 1000, 120_000]],
    ['bandwidth=1Mbit/s,1MB/s', 'bandwidth_bytes_s', [125_000, 1_000_000]],
    ['protocol.rumourBytes=100B,1KiB', 'protocol_rumour_bytes', [100, 1024]],
    ['rounds.phase=random,synchronised', 'rounds_phase', ['random', 'synchronised']],
    ['protocol=push,pull', 'protocol', ['push', 'pull']],
  ])('%s', (typed, column, values) => {
    expect(read(typed)).toMatchObject([{ column, values }]);
  });

  it('mean the same as what was typed', () => {
    const duration = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('us', 'ms', 's', 'min', 'h'))
      .map(([n, unit]) => `rounds.period=${n}${unit}`);
    const rate = fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('B/s', 'kB/s', 'kbit/s', 'Mbit/s'))
      .map(([n, unit]) => `bandwidth=${n}${unit}`);
    const share = fc.integer({ min: 0, max: 1000 }).map((n) => `loss=${n / 10}%`);
    const whole = fc.integer({ min: 1, max: 11 }).map((n) => `protocol.fanout=${n}`);
    fc.assert(
      fc.property(fc.oneof(duration, rate, share, whole), (typed) => {
        const [axis] = read(typed);
        expect(meaning(settingOf(axis, axis.values[0]))).toBe(meaning(typed));
      }),
      { numRuns: 25 },
    );
  });

  it('stay text where a number means something else: version 4.0', () => {
    const text = 'nodes: 4\nduration: 9s\nprotocol: cassandra\n';
    const [axis] = axesOf({ ...BASIS, text }, ['protocol.version=4.0,4.1']);
    expect(axis.values).toEqual(['4.0', '4.1']);
  });

  it('may lie in what an axis before them sets', () => {
    const axes = read('protocol=push,rumour-mongering', 'protocol.fanout=1,2');
    expect(axes.map(({ column }) => column)).toEqual(['protocol', 'protocol_fanout']);
  });
});

describe('what is refused', () => {
  it.each([
    ['loss', '--over must be path=values'],
    ['=1,2', '--over must be path=values'],
    ['loss=0,,1', 'has a value that is empty'],
    ['loss=0.1,10%', 'must have different values; got 0.1 twice'],
    ['nodes=1..1', 'a range goes up; 1 is not above 1'],
    ['nodes=20..10:3', 'a range goes up; 10 is not above 20'],
    ['loss=0..0.5', 'say how many values, as in 0..0.5:5'],
    ['latency=1ms..9ms', 'say how many values, as in 1ms..9ms:5'],
    ['loss=0..0.5:1', 'a range has from 2 to 10000 values; got 1'],
    ['loss=0..0.5:log:3', 'equal ratios need a start above 0; got 0'],
    ['duration=1..2s:3', 'both ends of a range need the unit, as in 10ms..50ms:5; got 1..2s:3'],
    ['nodes=10..999999', 'these are 999990 values, the most is 10000'],
  ])('%s', async (typed, sentence) => {
    expect(await refusal(() => read(typed))).toContain(sentence);
  });

  it('one place twice', async () => {
    expect(await refusal(() => read('loss=0', 'loss=0.1'))).toBe(
      '--over loss and --over loss are one axis; give all values in one',
    );
  });
});
