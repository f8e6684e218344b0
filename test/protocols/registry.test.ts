import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as all from '../../src/protocols/index.ts';
import { protocols } from '../../src/protocols/registry.ts';

const HELPERS = /^(connections|interest|messages|news|options)\.ts$/;
const read = (file: string) => readFileSync(`src/protocols/${file}`, 'utf8');

describe('the registry of protocols', () => {
  it('names every protocol file, and every protocol that is exported', () => {
    const files = readdirSync('src/protocols/broadcast').filter((name) => !HELPERS.test(name));
    const entries = Object.values(protocols);
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
    expect(entries.map(({ file }) => file).sort()).toEqual(expected.sort());
    const exported = Object.values(all) as unknown[];
    for (const { make } of entries) expect(exported).toContain(make);
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
