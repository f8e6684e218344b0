/** What is wrong with a server's address is a sentence, and exit code 2. */
import { test } from 'vitest';
import { fixture, hearsay } from './hearsay.ts';

const NOBODY = 'redis://me:secret@127.0.0.1:1';

const CASES: [string, string[], RegExp][] = [
  ['a worker without a server', ['worker'], /^worker: name the server that has the tasks, /],
  [
    'a worker where nothing listens',
    ['worker', '--redis', NOBODY],
    /^--redis redis:\/\/me:\*\*\*@127\.0\.0\.1:1 cannot be used: nothing listens there /,
  ],
  [
    'a run where nothing listens',
    ['run', fixture('tiny'), '--out', 'out', '--redis', NOBODY],
    /\n--redis redis:\/\/me:\*\*\*@127\.0\.0\.1:1 cannot be used: nothing listens there /,
  ],
  [
    'threads for a run elsewhere',
    ['run', 'fanout', '--redis', NOBODY, '--jobs', '2'],
    /^run: with --redis, how many tasks run at once is up to the workers; /,
  ],
];

test.concurrent.for(CASES)('%s', async ([_, words, sentence], { expect }) => {
  const { code, stdout, stderr } = await hearsay(words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toContain('secret');
});
