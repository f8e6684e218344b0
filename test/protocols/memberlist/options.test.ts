import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/engine/simulate.ts';
import { complete, constant } from '../../../src/network/index.ts';
import { memberlist } from '../../../src/protocols/memberlist/memberlist.ts';
import type { MemberlistOptions } from '../../../src/protocols/memberlist/options.ts';
import { PRESETS } from '../../../src/protocols/memberlist/presets.ts';
import { protocols } from '../../../src/protocols/registry.ts';

const hash = (options: MemberlistOptions) =>
  simulate({
    ...{ n: 8, seed: 'options', overlay: complete, link: constant({ ms: 1 }) },
    protocol: memberlist(options),
    faults: [{ atMs: 500, node: 7, kind: 'crash' }],
    horizonMs: 20_000,
  }).hash;

describe('the configuration of memberlist', () => {
  it('is the preset, but for what is given', () => {
    const given = { probeIntervalMs: 500, suspicionMult: 3 };
    const own = hash({ preset: { ...PRESETS.local, ...given } });
    expect(hash({ preset: 'local', ...given })).toBe(own);
    expect(hash({ preset: 'local' })).not.toBe(own);
    expect(hash({ preset: 'local', ...PRESETS.lan })).toBe(hash({}));
  });

  it('refuses what is given as what the preset holds', () =>
    expect(() => hash({ probeIntervalMs: 0 })).toThrow(
      'memberlist: probeIntervalMs must be a number above 0; got 0',
    ));

  it('can be set in scenario files, all of it', () =>
    expect(Object.keys(protocols.memberlist.options)).toEqual(
      expect.arrayContaining(Object.keys(PRESETS.lan)),
    ));
});
