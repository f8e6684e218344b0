import { expect, it } from 'vitest';
import { killOne } from '../../src/experiment/cassandra-kill.ts';
import { cutAndHeal } from '../../src/experiment/cassandra-partition.ts';

const options = { version: '5.0', threshold: 8, shortRun: true } as const;

it('each node says DOWN within a round of phi above the threshold', () => {
  const killed = killOne({ n: 8, options, uptimeS: 60, seed: 'kill' });
  expect(killed).toMatchObject({ in_round: 1, undetected: 0, mistakes: 0 });
  expect(killed.times).toHaveLength(7);
  expect(killed.mean_s).toBeCloseTo(
    8 * Math.LN10 * killed.window_s + killed.news_s + killed.wait_s,
    6,
  );
});

it('halves see each other within a round of the healing, and the cut stays in the windows of 5.0', () => {
  const cut = { many: 6, few: 6, uptimeS: 60, cutS: 90, killAfterS: 30, seed: 'cut' };
  const story = cutAndHeal({ ...cut, options });
  expect(story).toMatchObject({ down_share: 1, mistakes: 0 });
  expect(story.view_last_s).toBeLessThan(1.01);
  expect(story.across_window_s).toBeGreaterThan(1.8);
  const capped = cutAndHeal({ ...cut, options: { ...options, version: '4.1' } });
  expect(capped.across_window_s).toBeLessThan(1.3);
});
