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
      'c.yaml:2:11: duration must be a duration such as 250ms, 30s or 10m, above 0; got 30. Did you mean 30s?',
    ],
    ['nodes: 10\nduration: 30sec\nprotocol: push', 'got "30sec". Did you mean 30'],
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
      'c.yaml:4:10: crash: nodes must be from 0 to 9; got 12',
    ],
    [
      `${BASE}protocol: push\nfaults: [{fault: crash, nodes: {share: 2}, at: 1s}]`,
      'must be nodes: ',
    ],
    [`${BASE}protocol: push\npartitions: [{side: 9-0, at: 1s}]`, 'partitions.0.side must be nodes'],
    [
      `${BASE}protocol: push\noverlay: {graph: ring, k: 7}`,
      'c.yaml:4:10: ring: n must be above 2k',
    ],
    [`${BASE}protocol: push\ndetector: timeout`, 'c.yaml:4:11: detector goes with heartbeat'],
    [`${BASE}protocol: direct-heartbeats`, 'direct-heartbeats needs a detector'],
    [`${BASE}protocol: swim\nworkload: {do: rumour, at: 0s}`, 'swim can be asked for nothing'],
    [`${BASE}protocol: push\nobserve: [sprad]`, 'Did you mean spread?'],
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
  ])('--set %s', (setting, sentence) => {
    expect(complaint(`${BASE}protocol: push`, [setting])).toContain(sentence);
  });

  it('is none where a value of the command line reaches into a short form', () => {
    expect(complaint(`${BASE}protocol: push`, ['protocol.fanout=3', 'loss.p=0.1', 'seed=7'])).toBe(
      'nothing is wrong',
    );
  });
});
