/** The project's own cases pass, and a case that expects something else does not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type ConformanceFile,
  type Fields,
  isFields,
  parseFile,
} from '../../conformance/format.ts';
import { CONSTANTS } from '../../conformance/groups/constants.ts';
import { GROUPS } from '../../conformance/groups/index.ts';
import { type GroupReport, runFile } from '../../conformance/run.ts';

const NAME = new URL('./cassandra.json', import.meta.url);
const json = JSON.parse(readFileSync(NAME, 'utf8'));

function reports(file: ConformanceFile): GroupReport[] {
  const all: GroupReport[] = [];
  runFile(file, (report) => all.push(report));
  return all;
}

const run = (value: unknown) => reports(parseFile(JSON.stringify(value), 'test.json'));

const complaints = (all: readonly GroupReport[]) =>
  all.flatMap(({ name, failures, notUnderstood }) =>
    [...failures, ...notUnderstood].map((text) => `${name}: ${text}`),
  );

const oneCase = (group: string, item: Fields) =>
  run({ format: 1, groups: [{ group, cases: [{ id: 'x', ...item }] }] });

describe('our cases', () => {
  it('pass, and there are some of each group but the one that takes minutes', () => {
    const all = run({ ...json, constants: CONSTANTS });
    expect(complaints(all)).toEqual([]);
    const names = all.map(({ name }) => name);
    const quick = Object.keys(GROUPS).filter((name) => name !== 'steady-state-reference');
    expect(names.sort()).toEqual(['constants', ...quick].sort());
  });

  const light = json.groups.filter(({ group }: { group: string }) => group !== 'scenario');
  it.each(light.map(({ group }: { group: string }, i: number) => [group, i]))(
    'of %s fail if anything else is expected',
    (...[, index]) => {
      const { group, cases } = light[index as number];
      for (const item of cases) {
        for (const [path, changed] of changes(item, [])) {
          const after = cases.filter(
            ({ id }: Fields) => `after ${id}, echo answered` === item.local,
          );
          const all = run({ format: 1, groups: [{ group, cases: [...after, changed] }] });
          expect(complaints(all), `${item.id}: ${path.join('.')}`).not.toEqual([]);
        }
      }
    },
  );

  it('of constants fail if one is another', () => {
    const all = run({
      format: 1,
      groups: [],
      constants: { ringDelayMs: 30_001, quarantineMs: 60_000, unheard: 'of' },
    });
    expect(all).toEqual([
      expect.objectContaining({ cases: 2, failures: ['ringDelayMs should be 30001, is 30000'] }),
    ]);
  });
});

/** The case with one leaf of what it expects changed, for each leaf. */
function* changes(value: Fields, path: readonly string[]): Generator<[string[], Fields]> {
  const inside = path.includes('expect') || path.some((key) => key.endsWith('Peer'));
  for (const [key, item] of Object.entries(value)) {
    if (['why', 'note', 'tolerance'].includes(key)) continue;
    const here = [...path, key];
    const within = inside || key === 'expect' || key.endsWith('Peer');
    if (isFields(item) && Object.keys(item).length > 0) {
      for (const [where, changed] of changes(item, here))
        yield [where, { ...value, [key]: changed }];
    } else if (Array.isArray(item) && key === 'ops') {
      for (const [i, op] of item.entries()) {
        for (const [where, changed] of changes(op, here)) {
          yield [where, { ...value, [key]: item.with(i, changed) }];
        }
      }
    } else if (Array.isArray(item) && key === 'probes' && item.length > 0) {
      for (const [where, changed] of changes(item[0], [...here])) {
        if (where.at(-1) !== 'atMs') yield [where, { ...value, [key]: item.with(0, changed) }];
      }
    } else if (within && key !== 'probes') yield [here, { ...value, [key]: otherThan(item) }];
  }
}

