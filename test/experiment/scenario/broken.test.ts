/** Whatever is wrong with a scenario file: where, what was expected, what was found, and the nearest known name. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { loadScenario, runReplicate } from '../../../src/experiment/scenario/index.ts';

const BASE = 'nodes: 10\nduration: 5s\n';

function complaint(text: string, settings: string[] = []): string {
  try {
    const { scenario } = loadScenario(text, 'c.yaml', settings);
    runReplicate(scenario, 'broken', 0);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  return 'nothing is wrong';
}

describe('a broken file', () => {
  it.each([
    ['', 'c.yaml:1:1: expected a scenario'],
    ['nodes: [1\n', 'expected YAML or JSON'],
    [
      `${BASE}nodes: 3\nprotocol: push`,
      'c.yaml:3:1: expected YAML or JSON; map keys must be unique',
    ],
    [`${BASE}protocl: push`, 'c.yaml:3:1: "protocl" is not known here; nearest: protocol.'],
    [`${BASE}protocol: pusj`, 'c.yaml:3:11: protocol must be infect-and-die, push, '],
    [`${BASE}protocol: pusj`, 'got "pusj". Did you mean push?'],
    [
      `${BASE}protocol: push\nloss: 5`,
      'c.yaml:4:7: loss must be a share from 0 to 1; got 5. Did you mean 0.05?',
    ],
    [
      'nodes: 10\nduration: 30\nprotocol: push',
      'c.yaml:2:11: duration must be a duration such as 250ms, 30s or 10m, above 0; got 30. Did you mean 30ms, or 30s?',
    ],
    ['nodes: 10\nduration: 30sek\nprotocol: push', 'got "30sek". Did you mean 30s?'],
    [
      'nodes: 1\nduration: 3s\nprotocol: push',
      'nodes must be a whole number from 2 to 1000000; got 1',
    ],
    ['nodes: 2.5\nduration: 3s\nprotocol: push', 'got 2.5'],
    ['nodes:\nduration: 3s\nprotocol: push', 'got nothing'],
    ['duration: 3s\nprotocol: push', 'c.yaml:1:1: nodes is missing: how many nodes, 2 or more.'],
    [`${BASE}protocol: infect-and-die`, 'c.yaml:3:11: protocol.fanout is missing: '],
    [
      `${BASE}protocol: {name: push, fanuot: 2}`,
      'c.yaml:3:24: "fanuot" is not known here in protocol (push); nearest: fanout.',
    ],
    [`${BASE}protocol: {name: push, fanout: many}`, 'c.yaml:3:32: protocol.fanout must be a whole'],
    [`${BASE}protocol: push\nlatency: {law: normal}`, 'c.yaml:4:16: latency.law must be constant'],
    [`${BASE}protocol: push\nlatency: {law: exponential}`, 'c.yaml:4:10: latency.mean is missing'],
    [`${BASE}protocol: push\nbandwidth: 1400`, 'Did you mean 1400B/s?'],
    [`${BASE}protocol: push\nfaults:\n  - {fault: crahs}`, 'c.yaml:5:13: faults.0.fault must be'],
    [`${BASE}protocol: push\nfaults: [{fault: crash, at: 1s}]`, 'faults.0.nodes is missing'],
    [`${BASE}protocol: push\nfaults: [{fault: crash, nodes: 1}]`, 'expected one of at, every and'],
    [
      `${BASE}protocol: push\nfaults: [{fault: crash, nodes: 5-12, at: 1s}]`,
      'c.yaml:4:32: crash: nodes must be from 0 to 9; got 12',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: crash, nodes: {share: 2}, at: 1s}]`,
      'must be nodes: ',
    ],
    [`${BASE}protocol: push\npartitions: [{side: 9-0, at: 1s}]`, 'partitions.0.side must be nodes'],
    [
      `${BASE}protocol: push\npartitions: [{side: 1, at: 3s, heal: 2s}]`,
      'c.yaml:4:38: partition: heal must not be before at, 3000 ms; got 2000 ms',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: clock, driftPpm: 1e6}]`,
      'c.yaml:4:35: faults.0.driftPpm must be a number from -100000 to 100000; got 1e6.',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: clock, driftPpm: 1e5, driftMostPpm: 1e5}]`,
      'c.yaml:4:35: scenario: faults[1]: driftPpm must be a number in [-100000, 100000]',
    ],
    [
      `${BASE}protocol: {name: cassandra, version: trunk, samples: 1, shortRun: true}`,
      'c.yaml:3:11: cassandra: the run must be shorter than 1 rounds',
    ],
    [
      `${BASE}protocol: swim\nwarmUp: 5s`,
      'c.yaml:4:9: warmUp must be shorter than duration; got 5000 ms, of 5000 ms',
    ],
    [
      `${BASE}protocol: push\noverlay: {graph: ring, k: 7}`,
      'c.yaml:4:10: ring: n must be above 2k',
    ],
    [`${BASE}protocol: push\ndetector: timeout`, 'c.yaml:4:11: detector goes with heartbeat'],
    [`${BASE}protocol: direct-heartbeats`, 'direct-heartbeats needs a detector'],
    [`${BASE}protocol: swim\nworkload: {do: rumour, at: 0s}`, 'swim can be asked for nothing'],
    [`${BASE}protocol: push\nobserve: [sprad]`, 'Did you mean spread?'],
    [
      `${BASE}protocol: {name: ordering, broadcast: {name: push, fanot: 2}}`,
      'c.yaml:3:52: "fanot" is not known here in protocol.broadcast (push); nearest: fanout.',
    ],
    [
      `${BASE}protocol: {name: ordering, delivery: probabilistic, own: 200}`,
      'c.yaml:3:58: ordering: own must be a whole number in 1..100; got 200',
    ],
    [
      `${BASE}protocol: ordering\nworkload: {do: operations, from: 4s, until: 2s}`,
      'c.yaml:4:45: operations: until must be a number at least 4000 and finite; got 2000 (in ms)',
    ],
    [
      `${BASE}protocol: ordering\nworkload: {do: rumour, at: 1s}`,
      'c.yaml:4:11: ordering can be asked for operations, read, write, delete, read-write; got rumour',
    ],
    [
      `${BASE}protocol: swim\nobserve: load`,
      'c.yaml:4:10: observe must be traffic, peaks, detection, deaths, views or lives; got "load".',
    ],
    [`${BASE}protocol: push\ntransport: tpc`, 'c.yaml:4:12: transport must be udp, tcp or mixed'],
    [
      `${BASE}protocol: push\nlatency: {law: matrix, rows: [[1ms, 2ms], [3ms]]}`,
      'c.yaml:4:10: zones: links[1] must have one link per zone (2); got 1',
    ],
    [
      `${BASE}protocol: push\nlatency: {law: matrix, rows: []}`,
      'c.yaml:4:30: latency: rows must be one for each datacentre; got none',
    ],
    [
      `${BASE}protocol: push\nlatency: {law: uniform, min: 10ms, max: 5ms}`,
      'c.yaml:4:41: uniform: max must be a number in [10, ',
    ],
    [
      `${BASE}protocol: push\noverlay: {graph: edges, list: [[0, 1, 2]]}`,
      'c.yaml:4:31: edges: list.0 must be a pair of nodes; got 3',
    ],
    [
      `${BASE}protocol: push\npartitions: [{side: {zone: 3, of: 3}, at: 1s}]`,
      'c.yaml:4:21: partitions.0.side must be nodes: all, ',
    ],
    [
      `${BASE}protocol: push\npartitions: [{side: 0-4, at: 1s, heal: 2s, spread: 3s}]`,
      'partition: heal must be ',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: swizzle, nodes: 0-4, at: 1s, heal: 2s, spread: 3s}]`,
      'c.yaml:4:53: swizzle: heal must be a number at least 4000 and finite; got 2000 (in ms)',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: outage, zones: 30, at: 1s, lasts: 1s}]`,
      'c.yaml:4:33: outage: zones must be a whole number in 1..10; got 30',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: outage, zones: 3, which: 3, at: 1s, lasts: 1s}]`,
      'c.yaml:4:43: outage: which must be from 0 to 2; got 3',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: stall, nodes: 8, blocked: 1s, open: 1s, from: 6s}]`,
      'c.yaml:4:64: from must not be later than the end of the scenario; got 6000 ms, and 5000 ms',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: crash, nodes: 8, at: 50m}]`,
      'c.yaml:4:39: at must not be later than the end of the scenario; got 3000000 ms, and 5000 ms',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: pause, nodes: 8, at: [1s, 6s], lasts: 1s}]`,
      'c.yaml:4:39: at must not be later than the end of the scenario; got 6000 ms',
    ],
    [
      `${BASE}protocol: push\npartitions: [{side: 1, at: 6s}]`,
      'c.yaml:4:28: at must not be later than the end of the scenario; got 6000 ms',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: clock, ntp: {evry: 64s}}]`,
      'c.yaml:4:31: "evry" is not known here in faults.0.ntp; nearest: every.',
    ],
    [
      `${BASE}protocol: {name: cassandra, version: 4.1, stage: {slowdwn: 2}}`,
      'c.yaml:3:51: "slowdwn" is not known here in protocol.stage; nearest: slowdown.',
    ],
    [
      `${BASE}protocol: {name: cassandra, version: 4.1}\nworkload: {do: removenode, at: 1s, victim: 12}`,
      'c.yaml:4:44: removenode: victim must be a whole number in 0..9; got 12',
    ],
    [`${BASE}protocol: push\nwarmUp: 6s`, 'c.yaml:4:9: warmUp must be shorter than duration'],
    ['a: &a 1\nb: *a', 'found an alias, *a'],
    ['- 1\n- 2', 'expected a scenario'],
    ['['.repeat(20_000), 'expected YAML or JSON'],
  ])('%j', (text, sentence) => {
    expect(complaint(text)).toContain(sentence);
  });

  it('tells all that is wrong', () => {
    expect(complaint(`${BASE}protocol: pusj\nloss: 5`).split('\n')).toHaveLength(2);
  });

  it.each([
    ['loss=5', '--set loss: loss must be a share'],
    ['protocol.fanuot=2', '--set protocol.fanuot: "fanuot" is not known here'],
    ['loss', '--set must be path=value'],
    ['loss=[', 'expected YAML or JSON'],
    ['faults.0.at=1s', 'the list has 0 entries'],
    ['workload.at=1s', 'the list has 1 entry'],
  ])('--set %s', (setting, sentence) => {
    expect(complaint(`${BASE}protocol: push`, [setting])).toContain(sentence);
  });

  it('is none where a value of the command line reaches into a short form', () => {
    expect(complaint(`${BASE}protocol: push`, ['protocol.fanout=3', 'loss.p=0.1', 'seed=7'])).toBe(
      'nothing is wrong',
    );
  });
});
