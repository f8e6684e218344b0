/** The log that comes with hearsay is what our own simulator made of its seed. */
import { expect, test } from 'vitest';
import { sampleLog } from '../support/sample-log.ts';

test('the sample log is made again from its seed', async () => {
  await expect(sampleLog()).toMatchFileSnapshot('../../experiments/data/heartbeats.csv');
});
