import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/protocols/memberlist/presets.ts';
import { configuration } from '../../src/report/configuration.ts';

const at = (path: string, value: number | string, suffix = '') => ({ path, value, suffix });

describe('the configuration to use', () => {
  it('is cassandra.yaml, which takes thresholds from 5 to 16', () => {
    const settings = [at('protocol.threshold', 10), at('protocol.vnodes', 16), at('loss', 0.1)];
    expect(configuration('cassandra', settings)).toEqual([
      ...['# cassandra.yaml', 'phi_convict_threshold: 10', 'num_tokens: 16'],
      ...['In the scenario file, or with --set:', '  loss=0.1'],
    ]);
    expect(configuration('cassandra', [at('protocol.threshold', 20)])[1]).toContain('5 to 16');
  });

  it("is memberlist's in Go, and Consul's as far as that has it", () => {
    const settings = [
      at('protocol.preset', 'wan'),
      at('protocol.probeIntervalMs', 500, 'ms'),
      at('protocol.suspicionMult', 6),
      at('protocol.indirectChecks', 2),
    ];
    expect(configuration('memberlist', settings)).toEqual([
      ...['// memberlist, in Go', 'config := memberlist.DefaultWANConfig()'],
      'config.ProbeInterval = 500 * time.Millisecond',
      ...['config.SuspicionMult = 6', 'config.IndirectChecks = 2'],
      ...['# Consul', 'gossip_lan {', '  probe_interval = "500ms"', '  suspicion_mult = 6', '}'],
    ]);
  });

  it('knows every value of the configuration of memberlist', () => {
    const all = Object.keys(PRESETS.lan).map((name) => at(`protocol.${name}`, 1));
    expect(configuration('memberlist', all).join('\n')).not.toMatch(/undefined|--set/);
  });

  it('is the scenario file of any other', () =>
    expect(configuration('push', [at('protocol.fanout', 3)])).toEqual([
      ...['In the scenario file, or with --set:', '  protocol.fanout=3'],
    ]));
});
