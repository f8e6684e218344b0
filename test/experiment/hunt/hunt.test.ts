/** The search: what it finds breaks the property, is small, and is found again from the seed. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { faultNames, hunt, propertyOf, textOf } from '../../../src/experiment/hunt/index.ts';
import { loadScenario, runReplicate } from '../../../src/experiment/scenario/index.ts';

const PUSH = readFileSync(
  new URL('../../../experiments/scenarios/push.yaml', import.meta.url),
  'utf8',
);
const SWIM = 'nodes: 5\nduration: 15s\nprotocol: swim\nabout: mine\n';

const search = (text: string, property: string, faults: string, settings: string[] = []) =>
  hunt({
    ...{ text, file: 'c.yaml', settings, seed: 'test', tries: 30 },
    property: propertyOf(property),
    faults: faultNames(faults),
  });

describe('hunt', () => {
  it('finds what keeps a rumour from a node: a measure, which the file that is found has, too', async () => {
    const settings = ['nodes=6', 'duration=6s'];
    const found = await search(PUSH, 'reached_all = false', 'crash,loss', settings);
    expect(found).toMatchObject({ sentence: 'reached_all is false' });
    expect(await search(PUSH, 'reached_all = false', 'crash,loss', settings)).toEqual(found);
    const { scenario } = loadScenario(textOf(found!.tree), 'found.yaml', []);
    expect(runReplicate(scenario, 'hearsay', 0).measured).toMatchObject({ reached_all: false });
    expect(found!.tree).toMatchObject({ nodes: 2, protocol: 'push' });
  });

  it('finds the pause that has a live node declared dead, and keeps what the file says', async () => {
    const own = `${SWIM}loss: 0\nfaults: { fault: clock, nodes: 3, skew: 1s }\n`;
    const found = await search(own, 'false-death', 'pause');
    expect(found!.sentence).toMatch(/^node \d+ declares dead node \d+, which is up, at [\d.]+ ms$/);
    const faults = [{ fault: 'clock' }, { fault: 'pause' }];
    expect(found!.tree).toMatchObject({ about: 'mine', protocol: 'swim', loss: 0, faults });
    expect(found!.tree.faults).toHaveLength(2);
  });

  it('says what the scenario breaks by itself', async () => {
    const found = await search(`${SWIM}loss: 0.6\n`, 'false-suspicion', 'pause');
    expect(found).toMatchObject({ attempt: 0 });
  });

  it('takes values with the units of the measure', async () => {
    const { sentence } = (await search(SWIM, 'bytes_per_node_s > 0.01kB/s', 'clock'))!;
    expect(Number(/^bytes_per_node_s is (.*)$/.exec(sentence)![1])).toBeGreaterThan(10);
    expect(await search(SWIM, 'bytes_per_node_s > 10kB/s', 'clock')).toBeUndefined();
  });

  it('ends when it is told to: the search without anything, the shrinking with what it has', async () => {
    const own = { text: `${SWIM}loss: 0\n`, file: 'c.yaml', settings: [], seed: 'test', tries: 30 };
    const wish = { ...own, property: propertyOf('false-death'), faults: faultNames('pause') };
    const tried: number[] = [];
    const nothing = await hunt({
      ...wish,
      goOn: async (_phase, done) => tried.push(done) < 2,
    });
    expect([nothing, tried]).toEqual([undefined, [0, 1]]);
    const large = await hunt({
      ...wish,
      goOn: async (phase, done) => phase === 'search' || done < 2,
    });
    expect(large).toMatchObject({ shrinks: 2, sentence: expect.stringContaining('declares dead') });
  });

  it('finds nothing where there is nothing', async () => {
    expect(await search(SWIM, 'lost_frac > 0', 'clock')).toBeUndefined();
  });
});

describe('what is asked for wrongly', () => {
  it.each([
    [() => propertyOf('fasle-death'), 'got "fasle-death". Did you mean false-death?'],
    [() => propertyOf('lost_farc > 0.1'), 'there is no measure lost_farc. Did you mean lost_frac?'],
    [
      () => propertyOf('lost_frac > much'),
      'lost_frac can be compared with a number, true or false',
    ],
    [() => propertyOf('lost_frac'), 'must be a name, or a measure, an operator and a value'],
    [() => faultNames('puase'), 'there is no fault puase. Did you mean pause?'],
    [
      () => search(PUSH, 'reached_all > 3', 'clock'),
      'reached_all is true or false; it was compared',
    ],
    [
      () => search(PUSH, 'false-death', 'clock'),
      "hunt: push holds no node to be dead; look for a measure, as in --for 'reached_all = false'",
    ],
    [() => search(PUSH, 'false-suspicion', 'clock'), 'hunt: push holds no node to be dead; '],
    [() => search('nodes: 3\n', 'false-death', 'clock'), 'c.yaml:1:1: duration is missing'],
  ])('%s', async (ask, sentence) => {
    const asked = Promise.resolve().then<unknown>(ask);
    await expect(asked).rejects.toThrow(UserError);
    await expect(asked).rejects.toThrow(sentence);
  });
});
