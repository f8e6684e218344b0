/** Every example runs, twice the same; what --show-config prints is a scenario that says the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ABOUT } from '../../../src/experiment/scenario/about.ts';
import {
  configText,
  jsonSchema,
  loadScenario,
  runReplicate,
} from '../../../src/experiment/scenario/index.ts';
import { scenarioKind } from '../../../src/experiment/scenario/schema.ts';
import { protocols } from '../../../src/protocols/registry.ts';

const FOLDER = new URL('../../../experiments/scenarios/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
const files = readdirSync(FOLDER).filter((file) => file !== 'scenario.schema.json');
const isValid = new Ajv2020({ allowUnionTypes: true }).compile(jsonSchema());
const { keys } = scenarioKind({ periodMs: 1000, family: '' });

/** The words that may stand under a key. */
const wordsOf = (key: string): readonly string[] => {
  const { kind } = keys[key];
  const of = kind.is === 'list' ? kind.of : kind;
  return of.is === 'tagged' ? Object.keys(of.of) : of.is === 'word' ? of.words : [];
};

describe('the examples', () => {
  const measures = new Set<string>();

  it.each(files)('%s runs, and measures what it observes', (file) => {
    const { scenario, written } = loadScenario(read(file), file, []);
    const run = runReplicate(scenario, 'examples', 0);
    expect(run.events).toBeGreaterThan(0);
    for (const name of Object.keys(run.measured)) measures.add(name);
    const config = configText(written);
    const again = loadScenario(config, file, []);
    expect(configText(again.written)).toBe(config);
    expect(runReplicate(again.scenario, 'examples', 0)).toEqual(run);
  });

  it('measure all that can be measured, and it is said what that is', () => {
    expect([...measures].sort()).toEqual(Object.keys(ABOUT).sort());
  });

  it('show every protocol that files can name, every fault, transport and thing to observe', () => {
    const all = files.map(read).join('\n');
    expect(wordsOf('protocol')).toEqual(Object.keys(protocols));
    for (const name of wordsOf('protocol'))
      expect(all).toMatch(new RegExp(`(protocol: |name"?: "?)${name}\\b`));
    for (const name of wordsOf('faults')) expect(all).toContain(`fault: ${name}`);
    for (const name of wordsOf('loss').slice(1))
      expect(all).toMatch(new RegExp(`law"?: "?${name}`));
  });

  it.each(files)('%s is as the schema says that its first line names', (file) => {
    const text = read(file);
    expect(isValid(parse(text))).toBe(true);
    const [first, second] = text.split('\n');
    if (file.endsWith('.json'))
      return expect(JSON.parse(text).$schema).toBe('scenario.schema.json');
    expect(first).toBe('# yaml-language-server: $schema=scenario.schema.json');
    expect(second).toMatch(/^# .*\?$/); // the question that it answers
  });

  it('have the schema that hearsay schema prints beside them', () => {
    expect(read('scenario.schema.json')).toBe(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  });
});

describe('the schema', () => {
  const base = { nodes: 10, duration: '5s', protocol: 'push' };

  it.each([
    { ...base, protocol: undefined },
    { ...base, protocol: 'pusj' },
    { ...base, nodes: 1 },
    { ...base, duration: 30 },
    { ...base, laos: 0.1 },
    { ...base, loss: 5 },
    { ...base, faults: [{ fault: 'crash', at: '1s' }] },
    { ...base, faults: [{ fault: 'crash', nodes: { count: 1, share: 0.5 }, at: '1s' }] },
    { ...base, faults: [{ fault: 'crash', nodes: '0-x', at: '1s' }] },
    { ...base, latency: { law: 'matrix', rows: '1ms' } },
    { ...base, protocol: { name: 'ordering', broadcast: 'swim' } },
  ])('refuses %j', (scenario) => {
    expect(isValid(JSON.parse(JSON.stringify(scenario)))).toBe(false);
    expect(() => loadScenario(JSON.stringify(scenario), 'c.json', [])).toThrow(/^c\.json:1:\d+: /);
  });
});
