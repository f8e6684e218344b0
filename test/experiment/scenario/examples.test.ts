/** Every example runs, twice the same; what --show-config prints is a scenario that says the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  configText,
  estimatesOf,
  jsonSchema,
  loadScenario,
  runReplicate,
} from '../../../src/experiment/scenario/index.ts';
import { scenarioKind } from '../../../src/experiment/scenario/schema.ts';
import { protocols } from '../../../src/protocols/registry.ts';

const FOLDER = new URL('../../../experiments/scenarios/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
const files = readdirSync(FOLDER).filter((file) => file !== 'scenario.schema.json');

describe('the examples', () => {
  it.each(files)('%s runs, and measures what it observes', (file) => {
    const { scenario, written } = loadScenario(read(file), file, []);
    const run = runReplicate(scenario, 'examples', 0);
    expect(run.events).toBeGreaterThan(0);
    expect(runReplicate(scenario, 'examples', 0)).toEqual(run);
    expect(Object.keys(estimatesOf([run]))).not.toEqual([]);
    const config = configText(written);
    const again = loadScenario(config, file, []);
    expect(configText(again.written)).toBe(config);
    expect(runReplicate(again.scenario, 'examples', 0).hash).toBe(run.hash);
  });

  it('show every protocol that files can name, and every fault', () => {
    const all = files.map(read).join('\n');
    const { protocol, faults } = scenarioKind({ periodMs: 1000, family: '' }).keys;
    const names = protocol.kind.is === 'tagged' ? Object.keys(protocol.kind.of) : [];
    expect(names).toEqual(Object.keys(protocols).filter((name) => name !== 'ordering'));
    for (const name of names) expect(all).toMatch(new RegExp(`(protocol: |name"?: "?)${name}\\b`));
    const of = faults.kind.is === 'list' ? faults.kind.of : faults.kind;
    for (const name of of.is === 'tagged' ? Object.keys(of.of) : [])
      expect(all).toContain(`fault: ${name}`);
  });

  it('refer to the schema that hearsay schema prints', () => {
    expect(read('scenario.schema.json')).toBe(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    for (const file of files) expect(read(file)).toContain('scenario.schema.json');
  });
});