function otherThan(item: unknown): unknown {
  if (typeof item === 'number') return item + 1;
  if (typeof item === 'boolean') return !item;
  if (typeof item === 'string') return `${item}!`;
  if (Array.isArray(item)) return item.length === 0 ? ['more'] : item.slice(1);
  return item === null ? 'something' : { and: 'more' };
}

describe('what cannot be understood', () => {
  const local = { gen: 1, hb: 2, states: {} };
  it.each([
    ['text', 'x', 'must be JSON'],
    ['no groups', '{"format": 1}', "a list 'groups'"],
    ['another format', '{"format": 2, "groups": []}', "'format' must be 1; got 2"],
    ['a group without cases', '{"format": 1, "groups": [{"group": "apply"}]}', "a list 'cases'"],
    [
      'a case without id',
      '{"format": 1, "groups": [{"group": "apply", "cases": [{}]}]}',
      "a text 'id'",
    ],
    [
      'an unknown release',
      '{"format": 1, "groups": [{"group": "apply", "cases": [{"id": "x", "versions": "2.2"}]}]}',
      "'versions' must name releases",
    ],
  ])('of a file: %s', (_what, text, sentence) => {
    expect(() => parseFile(text, 'test.json')).toThrow(sentence);
  });

  it.each<[string, string, Fields, string]>([
    ['an unknown group', 'hearsay', {}, 'the group must be one of bounded-stats'],
    [
      'nothing expected',
      'examine',
      { local, digest: { gen: 1, max: 1 } },
      'must say what is expected',
    ],
    [
      'an unknown expectation',
      'examine',
      { local, digest: { gen: 1, max: 1 }, expect: { dela: null } },
      "expects 'dela'",
    ],
    ['no digest', 'examine', { local, expect: {} }, "'digest' must be an object"],
    [
      'a long generation',
      'examine',
      { local: { gen: 2 ** 31 }, digest: { gen: 1, max: 1 }, expect: {} },
      '32 bits',
    ],
    [
      'an unknown state',
      'examine',
      { local: { gen: 1, states: { STATE: [1, ''] } }, digest: { gen: 1, max: 1 }, expect: {} },
      'must be one of STATUS',
    ],
    ['an unknown word', 'scenario', { nodes: 2, fault: 'fire', expect: {} }, "'fault' must be one"],
  ])('of a case: %s', (_what, group, item, sentence) => {
    const all = oneCase(group, item);
    expect(complaints(all)).toEqual([expect.stringContaining(sentence)]);
    expect(all[0].unknown).toBe(1);
  });

  it('does not keep other cases from running', () => {
    const good = { id: 'good', peers: 20, expect: 2 };
    const [report] = run({
      format: 1,
      groups: [{ group: 'shadow-quorum-trunk', cases: [{ id: 'bad' }, good] }],
    });
    expect(report).toMatchObject({ cases: 2, runs: 1, failed: 0, unknown: 1 });
  });
});

describe('releases', () => {
  const under = (versions: string) =>
    run({
      format: 1,
      groups: [
        {
          group: 'superseded',
          cases: [
            { id: 'x', versions, a: { gen: 1, max: 1 }, b: { gen: 2, max: 1 }, expect: true },
          ],
        },
      ],
    })[0].runs;
  it.each([
    ['4.0+', 5],
    ['3.11-5.0', 5],
    ['3.0-3.11', 1],
    ['3.11,4.0', 2],
    ['5.0', 2],
    ['5.0-fixed', 1],
    ['trunk', 1],
  ])('%s are %i presets', (versions, presets) => {
    expect(under(versions)).toBe(presets);
  });

  it('under which a case fails are named', () => {
    const all = oneCase('examine', {
      local: { gen: 9, hb: 0 },
      digest: { gen: 8, max: 0 },
      expect: { delta: null },
    });
    expect(complaints(all)).toEqual([expect.stringContaining('(4.0, 4.1, 5.0, 5.0-fixed, trunk)')]);
  });
});
