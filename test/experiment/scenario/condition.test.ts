import { describe, expect, it } from 'vitest';
import { answer, parseCondition } from '../../../src/experiment/scenario/condition.ts';

const NAMES = ['to_99_ms', 'unreached_frac', 'bytes_per_node_s', 'reached_all'];
const parse = (text: string) => parseCondition(text, NAMES, 'find: --where');

describe('a condition', () => {
  it.each([
    ['to_99_ms < 5s', 'to_99_ms', '<', 5000],
    ['to_99_ms<=250', 'to_99_ms', '<=', 250],
    ['  to_99_ms   >= 2min ', 'to_99_ms', '>=', 120_000],
    ['unreached_frac < 1%', 'unreached_frac', '<', 0.01],
    ['reached_all ≥ 99%', 'reached_all', '>=', 0.99],
    ['bytes_per_node_s > 2kB/s', 'bytes_per_node_s', '>', 2000],
  ])('%s is read with its unit', (text, measure, op, value) =>
    expect(parse(text)).toMatchObject({ measure, op, value }),
  );

  it.each([
    ['to_99_ms', 'find: --where must be MEASURE OP VALUE, as in \'to_99_ms < 5s\'; got "to_99_ms"'],
    ['to_99 < 5s', 'find: --where: to_99 is not measured here. Did you mean to_99_ms? Measured: '],
    ['reachd_all > 1', 'reachd_all is not measured here. Did you mean reached_all?'],
    ['to_99_ms < 5MB', 'to_99_ms is compared with a duration such as 250ms or 5s; got "5MB"'],
    ['to_99_ms < 5%', 'to_99_ms is compared with a duration such as 250ms or 5s; got "5%"'],
    [
      'reached_all > 50',
      'find: --where: reached_all is a share from 0 to 1; got "50". Did you mean 50%?',
    ],
    ['unreached_frac < 150%', 'unreached_frac is a share from 0 to 1; got "150%".'],
    ['to_99_ms = 5s', 'find: --where: = must be one of < <= > >=; got "to_99_ms = 5s"'],
  ])('%s is refused', (text, sentence) => expect(() => parse(text)).toThrow(sentence));

  it('is answered by an interval that lies on one side', () => {
    const below = parse('to_99_ms < 100');
    expect(answer(below, { low: 90, high: 99 })).toBe(true);
    expect(answer(below, { low: 100, high: 120 })).toBe(false);
    expect(answer(below, { low: 90, high: 100 })).toBeUndefined();
    expect(answer(below, { low: NaN, high: NaN })).toBeUndefined();
    expect(answer(parse('to_99_ms >= 100'), { low: 100, high: Infinity })).toBe(true);
  });
});
