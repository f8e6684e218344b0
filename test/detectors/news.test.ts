import { expect, test } from 'vitest';
import { FIRST, News, STALE } from '../../src/detectors/news.ts';

test('a heartbeat is the first, stale, or an interval after the last news', () => {
  const news = new News(2);
  expect(news.hear(1, 1000, 5)).toBe(FIRST);
  expect(news.hear(1, 1200, 5)).toBe(STALE);
  expect(news.hear(1, 1300, 4)).toBe(STALE);
  expect(news.hear(1, 1500, 9)).toBe(500); // since 1000: what was stale moved nothing
  expect(news.hear(0, 1500, 1)).toBe(FIRST);
});

test('after a clock was set back the interval is 0, not negative, and time goes on from there', () => {
  const news = new News(1);
  news.hear(0, 1000, 1);
  expect(news.hear(0, 999, 2)).toBe(0);
  expect(news.hear(0, 1009, 3)).toBe(10);
});

test('a new life begins with a first heartbeat, whatever its number', () => {
  const news = new News(1);
  news.hear(0, 1000, 7);
  news.forget(0);
  expect(news.isNew(0, 1)).toBe(true);
  expect(news.hear(0, 2000, 1)).toBe(FIRST);
});
