import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as all from '../../src/protocols/index.ts';
import { protocols } from '../../src/protocols/registry.ts';

const HELPERS = /^(connections|interest|messages|news|options)\.ts$/;
const read = (file: string) => readFileSync(`src/protocols/${file}`, 'utf8');

describe('the registry of protocols', () => {
  it('names every protocol file', () => {
    const files = readdirSync('src/protocols/broadcast').filter((name) => !HELPERS.test(name));
    const folders = [
      'heartbeat/direct.ts',
      'heartbeat/heartbeat.ts',
      'cassandra/cassandra.ts',
      'memberlist/memberlist.ts',
      'ordering/ordering.ts',
      'load/load.ts',
      'scuttlebutt/scuttlebutt.ts',
      'swim/swim.ts',
    ];
    const expected = [...files.map((name) => `broadcast/${name}`), ...folders];
    expect(
      Object.values(protocols)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(expected.sort());
  });

  const misspelt = { rumorBytes: 10, fialMs: 5, tagets: 'random', ressolution: 'lamport' };
  it.each(Object.keys(protocols))(
    '%s is exported, and refuses options it does not know',
    (name) => {
      const exported = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      const make = (all as Readonly<Record<string, unknown>>)[exported] as (
        ...args: unknown[]
      ) => void;
      const place = name === 'ordering' ? 2 : 0;
      for (const [option, value] of Object.entries(misspelt)) {
        const args = [...Array(place), { [option]: value }];
        expect(() => make(...args)).toThrow(`${name}: option "${option}" is not known; `);
      }
    },
  );

  it('tells the nearest option', () => {
    const options = { fialMs: 1 } as unknown as all.HeartbeatOptions;
    expect(() => all.heartbeat(options)).toThrow('nearest: failMs');
    expect(() => all.heartbeatOn({} as never, options)).toThrow('nearest: failMs');
    expect(() => all.loadBalancingOn({} as never, { laod: 1 } as never)).toThrow('nearest: load');
  });

  it.each(Object.entries(protocols))(
    'knows the options of %s and their defaults',
    (_name, entry) => {
      // The protocol that a folder is called after keeps its options in a file of their own.
      const code = read(
        entry.file.replace(
          /^(heartbeat|cassandra|load|memberlist|ordering|scuttlebutt|swim)\/\1\.ts$/,
          '$1/options.ts',
        ),
      );
      for (const [option, { default: value }] of Object.entries(entry.options)) {
        expect(code).toMatch(new RegExp(`\\b${option}\\b`));
        if (
          typeof value === 'string' &&
          !/^(fixed|push|push-pull|feedback|counter|round-robin|overlay|at-rounds|infection|gossip)$/.test(
            value,
          )
        )
          continue;
        const shown = typeof value === 'string' ? `'${value}'` : String(value);
        expect(code).toMatch(new RegExp(`\\b${option}(:| =| \\?\\?) (${shown}|[A-Z_]+\\b)`));
      }
    },
  );
});
